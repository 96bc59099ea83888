#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec/codec.h"
#include "model/codec/fields.h"

/* The tables of a report's rows. */

_Static_assert(offsetof(struct pfg_report_row, change_upper) ==
                   offsetof(struct pfg_report_row, change_lower) +
                       sizeof(double),
               "the interval of the change stands in a row");
_Static_assert(offsetof(struct pfg_report_row, change_level) ==
                   offsetof(struct pfg_report_row, change_lower) +
                       2 * sizeof(double),
               "the interval of the change stands in a row");

/* --- words for enums --- */

#define WORD(name, word_list)                                                  \
    static const struct pfg_field_kind name = {PFG_ALWAYS, PFG_SCALAR_WORD,    \
                                               .words = &(word_list)}
WORD(kind_direction, pfg_direction_words);
WORD(kind_metric, pfg_metric_kind_words);
WORD(kind_verdict, pfg_verdict_words);
WORD(kind_evidence, pfg_evidence_words);
WORD(kind_decider, pfg_decider_words);
/* A chosen value. */
static const struct pfg_field_kind kind_statistic = {
    PFG_WHERE_KNOWN, PFG_SCALAR_WORD, .words = &pfg_statistic_names};

/* --- what decided --- */

#define AT(member) offsetof(struct pfg_decision, member)
static const struct pfg_field decision_fields[] = {
    {"by", AT(by), &kind_decider},
    {"change", AT(change), &pfg_kind_double},
    {"limit", AT(limit), &pfg_kind_double},
    {"p", AT(p), &pfg_kind_double},
    {"level", AT(level), &pfg_kind_double},
    {"tests", AT(tests), &pfg_kind_size},
};
#undef AT
static const struct pfg_field_kind kind_decision = {
    PFG_ALWAYS, PFG_STRUCT(decision_fields)};

/* --- marks of footnotes --- */

static void put_indexes(struct pfg_json_writer *w, const char *key,
                        const size_t *indexes, size_t n)
{
    pfg_json_begin(w, key, '[');
    for (size_t i = 0; i < n; i++) {
        pfg_json_put_integer(w, NULL, (int64_t)indexes[i]);
    }
    pfg_json_end(w, ']');
}

/* The item of the cursor as an index; false where pfg_kind_take() must look. A
 * double holds what is written with at most 15 digits, so no fraction is lost.
 */
static bool find_index(const struct pfg_reading *r,
                       const struct pfg_json_cursor *items,
                       const struct pfg_json_value *item, size_t *out)
{
    struct pfg_slice digits = pfg_json_digits(r->document, item);

    if (digits.len > 15 || *digits.ptr == '-' || !(items->number < 1e15)) {
        return false;
    }
    *out = (size_t)items->number;
    return (double)*out == items->number;
}

/* An array of whole numbers below `limit`. */
static int read_indexes(struct pfg_reading *r,
                        const struct pfg_json_value *value, size_t limit,
                        const size_t **out, size_t *n)
{
    struct pfg_json_cursor items = {value};
    const struct pfg_json_value *item;
    size_t *indexes;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    indexes = pfg_arena_new_array(r->arena, size_t, pfg_json_count(value));
    *n = 0;
    while ((item = pfg_json_each(&items))) {
        if (!find_index(r, &items, item, &indexes[*n]) &&
            pfg_kind_take(r, item, &pfg_kind_size, &indexes[*n])) {
            return -1;
        }
        if (indexes[(*n)++] >= limit) {
            return pfg_fail_at(r->err, PFG_DATA,
                               pfg_json_pos(r->document, item),
                               "'%s' refers to %zu, but there are only %zu",
                               pfg_json_key(value), indexes[*n - 1], limit);
        }
    }
    *out = indexes;
    return 0;
}

static void put_marks(struct pfg_json_writer *w, const char *key,
                      const void *at)
{
    put_indexes(w, key, *(const size_t *const *)at, PFG_LENGTH(at));
}

