#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec/codec.h"
#include "model/shape.h"

/* The report by tables; its rows stand in codec_report_row.c. */

/* --- sections --- */

#define AT(member) offsetof(struct pfg_report_origin, member)
static const struct pfg_field origin_fields[] = {
    {"label", AT(label), &pfg_always_text},
    {"id", AT(id), &pfg_always_text},
    {"subject", AT(subject), &pfg_always_text},
    {"time", AT(time), &pfg_null_time},
    {"dirty", AT(dirty), &pfg_always_flag},
    {"runs", AT(n_runs), &pfg_always_count},
    {"series", AT(n_series), &pfg_always_count},
    {"how", AT(how), &pfg_always_text},
    {"tool", AT(tool), &pfg_kind_text},
    {"digests", PFG_LIST(struct pfg_report_origin, digests), &pfg_kind_texts},
};
#undef AT
PFG_SHAPE(origin, struct pfg_report_origin, NULL);
PFG_SHAPE_KIND(origin, PFG_ALWAYS);

static void put_base(struct pfg_json_writer *w, const char *key, const void *at)
{
    const struct pfg_report_section *section = at;

    if (section->has_base) {
        pfg_shape_put(w, key, &origin_shape, &section->base);
    } else {
        pfg_json_put_null(w, key);
    }
}

static int read_base(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    struct pfg_report_section *section = at;

    section->has_base = true;
    return read_origin(r, value, &section->base);
}

static void put_no_base(struct pfg_json_writer *w, const char *key,
                        const void *at)
{
    const struct pfg_report_section *section = at;

    if (!section->has_base) {
        pfg_always_text.put(w, key, &section->no_base);
    }
}

static int read_no_base(struct pfg_reading *r,
                        const struct pfg_json_value *value, void *at)
{
    return pfg_always_text.take(r, value,
                                &((struct pfg_report_section *)at)->no_base);
}

static const struct pfg_field_kind kind_base = {put_base, read_base,
                                                PFG_OR_NULL};
static const struct pfg_field_kind kind_no_base = {put_no_base, read_no_base,
                                                   PFG_WHERE_KNOWN};

#define AT(member) offsetof(struct pfg_profile, member)
static const struct pfg_field hardware_fields[] = {
    {"name", AT(name), &pfg_null_text},
    {"name_given", AT(name_given), &pfg_always_flag},
    {"fingerprint", AT(fingerprint), &pfg_null_text},
    {"arch", AT(arch), &pfg_null_text},
    {"cpu_vendor", AT(cpu_vendor), &pfg_null_text},
    {"cpu_family", AT(cpu_family), &pfg_null_text},
    {"cpu_model", AT(cpu_model), &pfg_null_text},
    {"cpu_stepping", AT(cpu_stepping), &pfg_null_text},
    {"cpu_name", AT(cpu_name), &pfg_null_text},
    {"cpus", AT(cpus), &pfg_always_whole},
    {"gpus", PFG_LIST(struct pfg_profile, gpus), &pfg_always_texts},
    {"recorded", PFG_LIST(struct pfg_profile, notes), &pfg_always_facts},
};
#undef AT
PFG_SHAPE(hardware, struct pfg_profile, NULL);

static void put_hardware(struct pfg_json_writer *w, const char *key,
                         const void *at)
{
    const struct pfg_report_section *section = at;

    if (section->has_profile) {
        pfg_shape_put(w, key, &hardware_shape, &section->profile);
    } else {
        pfg_json_put_null(w, key);
    }
}

static int read_hardware(struct pfg_reading *r,
                         const struct pfg_json_value *value, void *at)
{
    struct pfg_report_section *section = at;

    section->has_profile = true;
    return pfg_shape_take(r, value, &hardware_shape, &section->profile);
}

static const struct pfg_field_kind kind_hardware = {put_hardware, read_hardware,
                                                    PFG_OR_NULL};

