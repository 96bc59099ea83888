#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec/codec.h"
#include "model/codec/fields.h"

/* The tables of a report; those of its rows are in codec_report_row.c. */

/* --- sections --- */

#define AT(member) offsetof(struct pfg_report_origin, member)
static const struct pfg_field origin_fields[] = {
    {"label", AT(label), &pfg_always_text},
    {"id", AT(id), &pfg_always_text},
    {"subject", AT(subject), &pfg_always_text},
    {"time", AT(time), &pfg_null_time},
    {"dirty", AT(dirty), &pfg_always_bool},
    {"runs", AT(n_runs), &pfg_always_size},
    {"series", AT(n_series), &pfg_always_size},
    {"how", AT(how), &pfg_always_text},
    {"tool", AT(tool), &pfg_kind_text},
    {"digests", PFG_LIST(struct pfg_report_origin, digests), &pfg_kind_texts},
};
#undef AT
static const struct pfg_field_kind kind_head = {PFG_ALWAYS,
                                                PFG_STRUCT(origin_fields)};
static const struct pfg_field_kind kind_base = {PFG_OR_NULL,
                                                PFG_STRUCT(origin_fields)};

#define AT(member) offsetof(struct pfg_profile, member)
static const struct pfg_field hardware_fields[] = {
    {"name", AT(name), &pfg_null_text},
    {"name_given", AT(name_given), &pfg_always_bool},
    {"fingerprint", AT(fingerprint), &pfg_null_text},
    {"arch", AT(arch), &pfg_null_text},
    {"cpu_vendor", AT(cpu_vendor), &pfg_null_text},
    {"cpu_family", AT(cpu_family), &pfg_null_text},
    {"cpu_model", AT(cpu_model), &pfg_null_text},
    {"cpu_stepping", AT(cpu_stepping), &pfg_null_text},
    {"cpu_name", AT(cpu_name), &pfg_null_text},
    {"cpus", AT(cpus), &pfg_always_int},
    {"gpus", PFG_LIST(struct pfg_profile, gpus), &pfg_always_texts},
    {"recorded", PFG_LIST(struct pfg_profile, notes), &pfg_always_facts},
};
#undef AT
static const struct pfg_field_kind kind_hardware = {
    PFG_OR_NULL, PFG_STRUCT(hardware_fields)};

#define AT(member) offsetof(struct pfg_report_geomean, member)
static const struct pfg_field geomeans_fields[] = {
    {"suite", AT(suite), &pfg_always_text},
    {"metric", AT(metric), &pfg_always_text},
    {"unit", AT(unit), &pfg_always_text},
    {"base", AT(base), &pfg_null_double},
    {"head", AT(head), &pfg_null_double},
    {"change", AT(change), &pfg_null_double},
    {"n", AT(n), &pfg_always_size},
};
#undef AT
static const struct pfg_field_kind kind_geomeans = {
    PFG_ALWAYS, PFG_STRUCTS(struct pfg_report_geomean, geomeans_fields)};

#define AT(member) offsetof(struct pfg_report_sight, member)
static const struct pfg_field sights_fields[] = {
    {"what", AT(what), &pfg_always_text},
    {"exact", AT(exact), &pfg_always_bool},
    {"n", AT(n), &pfg_always_size},
    {"blind", AT(n_blind), &pfg_always_size},
    {"detectable", AT(detectable), &pfg_null_double},
};
#undef AT
static const struct pfg_field_kind kind_sights = {
    PFG_ALWAYS, PFG_STRUCTS(struct pfg_report_sight, sights_fields)};

static const struct pfg_field_kind kind_status = {
    PFG_ALWAYS, PFG_SCALAR_WORD, .words = &pfg_target_status_words};