static int read_marks(struct pfg_reading *r, const struct pfg_json_value *value,
                      void *at)
{
    return read_indexes(r, value, r->n_footnotes, at, &PFG_LENGTH(at));
}

static const struct pfg_field_kind kind_marks = {PFG_ALWAYS, .put = put_marks,
                                                 .take = read_marks};

/* --- one side of a row --- */

static void put_values(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    const struct pfg_report_side *side = at;

    if (side->values) {
        pfg_json_put_numbers(w, key, side->values, side->n);
    }
}

/* An array of as many entries as the side's "n". */
static int check_length(struct pfg_reading *r,
                        const struct pfg_json_value *value, size_t n)
{
    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    if (pfg_json_count(value) != n) {
        return pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, value),
                           "'%s' has %zu entries, but 'n' is %zu",
                           pfg_json_key(value), pfg_json_count(value), n);
    }
    return 0;
}

static int read_values(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    struct pfg_report_side *side = at;
    double *values;
    size_t n;

    if (check_length(r, value, side->n) ||
        pfg_fields_numbers(r, value, &values, &n)) {
        return -1;
    }
    side->values = values;
    return 0;
}

static void put_process_of(struct pfg_json_writer *w, const char *key,
                           const void *at)
{
    const struct pfg_report_side *side = at;

    if (side->values && side->processes) {
        put_indexes(w, key, side->processes, side->n);
    }
}

static int read_process_of(struct pfg_reading *r,
                           const struct pfg_json_value *value, void *at)
{
    struct pfg_report_side *side = at;
    size_t n;

    return check_length(r, value, side->n) ||
                   read_indexes(r, value, side->n_processes, &side->processes,
                                &n)
               ? -1
               : 0;
}

static const struct pfg_field_kind kind_values = {.put = put_values,
                                                  .take = read_values};
static const struct pfg_field_kind kind_process_of = {.put = put_process_of,
                                                      .take = read_process_of};

#define AT(member) offsetof(struct pfg_report_side, member)
static const struct pfg_field side_fields[] = {
    {"value", AT(value), &pfg_null_double},
    {"interval", AT(interval), &pfg_null_interval},
    {"n", AT(n), &pfg_always_size},
    {"processes", AT(n_processes), &pfg_always_size},
    {"values", 0, &kind_values},
    {"process_of", 0, &kind_process_of},
    {"error", AT(error), &pfg_always_text},
    {"written_unit", AT(written_unit), &pfg_always_text},
    {"source", AT(source), &pfg_always_text},
    {"trace", PFG_LIST(struct pfg_report_side, trace), &pfg_kind_numbers},
    {"trace_seconds", AT(trace_seconds), &pfg_kind_double},
};
#undef AT
static const struct pfg_field_kind kind_side = {PFG_OR_NULL,
                                                PFG_STRUCT(side_fields)};

/* --- the working --- */

#define AT(member) offsetof(struct pfg_report_point, member)
static const struct pfg_field points_fields[] = {
    {"value", AT(value), &pfg_null_double},
    {"level", AT(level), &pfg_null_double},
    {"revision", AT(revision), &pfg_kind_text},
    {"author", AT(author), &pfg_kind_text},
    {"time", AT(time), &pfg_kind_time},
};
#undef AT
static const struct pfg_field_kind kind_points = {
    PFG_STRUCTS(struct pfg_report_point, points_fields)};

#define AT(member) offsetof(struct pfg_report_jump, member)
static const struct pfg_field jumps_fields[] = {
    {"at", AT(at), &pfg_always_size},
    {"before", AT(before), &pfg_null_double},
    {"after", AT(after), &pfg_null_double},
};
#undef AT
static const struct pfg_field_kind kind_jumps = {
    PFG_STRUCTS(struct pfg_report_jump, jumps_fields)};