#define AT(member) offsetof(struct pfg_report_geomean, member)
static const struct pfg_field geomeans_fields[] = {
    {"suite", AT(suite), &pfg_always_text},
    {"metric", AT(metric), &pfg_always_text},
    {"unit", AT(unit), &pfg_always_text},
    {"base", AT(base), &pfg_null_number},
    {"head", AT(head), &pfg_null_number},
    {"change", AT(change), &pfg_null_number},
    {"n", AT(n), &pfg_always_count},
};
#undef AT
PFG_SHAPE(geomeans, struct pfg_report_geomean, NULL);
PFG_LIST_KIND(geomeans, PFG_ALWAYS);

#define AT(member) offsetof(struct pfg_report_sight, member)
static const struct pfg_field sights_fields[] = {
    {"what", AT(what), &pfg_always_text},
    {"exact", AT(exact), &pfg_always_flag},
    {"n", AT(n), &pfg_always_count},
    {"blind", AT(n_blind), &pfg_always_count},
    {"detectable", AT(detectable), &pfg_null_number},
};
#undef AT
PFG_SHAPE(sights, struct pfg_report_sight, NULL);
PFG_LIST_KIND(sights, PFG_ALWAYS);

PFG_WORD_KIND(status, enum pfg_target_status, "status", pfg_target_status_name,
              pfg_target_status_parse);

#define AT(member) offsetof(struct pfg_report_target, member)
static const struct pfg_field targets_fields[] = {
    {"name", AT(name), &pfg_always_text},
    {"limit", AT(limit), &pfg_always_text},
    {"unit", AT(unit), &pfg_always_text},
    {"current", AT(current), &pfg_null_number},
    {"interval", AT(interval), &pfg_null_interval},
    {"status", AT(status), &kind_status},
    {"ratio", AT(ratio), &pfg_always_flag},
    {"fails", AT(fails), &pfg_always_flag},
    {"reason", AT(reason), &pfg_always_text},
    {"source", AT(source), &pfg_always_text},
    {"row", AT(row), &pfg_always_text},
};
#undef AT
PFG_SHAPE(targets, struct pfg_report_target, NULL);
PFG_LIST_KIND(targets, PFG_WHERE_KNOWN);

#define AT(member) offsetof(struct pfg_report_section, member)
static const struct pfg_field sections_fields[] = {
    {"hardware", 0, &kind_hardware},
    {"base", 0, &kind_base},
    {"no_base", 0, &kind_no_base},
    {"head", AT(head), &kind_origin},
    {"other_hardware", PFG_LIST(struct pfg_report_section, other_profiles),
     &pfg_always_texts},
    {"detectable", AT(detectable), &pfg_null_number},
    {"sights", PFG_LIST(struct pfg_report_section, sights), &kind_sights},
    {"machines", AT(machines), &pfg_kind_text},
    {"shift", AT(shift), &pfg_always_text},
    {"shift_fails", AT(shift_fails), &pfg_always_flag},
    {"notes", PFG_LIST(struct pfg_report_section, notes), &pfg_always_texts},
    {"advice", PFG_LIST(struct pfg_report_section, advice), &pfg_kind_texts},
    {"geomeans", PFG_LIST(struct pfg_report_section, geomeans), &kind_geomeans},
    {"targets", PFG_LIST(struct pfg_report_section, targets), &kind_targets},
    {"rows", PFG_LIST(struct pfg_report_section, rows), &pfg_kind_report_rows},
};
#undef AT

static void clear_section(void *object)
{
    struct pfg_report_section *section = object;

    section->no_base = "";
    pfg_shape_clear(&origin_shape, &section->base);
}

PFG_SHAPE(sections, struct pfg_report_section, clear_section);
PFG_LIST_KIND(sections, PFG_ALWAYS);

/* --- the policy --- */

PFG_WORD_KIND(effect, enum pfg_policy_effect, "effect", pfg_policy_effect_name,
              pfg_policy_effect_parse);