#define AT(member) offsetof(struct pfg_report_target, member)
static const struct pfg_field targets_fields[] = {
    {"name", AT(name), &pfg_always_text},
    {"limit", AT(limit), &pfg_always_text},
    {"unit", AT(unit), &pfg_always_text},
    {"current", AT(current), &pfg_null_double},
    {"interval", AT(interval), &pfg_null_interval},
    {"status", AT(status), &kind_status},
    {"ratio", AT(ratio), &pfg_always_bool},
    {"fails", AT(fails), &pfg_always_bool},
    {"reason", AT(reason), &pfg_always_text},
    {"source", AT(source), &pfg_always_text},
    {"row", AT(row), &pfg_always_text},
};
#undef AT
static const struct pfg_field_kind kind_targets = {
    PFG_WHERE_KNOWN, PFG_STRUCTS(struct pfg_report_target, targets_fields)};

#define AT(member)   offsetof(struct pfg_report_section, member)
#define FLAG(member) PFG_FLAG(struct pfg_report_section, member)
static const struct pfg_field sections_fields[] = {
    {"hardware", AT(profile), &kind_hardware, NULL, FLAG(has_profile)},
    {"base", AT(base), &kind_base, NULL, FLAG(has_base)},
    {"no_base", AT(no_base), &pfg_kind_text},
    {"head", AT(head), &kind_head},
    {"other_hardware", PFG_LIST(struct pfg_report_section, other_profiles),
     &pfg_always_texts},
    {"detectable", AT(detectable), &pfg_null_double},
    {"sights", PFG_LIST(struct pfg_report_section, sights), &kind_sights},
    {"machines", AT(machines), &pfg_kind_text},
    {"shift", AT(shift), &pfg_always_text},
    {"shift_fails", AT(shift_fails), &pfg_always_bool},
    {"notes", PFG_LIST(struct pfg_report_section, notes), &pfg_always_texts},
    {"advice", PFG_LIST(struct pfg_report_section, advice), &pfg_kind_texts},
    {"geomeans", PFG_LIST(struct pfg_report_section, geomeans), &kind_geomeans},
    {"targets", PFG_LIST(struct pfg_report_section, targets), &kind_targets},
    {"rows", PFG_LIST(struct pfg_report_section, rows), &pfg_kind_report_rows},
};
#undef AT

static const struct pfg_field_kind kind_sections = {
    PFG_ALWAYS, PFG_STRUCTS(struct pfg_report_section, sections_fields)};

/* --- the policy --- */

static const struct pfg_field_kind kind_effect = {
    PFG_ALWAYS, PFG_SCALAR_WORD, .words = &pfg_policy_effect_words};

#define AT(member) offsetof(struct pfg_report_policy_change, member)
static const struct pfg_field changes_fields[] = {
    {"what", AT(what), &pfg_always_text},
    {"text", AT(text), &pfg_always_text},
    {"from", AT(from), &pfg_always_text},
    {"to", AT(to), &pfg_always_text},
    {"added", AT(added), &pfg_always_bool},
    {"removed", AT(removed), &pfg_always_bool},
    {"effect", AT(effect), &kind_effect},
    {"source", AT(source), &pfg_always_text},
};
#undef AT
static const struct pfg_field_kind kind_changes = {
    PFG_ALWAYS, PFG_STRUCTS(struct pfg_report_policy_change, changes_fields)};

#define AT(member) offsetof(struct pfg_report_policy, member)
static const struct pfg_field policy_fields[] = {
    {"base", AT(base), &pfg_always_text},
    {"headline", AT(headline), &pfg_always_text},
    {"judged_by", AT(judged_by), &pfg_always_text},
    {"effect", AT(effect), &kind_effect},
    {"changes", PFG_LIST(struct pfg_report_policy, changes), &kind_changes},
    {"looser_rows", AT(n_looser), &pfg_always_size},
    {"tighter_rows", AT(n_tighter), &pfg_always_size},
};
#undef AT

/* Left out where the policy was not compared: outside of git, or without a
 * configuration. */
static bool is_policy_known(const void *at)
{
    const struct pfg_report_policy *policy = at;

    return policy->base && *policy->base;
}

static const struct pfg_field_kind kind_policy = {PFG_STRUCT(policy_fields),
                                                  .known = is_policy_known};

/* --- the report --- */