#define AT(member) offsetof(struct pfg_report_working, member)
static const struct pfg_field working_fields[] = {
    {"by_process", AT(by_process), &pfg_kind_bool},
    {"alternating", AT(alternating), &pfg_kind_bool},
    {"family", AT(family), &pfg_kind_bool},
    {"worse", AT(worse), &pfg_kind_bool},
    {"better", AT(better), &pfg_kind_bool},
    {"screened", AT(screened), &pfg_kind_bool},
    {"n", AT(n), &pfg_always_size},
    {"theta", AT(theta), &pfg_kind_double},
    {"effective", AT(effective), &pfg_kind_double},
    {"low_base", AT(low_base), &pfg_kind_double},
    {"low_head", AT(low_head), &pfg_kind_double},
    {"smear_base", AT(smear_base), &pfg_kind_double},
    {"smear_head", AT(smear_head), &pfg_kind_double},
    {"low_shift", AT(low_shift), &pfg_kind_double},
    {"effect", AT(effect), &pfg_kind_double},
    {"effect_lower", AT(effect_lower), &pfg_kind_double},
    {"effect_upper", AT(effect_upper), &pfg_kind_double},
    {"tau", AT(tau), &pfg_kind_double},
    {"spread", AT(spread), &pfg_kind_double},
    {"prior", AT(prior), &pfg_kind_double},
    {"apart", AT(apart), &pfg_kind_double},
    {"earlier", AT(earlier), &pfg_kind_size},
    {"history", AT(history), &pfg_kind_double},
    {"variance", AT(variance), &pfg_kind_double},
    {"error", AT(error), &pfg_kind_double},
    {"freedom", AT(freedom), &pfg_kind_double},
    {"gain", AT(gain), &pfg_kind_double},
    {"p_worse", AT(p_worse), &pfg_kind_double},
    {"p_better", AT(p_better), &pfg_kind_double},
    {"p_bulk", AT(p_bulk), &pfg_kind_double},
    {"share", AT(share), &pfg_kind_double},
    {"tests", AT(tests), &pfg_kind_size},
    {"q", AT(q), &pfg_kind_double},
    {"points", PFG_LIST(struct pfg_report_working, points), &kind_points},
    {"changes", PFG_LIST(struct pfg_report_working, jumps), &kind_jumps},
};
#undef AT

static int check_jumps(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    const struct pfg_report_working *working = at;

    for (size_t i = 0; i < working->n_jumps; i++) {
        if (working->jumps[i].at >= working->n_points) {
            return pfg_fail_at(
                r->err, PFG_DATA, pfg_json_pos(r->document, value),
                "'changes' are of no point of the %zu", working->n_points);
        }
    }
    return 0;
}

static const struct pfg_field_kind kind_working = {PFG_STRUCT(working_fields),
                                                   .check = check_jumps};

/* --- rows --- */

/* Written only with a budget. */
static void put_crossed(struct pfg_json_writer *w, const char *key,
                        const void *at)
{
    const struct pfg_report_row *row = at;

    if (*row->budget || row->budget_crossed) {
        pfg_json_put_bool(w, key, row->budget_crossed);
    }
}

static int read_crossed(struct pfg_reading *r,
                        const struct pfg_json_value *value, void *at)
{
    return pfg_kind_take(r, value, &pfg_kind_bool,
                         &((struct pfg_report_row *)at)->budget_crossed);
}

static const struct pfg_field_kind kind_crossed = {.put = put_crossed,
                                                   .take = read_crossed};