#define AT(member) offsetof(struct pfg_report_policy_change, member)
static const struct pfg_field changes_fields[] = {
    {"what", AT(what), &pfg_always_text},
    {"text", AT(text), &pfg_always_text},
    {"from", AT(from), &pfg_always_text},
    {"to", AT(to), &pfg_always_text},
    {"added", AT(added), &pfg_always_flag},
    {"removed", AT(removed), &pfg_always_flag},
    {"effect", AT(effect), &kind_effect},
    {"source", AT(source), &pfg_always_text},
};
#undef AT
PFG_SHAPE(changes, struct pfg_report_policy_change, NULL);
PFG_LIST_KIND(changes, PFG_ALWAYS);

#define AT(member) offsetof(struct pfg_report_policy, member)
static const struct pfg_field policy_fields[] = {
    {"base", AT(base), &pfg_always_text},
    {"headline", AT(headline), &pfg_always_text},
    {"judged_by", AT(judged_by), &pfg_always_text},
    {"effect", AT(effect), &kind_effect},
    {"changes", PFG_LIST(struct pfg_report_policy, changes), &kind_changes},
    {"looser_rows", AT(n_looser), &pfg_always_count},
    {"tighter_rows", AT(n_tighter), &pfg_always_count},
};
#undef AT
PFG_SHAPE(policy, struct pfg_report_policy, NULL);

/* Left out where nothing was compared: outside of git, or without a
 * configuration. */
static void put_policy(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    const struct pfg_report_policy *policy = at;

    if (policy->base && *policy->base) {
        pfg_shape_put(w, key, &policy_shape, policy);
    }
}

static int read_policy(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    return pfg_shape_take(r, value, &policy_shape, at);
}

static const struct pfg_field_kind kind_policy = {put_policy, read_policy,
                                                  PFG_WHERE_KNOWN};

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

static int read_looked_at(struct pfg_reading *r,
                          const struct pfg_json_value *value, void *at)
{
    return pfg_kind_elsewhere.take(r, value, at);
}

static void put_counts(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    const size_t *counts = at;

    pfg_json_begin(w, key, '{');
    for (int i = 0; i < PFG_N_VERDICTS; i++) {
        pfg_always_count.put(w, pfg_verdict_name((enum pfg_verdict)i),
                             &counts[i]);
    }
    pfg_json_end(w, '}');
}

static int read_counts(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    struct pfg_field fields[PFG_N_VERDICTS];

    for (size_t i = 0; i < PFG_N_VERDICTS; i++) {
        fields[i] = (struct pfg_field){pfg_verdict_name((enum pfg_verdict)i),
                                       i * sizeof(size_t), &pfg_always_count};
    }
    return pfg_fields_take(r, fields, PFG_N_VERDICTS, value, at);
}

static const struct pfg_field_kind kind_counts = {put_counts, read_counts,
                                                  PFG_ALWAYS};

#define AT(member) offsetof(struct pfg_report_benchmarks, member)
static const struct pfg_field benchmarks_fields[] = {
    {"n", AT(n), &pfg_always_count},
    {"judged", AT(n_judged), &pfg_always_count},
    {"fails", AT(n_fails), &pfg_always_count},
    {"counts", AT(counts), &kind_counts},
    {"failing", AT(failing), &kind_counts},
};
#undef AT
PFG_SHAPE(benchmarks, struct pfg_report_benchmarks, NULL);
PFG_SHAPE_KIND(benchmarks, PFG_ALWAYS);

PFG_WORD_KIND(tone, enum pfg_tone, "tone", pfg_tone_name, pfg_tone_parse);

static const struct pfg_field_kind kind_of_file = {put_kind_of_file,
                                                   read_looked_at, PFG_ALWAYS};
static const struct pfg_field_kind kind_version = {put_version, read_looked_at,
                                                   PFG_ALWAYS};