static void put_kind_of_file(struct pfg_json_writer *w, const char *key,
                             const void *at)
{
    (void)at;
    pfg_json_put_string(w, key, "report");
}

static void put_version(struct pfg_json_writer *w, const char *key,
                        const void *at)
{
    (void)at;
    pfg_json_put_integer(w, key, PFG_REPORT_VERSION);
}

static void put_outcome(struct pfg_json_writer *w, const char *key,
                        const void *at)
{
    pfg_json_put_string(w, key, pfg_report_outcome(at));
}

/* A size_t[PFG_N_VERDICTS] as a struct. */
static void list_counts(struct pfg_field fields[PFG_N_VERDICTS])
{
    for (size_t i = 0; i < PFG_N_VERDICTS; i++) {
        fields[i] = (struct pfg_field){pfg_verdict_words.at[i],
                                       i * sizeof(size_t), &pfg_always_size};
    }
}

static void put_counts(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    struct pfg_field fields[PFG_N_VERDICTS];

    list_counts(fields);
    pfg_kind_put(w, key, &(struct pfg_field_kind){PFG_STRUCT(fields)}, at);
}

static int take_counts(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    struct pfg_field fields[PFG_N_VERDICTS];

    list_counts(fields);
    return pfg_kind_take(r, value, &(struct pfg_field_kind){PFG_STRUCT(fields)},
                         at);
}

static const struct pfg_field_kind kind_counts = {PFG_ALWAYS, .put = put_counts,
                                                  .take = take_counts};

#define AT(member) offsetof(struct pfg_report_benchmarks, member)
static const struct pfg_field benchmarks_fields[] = {
    {"n", AT(n), &pfg_always_size},
    {"judged", AT(n_judged), &pfg_always_size},
    {"fails", AT(n_fails), &pfg_always_size},
    {"counts", AT(counts), &kind_counts},
    {"failing", AT(failing), &kind_counts},
};
#undef AT
static const struct pfg_field_kind kind_benchmarks = {
    PFG_ALWAYS, PFG_STRUCT(benchmarks_fields)};

static const struct pfg_field_kind kind_tone = {PFG_ALWAYS, PFG_SCALAR_WORD,
                                                .words = &pfg_tone_words};

/* Checked before and after the members. */
static const struct pfg_field_kind kind_of_file = {PFG_ALWAYS,
                                                   .put = put_kind_of_file};
static const struct pfg_field_kind kind_version = {PFG_ALWAYS,
                                                   .put = put_version};
static const struct pfg_field_kind kind_outcome = {PFG_ALWAYS,
                                                   .put = put_outcome};

#define AT(member) offsetof(struct pfg_report, member)
static const struct pfg_field report_fields[] = {
    {"perfgate", 0, &kind_of_file},
    {"version", 0, &kind_version},
    {"program", AT(version), &pfg_always_text},
    {"time", AT(time), &pfg_null_time},
    {"status", AT(status), &pfg_always_int},
    {"outcome", 0, &kind_outcome},
    {"gate", AT(gate), &pfg_always_bool},
    {"tone", AT(tone), &kind_tone},
    {"headline", AT(headline), &pfg_always_text},
    {"unneeded", AT(unneeded), &pfg_kind_text},
    {"command", AT(command), &pfg_always_text},
    {"accept_label", AT(accept_label), &pfg_kind_text},
    {"threshold", AT(threshold), &pfg_null_double},
    {"threshold_given", AT(threshold_given), &pfg_always_bool},
    {"limit_lowest", AT(limit_lowest), &pfg_null_double},
    {"limit_highest", AT(limit_highest), &pfg_null_double},
    {"benchmarks", AT(benchmarks), &kind_benchmarks},
    {"counts", AT(counts), &kind_counts},
    {"n_rows", AT(n_rows), &pfg_always_size},
    {"n_gated", AT(n_gated), &pfg_always_size},
    {"n_fails", AT(n_fails), &pfg_always_size},
    {"policy", AT(policy), &kind_policy},
    {"sections", PFG_LIST(struct pfg_report, sections), &kind_sections},
    {"footnotes", PFG_LIST(struct pfg_report, footnotes), &pfg_always_texts},
    {"warnings", PFG_LIST(struct pfg_report, warnings), &pfg_always_texts},
};
#undef AT