#define AT(member)   offsetof(struct pfg_report_row, member)
#define FLAG(member) PFG_FLAG(struct pfg_report_row, member)
static const struct pfg_field rows_fields[] = {
    {"key", AT(key), &pfg_always_text},
    {"suite", AT(suite), &pfg_always_text},
    {"benchmark", AT(benchmark), &pfg_always_text},
    {"label", AT(label), &pfg_always_text},
    {"metric", AT(metric), &pfg_always_text},
    {"unit", AT(unit), &pfg_always_text},
    {"better", AT(better), &kind_direction},
    {"kind", AT(kind), &kind_metric},
    {"order", AT(order), &pfg_always_size},
    {"verdict", AT(verdict), &kind_verdict},
    {"reason", AT(reason), &pfg_always_text},
    {"doubt", AT(doubt), &pfg_kind_text},
    {"evidence", AT(evidence), &kind_evidence},
    {"statistic", AT(statistic), &kind_statistic},
    {"decided", AT(decision), &kind_decision},
    {"gated", AT(gated), &pfg_always_bool},
    {"not_gated", AT(not_gated), &pfg_always_text},
    {"fails", AT(fails), &pfg_always_bool},
    {"listed", AT(listed), &pfg_always_bool},
    {"repeats", AT(repeats), &pfg_kind_bool},
    {"change", AT(change), &pfg_null_double},
    {"change_interval", AT(change_lower), &pfg_null_interval},
    {"difference", AT(difference), &pfg_null_double},
    {"p", AT(p), &pfg_null_double},
    {"threshold", AT(threshold), &pfg_null_double},
    {"threshold_source", AT(threshold_source), &pfg_always_text},
    {"effective_threshold", AT(effective_threshold), &pfg_null_double},
    {"detectable", AT(detectable), &pfg_null_double},
    {"limit_change", AT(limit_change), &pfg_kind_text},
    {"budget", AT(budget), &pfg_kind_text},
    {"budget_crossed", 0, &kind_crossed},
    {"footnotes", PFG_LIST(struct pfg_report_row, footnotes), &kind_marks},
    {"base", AT(base), &kind_side, NULL, FLAG(base.present)},
    {"head", AT(head), &kind_side, NULL, FLAG(head.present)},
    {"working", AT(working), &kind_working, NULL, FLAG(working.present)},
    {"advice", PFG_LIST(struct pfg_report_row, advice), &pfg_kind_texts},
    {"why", AT(why), &pfg_kind_why},
};
#undef AT

static const struct pfg_field_kind kind_row = {PFG_STRUCT(rows_fields)};
static const struct pfg_field_kind kind_rows = {
    PFG_ALWAYS, PFG_STRUCTS(struct pfg_report_row, rows_fields)};

int pfg_early_row(void *context, const struct pfg_json_document *document,
                  const struct pfg_json_value *array,
                  const struct pfg_json_value *item)
{
    struct pfg_reading *r = context;
    size_t n = r->early_rows.n;

    if (!r->early.n || r->early.at[r->early.n - 1].array != array) {
        pfg_vec_push(&r->early, r->arena, ((struct pfg_early_rows){array, n}));
    }
    r->document = document;
    pfg_vec_push(&r->early_rows, r->arena, *r->blank);
    return pfg_kind_take_members(r, item, &kind_row, &r->early_rows.at[n]);
}

/* Footnotes come after the rows, whose marks were not checked. */
static int check_footnotes(const struct pfg_reading *r,
                           const struct pfg_report_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < rows[i].n_footnotes; j++) {
            if (rows[i].footnotes[j] >= r->n_footnotes) {
                return -1;
            }
        }
    }
    return 0;
}

static int read_rows(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    const struct pfg_early_rows *early = r->early.at + r->next_early;
    struct pfg_report_row *rows;
    size_t end = r->early_rows.n;

    if (r->next_early == r->early.n || early->array != value) {
        return pfg_kind_take(r, value, &kind_rows, at);
    }
    if (++r->next_early < r->early.n) {
        end = early[1].first;
    }
    rows = r->early_rows.at + early->first;
    *(struct pfg_report_row **)at = rows;
    PFG_LENGTH(at) = end - early->first;
    return check_footnotes(r, rows, end - early->first);
}

const struct pfg_field_kind pfg_kind_report_rows = {
    PFG_ALWAYS, PFG_STRUCTS(struct pfg_report_row, rows_fields),
    .take = read_rows};

struct pfg_report_row pfg_report_row_new(void)
{
    struct pfg_report_row row = {0};

    pfg_kind_clear(&kind_row, &row);
    return row;
}

void pfg_codec_write_report_row(struct pfg_json_writer *w, const char *key,
                                const struct pfg_report_row *row)
{
    pfg_kind_put(w, key, &kind_row, row);
}
