#include "app/measure/confirm/confirm.h"

#include <math.h>
#include <string.h>

#include "app/input/report_file.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"
#include "compare/compare.h"
#include "json/json.h"
#include "json/write.h"
#include "render/words.h"
#include "term/table.h"

/* Bytes of a record. */
#define MOST_BYTES ((size_t)1 << 20)

/* A candidate of the first look, and what the second says of it. */
struct candidate {
    const struct pfg_report_row *first, *second;
    const char *outcome; /* for people */
    bool regressed;
};

struct confirming {
    const struct pfg_context *context;
    const char *first_name, *second_name;
    struct pfg_report *first, *second;
    struct pfg_arena *arena;
    PFG_VEC(struct candidate) candidates;
    size_t n_regressed, n_broken; /* broken: errored, missing, off a target */
    bool shift;                   /* the whole suite, in both */
};

/* --- whether the two belong together --- */

static int differ(const struct confirming *c, const char *what,
                  const char *first, const char *second, struct pfg_error *err)
{
    pfg_fail(err, PFG_USAGE, "'%s' and '%s' differ in their %s: '%s' and '%s'",
             c->first_name, c->second_name, what, first, second);
    return pfg_hint(err, "both looks must be taken alike, of the same "
                         "versions");
}

static int check_screen(const char *name, const struct pfg_report *report,
                        struct pfg_error *err)
{
    if (report->screen) {
        return 0;
    }
    pfg_fail(err, PFG_USAGE, "'%s' is no first look", name);
    return pfg_hint(err, "perfgate compare --screen --report json=FILE makes "
                         "one");
}

/* Where nothing was compared there is no candidate, and nothing passed. */
static int check_compared(const char *name, const struct pfg_report *report,
                          struct pfg_error *err)
{
    if (report->status != PFG_NOBASE) {
        return 0;
    }
    pfg_fail(err, PFG_NOBASE, "'%s' compared nothing: %s", name,
             report->headline);
    return pfg_hint(err, "both looks need a base and a head");
}

static int check_alike(const struct confirming *c, struct pfg_error *err)
{
    const struct pfg_report *first = c->first, *second = c->second;

    if (check_screen(c->first_name, first, err) ||
        check_screen(c->second_name, second, err)) {
        return -1;
    }
    if (check_compared(c->first_name, first, err) ||
        check_compared(c->second_name, second, err)) {
        return -1;
    }
    if (strcmp(first->version, second->version)) {
        return differ(c, "perfgate", first->version, second->version, err);
    }
    if (first->threshold != second->threshold ||
        first->threshold_given != second->threshold_given) {
        return differ(c, "limit", pfg_words_percent(c->arena, first->threshold),
                      pfg_words_percent(c->arena, second->threshold), err);
    }
    return 0;
}

/* A file that both looks read is one measurement. */
static int check_new_side(const struct confirming *c, const char *side,
                          const struct pfg_report_origin *first,
                          const struct pfg_report_origin *second,
                          struct pfg_error *err)
{
    for (size_t i = 0; i < first->n_digests; i++) {
        for (size_t j = 0; *first->digests[i] && j < second->n_digests; j++) {
            if (!strcmp(first->digests[i], second->digests[j])) {
                pfg_fail(err, PFG_DATA,
                         "'%s' is no new measurement: its %s "
                         "has results that '%s' was made of",
                         c->second_name, side, c->first_name);
                return pfg_hint(err, "measure the candidates again, base and "
                                     "head");
            }
        }
    }
    return 0;
}

static int check_new(const struct confirming *c, struct pfg_error *err)
{
    for (size_t i = 0; i < c->first->n_sections; i++) {
        const struct pfg_report_section *one = &c->first->sections[i];

        for (size_t j = 0; j < c->second->n_sections; j++) {
            const struct pfg_report_section *two = &c->second->sections[j];

            if (check_new_side(c, "base", &one->base, &two->base, err) ||
                check_new_side(c, "head", &one->head, &two->head, err)) {
                return -1;
            }
        }
    }
    return 0;
}

static int check_sections(const struct confirming *c,
                          const struct pfg_report_section *first,
                          struct pfg_error *err)
{
    for (size_t i = 0; i < c->second->n_sections; i++) {
        const struct pfg_report_section *second = &c->second->sections[i];

        if (strcmp(first->base.id, second->base.id)) {
            return differ(c, "base", first->base.id, second->base.id, err);
        }
        if (strcmp(first->head.id, second->head.id)) {
            return differ(c, "head", first->head.id, second->head.id, err);
        }
    }
    return 0;
}