static const struct pfg_field_kind kind_report = {PFG_STRUCT(report_fields)};

void pfg_codec_write_report(struct pfg_json_writer *w,
                            const struct pfg_report *report)
{
    pfg_kind_put(w, NULL, &kind_report, report);
}

/* Checked first, because another version may look quite different. */
static int check_version(struct pfg_reading *r,
                         const struct pfg_json_value *root)
{
    const struct pfg_json_value *version = pfg_json_get(root, "version");
    const char *what = pfg_json_string(pfg_json_get(root, "perfgate"));
    uint64_t number;

    if (!what || strcmp(what, "report") ||
        pfg_json_u64(&number, r->document, version)) {
        pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, root),
                    "not a perfgate report");
        return pfg_hint(r->err, "write one with --report json=FILE");
    }
    if (number != PFG_REPORT_VERSION) {
        pfg_fail_at(
            r->err, PFG_DATA, pfg_json_pos(r->document, version),
            "report of version %llu, but this perfgate reads version %d",
            (unsigned long long)number, PFG_REPORT_VERSION);
        return pfg_hint(r->err, "use a newer perfgate");
    }
    return 0;
}

/* For programs; must agree with the status. */
static int check_outcome(struct pfg_reading *r,
                         const struct pfg_json_value *root,
                         const struct pfg_report *report)
{
    const struct pfg_json_value *outcome = pfg_json_get(root, "outcome");
    const char *said = pfg_json_string(outcome);

    if (said && !strcmp(said, pfg_report_outcome(report))) {
        return 0;
    }
    pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, outcome),
                "the outcome is '%s', but status %d means '%s'",
                said ? said : "none", report->status,
                pfg_report_outcome(report));
    return pfg_hint(r->err,
                    "it was changed after it was written: create it again");
}

static int read_report(struct pfg_report **out, struct pfg_reading *r,
                       const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    struct pfg_report *report = pfg_arena_alloc(r->arena, sizeof *report);

    r->document = document;
    r->n_footnotes = pfg_json_count(pfg_json_get(root, "footnotes"));
    if (check_version(r, root) ||
        pfg_kind_take(r, root, &kind_report, report) ||
        check_outcome(r, root, report)) {
        return -1;
    }
    report->arena = r->arena;
    *out = report;
    return 0;
}

/* Reads the rows, which are nearly all of a report, while the text is parsed.
 * After an error, which has no message, `text` is unchanged. */
static int read_early(struct pfg_report **out, struct pfg_str *text,
                      unsigned flags)
{
    const struct pfg_report_row blank = pfg_report_row_new();
    struct pfg_reading r = {
        .arena = pfg_arena_new(), .n_footnotes = SIZE_MAX, .blank = &blank};
    struct pfg_json_items rows = {"rows", 4, pfg_early_row, &r};
    struct pfg_json_document *document;

    if (!pfg_json_parse_taking(&document, text, NULL, flags, &rows, NULL)) {
        if (!read_report(out, &r, document)) {
            pfg_json_free(document);
            return 0;
        }
        pfg_json_give_back(document, text);
    }
    pfg_arena_free(r.arena);
    return -1;
}

/* Errors come from a second parse that keeps the whole tree, because it finds
 * the first problem of the text. */
int pfg_codec_read_report(struct pfg_report **out, struct pfg_str *text,
                          const char *file, unsigned flags,
                          struct pfg_error *err)
{
    struct pfg_json_document *document;
    struct pfg_reading r = {.err = err};
    int status;

    *out = NULL;
    if (!read_early(out, text, flags)) {
        return 0;
    }
    if (pfg_json_parse_taking(&document, text, file, flags, NULL, err)) {
        return -1;
    }
    r.arena = pfg_arena_new();
    status = read_report(out, &r, document);
    pfg_json_free(document);
    if (status) {
        pfg_arena_free(r.arena);
    }
    return status;
}