static const struct pfg_field_kind kind_outcome = {put_outcome, read_looked_at,
                                                   PFG_ALWAYS};

#define AT(member) offsetof(struct pfg_report, member)
static const struct pfg_field report_fields[] = {
    {"perfgate", 0, &kind_of_file},
    {"version", 0, &kind_version},
    {"program", AT(version), &pfg_always_text},
    {"time", AT(time), &pfg_null_time},
    {"status", AT(status), &pfg_always_whole},
    {"outcome", 0, &kind_outcome},
    {"gate", AT(gate), &pfg_always_flag},
    {"tone", AT(tone), &kind_tone},
    {"headline", AT(headline), &pfg_always_text},
    {"unneeded", AT(unneeded), &pfg_kind_text},
    {"command", AT(command), &pfg_always_text},
    {"accept_label", AT(accept_label), &pfg_kind_text},
    {"threshold", AT(threshold), &pfg_null_number},
    {"threshold_given", AT(threshold_given), &pfg_always_flag},
    {"limit_lowest", AT(limit_lowest), &pfg_null_number},
    {"limit_highest", AT(limit_highest), &pfg_null_number},
    {"benchmarks", AT(benchmarks), &kind_benchmarks},
    {"counts", AT(counts), &kind_counts},
    {"n_rows", AT(n_rows), &pfg_always_count},
    {"n_gated", AT(n_gated), &pfg_always_count},
    {"n_fails", AT(n_fails), &pfg_always_count},
    {"policy", AT(policy), &kind_policy},
    {"sections", PFG_LIST(struct pfg_report, sections), &kind_sections},
    {"footnotes", PFG_LIST(struct pfg_report, footnotes), &pfg_always_texts},
    {"warnings", PFG_LIST(struct pfg_report, warnings), &pfg_always_texts},
};
#undef AT

static void clear_report(void *object)
{
    struct pfg_report *report = object;

    pfg_shape_clear(&policy_shape, &report->policy);
}

PFG_SHAPE(report, struct pfg_report, clear_report);

void pfg_codec_write_report(struct pfg_json_writer *w,
                            const struct pfg_report *report)
{
    pfg_shape_put(w, NULL, &report_shape, report);
}

/* Before anything else: another version may look quite different. */
static int check_version(struct pfg_reading *r,
                         const struct pfg_json_value *root)
{
    const struct pfg_json_value *version = pfg_json_get(root, "version");
    const char *what = pfg_json_string(pfg_json_get(root, "perfgate"));
    struct pfg_pos pos = pfg_json_pos(r->document, root);
    uint64_t number;

    if (!what || strcmp(what, "report") ||
        pfg_json_u64(&number, r->document, version)) {
        pfg_fail_at(r->err, PFG_DATA, pos, "this is no report of perfgate");
        return pfg_hint(r->err, "--report json=FILE writes one");
    }
    if (number != PFG_REPORT_VERSION) {
        pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, version),
                    "report of version %llu: this perfgate reads version %d",
                    (unsigned long long)number, PFG_REPORT_VERSION);
        return pfg_hint(r->err, "use a newer perfgate");
    }
    return 0;
}

/* It says the same as the status, for programs: both must. */
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
                    "it was changed after it was written: make it again");
}

int pfg_codec_read_report(struct pfg_report **out,
                          const struct pfg_json_document *document,
                          struct pfg_error *err)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_report *report = pfg_arena_alloc(arena, sizeof *report);
    struct pfg_reading r = {
        .document = document,
        .arena = arena,
        .err = err,
        .n_footnotes = pfg_json_count(pfg_json_get(root, "footnotes")),
    };

    *out = NULL;
    if (check_version(&r, root) ||
        pfg_shape_take(&r, root, &report_shape, report)) {
        pfg_arena_free(arena);
        return -1;
    }
    report->arena = arena;
    if (check_outcome(&r, root, report)) {
        pfg_arena_free(arena);
        return -1;
    }
    *out = report;
    return 0;
}