/* Whoever reads from a pipe leaves no digest: its samples tell. */
static bool same_samples(const struct pfg_report_side *a,
                         const struct pfg_report_side *b)
{
    return a->n == b->n && a->n > 2 && a->values && b->values &&
           !memcmp(a->values, b->values, a->n * sizeof *a->values);
}

/* --- the candidates --- */

static bool has_profile(const struct pfg_report_section *section,
                        const struct pfg_report_section *like)
{
    return section->has_profile && like->has_profile &&
           section->profile.fingerprint && like->profile.fingerprint &&
           !strcmp(section->profile.fingerprint, like->profile.fingerprint);
}

/* The second look may be taken on another machine; the same one is
 * preferred. */
static const struct pfg_report_row *find_again(
    const struct confirming *c, const struct pfg_report_section *section,
    const char *key)
{
    const struct pfg_report_row *found = NULL;

    for (size_t i = 0; i < c->second->n_sections; i++) {
        const struct pfg_report_section *second = &c->second->sections[i];
        const struct pfg_report_row *row = pfg_report_find(second, key);

        if (row && (!found || has_profile(second, section))) {
            found = row;
        }
    }
    return found;
}

/* Selected in both, in the same direction, and over its limit in both. A row
 * without a test (exact, weak) is selected by its own rule. */
static void judge(struct candidate *candidate)
{
    const struct pfg_report_row *second = candidate->second;

    candidate->regressed = pfg_report_is_candidate(second);
    if (candidate->regressed) {
        candidate->outcome = "regressed: in both looks";
    } else if (second->working.screened) {
        candidate->outcome = "slower: in both looks, now within its limit";
    } else if (second->verdict == PFG_IMPROVED ||
               second->verdict == PFG_FASTER) {
        candidate->outcome = "not confirmed: now it is faster";
    } else {
        candidate->outcome = "not confirmed";
    }
}

static int add_candidate(struct confirming *c,
                         const struct pfg_report_section *section,
                         const struct pfg_report_row *row,
                         struct pfg_error *err)
{
    struct candidate candidate = {
        .first = row,
        .second = find_again(c, section, row->key),
    };
    const struct pfg_report_row *second = candidate.second;

    if (!second || !second->head.present || !second->base.present) {
        pfg_fail(err, PFG_DATA,
                 "candidate '%s' (%s) was not measured again "
                 "on both sides",
                 row->label, row->metric);
        return pfg_hint(err, "the second look needs all candidates of the "
                             "first");
    }
    if (row->threshold != second->threshold) {
        return differ(c,
                      pfg_arena_printf(c->arena, "limit of '%s'", row->label),
                      pfg_words_percent(c->arena, row->threshold),
                      pfg_words_percent(c->arena, second->threshold), err);
    }
    if (row->evidence != PFG_EXACT && same_samples(&row->head, &second->head)) {
        return pfg_fail(err, PFG_DATA,
                        "'%s' is no new measurement: '%s' has "
                        "the very samples of the first look",
                        c->second_name, row->label);
    }
    judge(&candidate);
    c->n_regressed += candidate.regressed;
    pfg_vec_push(&c->candidates, c->arena, candidate);
    return 0;
}

static bool is_broken(const struct pfg_report_row *row)
{
    return row->fails && !pfg_report_is_candidate(row);
}

/* What failed apart from candidates. A missed target whose row fails, too, is
 * one failure. */
static size_t count_broken(const struct pfg_report *report)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            n += is_broken(&section->rows[j]);
        }
        for (size_t j = 0; j < section->n_targets; j++) {
            const struct pfg_report_target *target = &section->targets[j];
            const struct pfg_report_row *row =
                *target->row ? pfg_report_find(section, target->row) : NULL;

            n += target->fails && !(row && is_broken(row));
        }
    }
    return n;
}

static bool any_shift(const struct pfg_report *report)
{
    for (size_t i = 0; i < report->n_sections; i++) {
        if (report->sections[i].shift_fails) {
            return true;
        }
    }
    return false;
}

static int judge_all(struct confirming *c, struct pfg_error *err)
{
    for (size_t i = 0; i < c->first->n_sections; i++) {
        const struct pfg_report_section *section = &c->first->sections[i];

        if (check_sections(c, section, err)) {
            return -1;
        }
        for (size_t j = 0; j < section->n_rows; j++) {
            const struct pfg_report_row *row = &section->rows[j];

            if (pfg_report_is_candidate(row) &&
                add_candidate(c, section, row, err)) {
                return -1;
            }
        }
    }
    c->n_broken = count_broken(c->first) + count_broken(c->second);
    c->shift = any_shift(c->first) && any_shift(c->second);
    return 0;
}

/* --- what is said --- */

static const char *headline(const struct confirming *c)
{
    const char *broken = c->n_broken
                             ? pfg_arena_printf(c->arena,
                                                "; %zu errored, missing, "
                                                "over budget or off target",
                                                c->n_broken)
                             : "";

    if (c->n_regressed || c->n_broken || c->shift) {
        return pfg_arena_printf(
            c->arena, "gate failed: %zu of %zu candidates regressed%s%s",
            c->n_regressed, c->candidates.n, broken,
            c->shift ? "; the whole suite got slower" : "");
    }
    return pfg_arena_printf(c->arena,
                            "gate passed: none of %zu candidates "
                            "was confirmed",
                            c->candidates.n);
}

static void print(const struct confirming *c, const char *sentence, bool failed)
{
    static const char *const headings[] = {"benchmark", "metric", "first",
                                           "second", "outcome"};
    struct pfg_table *table = pfg_table_new(c->arena, 5);
    struct pfg_str text;

    pfg_str_init(&text, 0);
    pfg_table_row(table);
    for (size_t i = 0; i < 5; i++) {
        pfg_table_align(table, i, i == 2 || i == 3 ? PFG_RIGHT : PFG_LEFT);
        pfg_table_cell(table, PFG_BOLD, "%s", headings[i]);
    }
    pfg_table_rule(table);
    for (size_t i = 0; i < c->candidates.n; i++) {
        const struct candidate *candidate = &c->candidates.at[i];

        pfg_table_row(table);
        pfg_table_cell(table, PFG_PLAIN, "%s", candidate->first->label);
        pfg_table_cell(table, PFG_PLAIN, "%s", candidate->first->metric);
        pfg_table_cell(table, PFG_PLAIN, "%s",
                       pfg_words_change(c->arena, candidate->first->change));
        pfg_table_cell(table, PFG_PLAIN, "%s",
                       pfg_words_change(c->arena, candidate->second->change));
        pfg_table_cell(table, candidate->regressed ? PFG_RED : PFG_PLAIN, "%s",
                       candidate->outcome);
    }
    if (c->candidates.n) {
        pfg_table_print(&text, table, c->context->width, c->context->color);
    }
    pfg_style_put(&text, failed ? PFG_RED : PFG_GREEN, c->context->color,
                  failed ? "\u2717 " : "\u2713 ");
    pfg_str_printf(&text, "%s\n", sentence);
    fwrite(text.ptr, 1, text.len, c->context->out);
    pfg_str_free(&text);
}

/* What was measured: the same results, compared once more, are no other first
 * look. */
static const char *digest_of(const struct pfg_report *report,
                             struct pfg_arena *arena)
{
    struct pfg_digest *digest = pfg_digest_new();
    char hex[PFG_DIGEST_HEX];

    for (size_t i = 0; i < report->n_sections; i++) {
        const struct pfg_report_section *section = &report->sections[i];

        for (size_t j = 0; j < section->n_rows; j++) {
            const struct pfg_report_row *row = &section->rows[j];
            const struct pfg_report_side *sides[] = {&row->base, &row->head};

            pfg_digest_add(digest, pfg_slice_of(row->key));
            for (size_t k = 0; k < 2; k++) {
                if (sides[k]->values) {
                    pfg_digest_add(
                        digest, pfg_slice_make((const char *)sides[k]->values,
                                               sides[k]->n * sizeof(double)));
                }
            }
        }
    }
    pfg_digest_hex(digest, hex);
    pfg_digest_free(digest);
    return pfg_arena_strdup(arena, hex);
}

/* --- the decision, which is kept --- */

/*
 * FIRST.confirmed: what became of a first look. It belongs to the measurements
 * in FIRST, by a digest of them; where FIRST holds others now, it says
 * nothing.
 */
struct settled {
    const char *first_digest, *second, *second_digest;
    pfg_time time;
    int status;
    const char *outcome; /* a sentence */
};

/* A text of the record, or an error: what cannot be read settles nothing. */
static const char *text_of(const struct pfg_json_document *record,
                           const char *key, struct pfg_error *err)
{
    const struct pfg_json_value *root = pfg_json_root(record);
    const char *text = pfg_json_string(pfg_json_get(root, key));

    if (!text) {
        pfg_fail_at(err, PFG_DATA, pfg_json_pos(record, root),
                    "this is no record of a confirmation: '%s' is missing",
                    key);
        pfg_hint(err, "remove it if it was not written by perfgate");
    }
    return text;
}

static int compare_record(const struct pfg_json_document *record,
                          const char *first, const char *digest,
                          struct pfg_error *err)
{
    const char *of = text_of(record, "first_digest", err);
    const char *outcome = text_of(record, "outcome", err);
    const char *second = text_of(record, "second", err);
    const char *when = text_of(record, "time", err);

    if (!of || !outcome || !second || !when) {
        return -1;
    }
    if (strcmp(of, digest)) {
        return 0;
    }
    pfg_fail(err, PFG_USAGE, "'%s' was settled by '%s' (%s): %s", first, second,
             when, outcome);
    return pfg_hint(err, "a decision is taken once; begin with a new first "
                         "look");
}

static int check_record(const char *first, const char *digest,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    const char *path = pfg_arena_printf(arena, "%s.confirmed", first);
    struct pfg_json_document *record = NULL;
    struct pfg_str text;
    int failed;

    if (!pfg_file_exists(path)) {
        return 0;
    }
    pfg_str_init(&text, 0);
    failed =
        pfg_file_read(&text, path, MOST_BYTES, err) ||
        pfg_json_parse(&record, pfg_str_slice(&text), path, 0, err) ||
        compare_record(record, first, digest, err);
    pfg_json_free(record);
    pfg_str_free(&text);
    return failed ? -1 : 0;
}

static int write_record(const char *first, const struct settled *settled,
                        struct pfg_error *err)
{
    char time[PFG_TIME_TEXT];
    struct pfg_str text, path;
    struct pfg_json_writer w = {.out = &text, .indent = 1};
    int failed;

    pfg_str_init(&text, 0);
    pfg_str_init(&path, 0);
    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "perfgate", "confirmation");
    pfg_json_put_integer(&w, "version", 1);
    pfg_json_put_string(&w, "time", pfg_time_iso(time, settled->time));
    pfg_json_put_string(&w, "first_digest", settled->first_digest);
    pfg_json_put_string(&w, "second", settled->second);
    pfg_json_put_string(&w, "second_digest", settled->second_digest);
    pfg_json_put_integer(&w, "status", settled->status);
    pfg_json_put_string(&w, "outcome", settled->outcome);
    pfg_json_end(&w, '}');
    pfg_str_putc(&text, '\n');
    pfg_str_printf(&path, "%s.confirmed", first);
    failed = pfg_file_write(path.ptr, pfg_str_slice(&text), err);
    pfg_str_free(&path);
    pfg_str_free(&text);
    return failed;
}

static int confirm(struct confirming *c, int *status, struct pfg_error *err)
{
    struct settled settled = {
        .first_digest = digest_of(c->first, c->arena),
        .second = c->second_name,
        .second_digest = digest_of(c->second, c->arena),
        .time = c->context->now,
    };

    if (check_record(c->first_name, settled.first_digest, c->arena, err) ||
        check_alike(c, err) || check_new(c, err) || judge_all(c, err)) {
        return -1;
    }
    settled.outcome = headline(c);
    settled.status = c->n_regressed || c->n_broken || c->shift ? PFG_GATE : 0;
    /* Before it is told: what was told must not be asked again. */
    if (write_record(c->first_name, &settled, err)) {
        return -1;
    }
    *status = settled.status;
    print(c, settled.outcome, *status != 0);
    return 0;
}

int pfg_confirm(int *status, const struct pfg_context *context,
                const char *first, const char *second, struct pfg_error *err)
{
    struct confirming c = {
        .context = context,
        .first_name = first,
        .second_name = second,
    };
    int failed;

    c.arena = pfg_arena_new();
    failed = pfg_report_file_read(&c.first, first, true, err) ||
             pfg_report_file_read(&c.second, second, true, err) ||
             confirm(&c, status, err);
    pfg_report_free(c.first);
    pfg_report_free(c.second);
    pfg_arena_free(c.arena);
    return failed ? -1 : 0;
}
