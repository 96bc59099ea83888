#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec/codec.h"
#include "model/codec/fields.h"
#include "model/metric.h"
#include "unit/unit.h"

#define AT(member) offsetof(struct pfg_piece, member)
static const struct pfg_field summary_fields[] = {
    {NULL, AT(has_summary), &pfg_kind_bool, "measurement.is_summary"},
    {"value", AT(summary.value), &pfg_kind_double, "measurement.value"},
    {"lower", AT(summary.lower), &pfg_kind_double, "measurement.lower"},
    {"upper", AT(summary.upper), &pfg_kind_double, "measurement.upper"},
    {"level", AT(summary.level), &pfg_kind_double, "measurement.level"},
    {"error", AT(summary.error), &pfg_kind_double,
     "measurement.standard_error"},
    {"stddev", AT(summary.stddev), &pfg_kind_double,
     "measurement.standard_deviation"},
    {"min", AT(summary.min), &pfg_kind_double, "measurement.minimum"},
    {"max", AT(summary.max), &pfg_kind_double, "measurement.maximum"},
    {"count", AT(summary.count), &pfg_kind_double, "measurement.observations"},
    {"resolution", AT(summary.resolution), &pfg_kind_double,
     "measurement.resolution"},
};
const struct pfg_field_kind pfg_kind_summary = {PFG_STRUCT(summary_fields)};

/* Where the struct is written, so are both members. */
static const struct pfg_field_kind kind_text = {PFG_WRITTEN, PFG_SCALAR_TEXT};
static const struct pfg_field_kind kind_bool = {PFG_WRITTEN, PFG_SCALAR_BOOL};
static const struct pfg_field_kind kind_lines = {PFG_WRITTEN, PFG_SCALAR_LINES};

static const struct pfg_field written_fields[] = {
    {"unit", AT(written_unit), &kind_text, "measurement.written_unit"},
    {"values", PFG_LIST(struct pfg_piece, written), &kind_lines,
     "measurement.written"},
};
static const struct pfg_field budget_fields[] = {
    {"limit", AT(budget), &kind_text, "measurement.budget"},
    {"crossed", AT(budget_crossed), &kind_bool, "measurement.budget_crossed"},
};
static const struct pfg_field source_fields[] = {
    {"file", AT(file), &pfg_kind_text, "measurement.file"},
    {"line", AT(line), &pfg_kind_long, "measurement.line"},
};

static bool is_budget_known(const void *at)
{
    return *((const struct pfg_piece *)at)->budget != '\0';
}

static bool is_written_known(const void *at)
{
    const struct pfg_piece *piece = at;

    return piece->n_written || *piece->written_unit;
}

const struct pfg_field_kind pfg_kind_written = {PFG_STRUCT(written_fields),
                                                .known = is_written_known};
const struct pfg_field_kind pfg_kind_budget = {PFG_STRUCT(budget_fields),
                                               .known = is_budget_known};
static const struct pfg_field_kind kind_source = {PFG_STRUCT(source_fields),
                                                  .sparse = true};

/* "number" is written where it differs from the index in the list. */
static const struct pfg_field piece_fields[] = {
    {"process", AT(process), &pfg_kind_size, "measurement.process"},
    {"number", 0, &pfg_kind_elsewhere},
    {NULL, AT(number), &pfg_kind_size, "measurement.number"},
    {"values", AT(values), &pfg_kind_numbers},
    {"summary", 0, &pfg_kind_summary, NULL,
     PFG_FLAG(struct pfg_piece, has_summary)},
    {"written", 0, &pfg_kind_written},
    {"events", AT(events), &pfg_kind_amount, "measurement.events"},
    {"trials", AT(trials), &pfg_kind_amount, "measurement.trials"},
    {"error", AT(error), &pfg_kind_text, "measurement.error"},
    {"budget", 0, &pfg_kind_budget},
    {"source", 0, &kind_source},
};
#undef AT
const struct pfg_field_kind pfg_kind_piece = {PFG_STRUCT(piece_fields)};

static void put_pieces(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    const struct pfg_series *series = at;

    pfg_json_begin(w, key, '[');
    for (size_t i = 0; i < series->pieces.n; i++) {
        const struct pfg_piece *piece = &series->pieces.at[i];
        int indent = pfg_fields_begin_line(w);

        if (piece->number != i) {
            pfg_json_put_integer(w, "number", (int64_t)piece->number);
        }
        pfg_kind_put_members(w, &pfg_kind_piece, piece);
        pfg_fields_end_line(w, indent);
    }
    pfg_json_end(w, ']');
}

/* Numbers must rise, so that no two pieces of a series have the same. */
static int read_number(struct pfg_reading *r,
                       const struct pfg_json_value *value,
                       const struct pfg_series *series, size_t *out)
{
    const struct pfg_json_value *number = pfg_json_get(value, "number");
    size_t least = 0;

    if (series->pieces.n) {
        least = series->pieces.at[series->pieces.n - 1].number + 1;
    }
    *out = least;
    if (number && pfg_kind_take(r, number, &pfg_kind_size, out)) {
        return -1;
    }
    if (*out < least) {
        return pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, number),
                           "'number' must be larger than that of the piece "
                           "before");
    }
    return 0;
}

static int read_piece(struct pfg_reading *r, const struct pfg_json_value *value,
                      struct pfg_series *series)
{
    struct pfg_piece piece = {0};
    const struct pfg_json_value *process;

    if (pfg_kind_take(r, value, &pfg_kind_piece, &piece) ||
        read_number(r, value, series, &piece.number)) {
        return -1;
    }
    process = pfg_json_get(value, "process");
    if (piece.process >= r->n_processes) {
        return pfg_fail_at(
            r->err, PFG_DATA,
            pfg_json_pos(r->document, process ? process : value),
            "process %zu is not one of the run's %zu 'processes', which count "
            "from 0",
            piece.process, r->n_processes);
    }
    pfg_vec_push(&series->pieces, r->arena, piece);
    return 0;
}

static int read_pieces(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    const struct pfg_json_value *item;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    for (item = pfg_json_first(value); item; item = pfg_json_next(item)) {
        if (read_piece(r, item, at)) {
            return -1;
        }
    }
    return 0;
}

static const struct pfg_field_kind kind_pieces = {.put = put_pieces,
                                                  .take = read_pieces};
static const struct pfg_field_kind kind_better = {
    PFG_WRITTEN, PFG_SCALAR_WORD, .words = &pfg_direction_words};

#define AT(member) offsetof(struct pfg_series, member)
static const struct pfg_field series_fields[] = {
    {NULL, AT(key), &pfg_kind_text, "series.key"},
    {"suite", AT(suite), &pfg_kind_text, "benchmark.suite"},
    {"benchmark", AT(benchmark), &pfg_kind_optional, "benchmark.name"},
    {"params", PFG_LIST(struct pfg_series, params), &pfg_kind_sorted_facts,
     "benchmark.params"},
    {"variant", PFG_LIST(struct pfg_series, variant), &pfg_kind_sorted_facts,
     "series.variant"},
    {"metric", AT(metric), &pfg_kind_optional, "series.metric"},
    {"unit", AT(unit), &pfg_kind_optional, "series.unit"},
    {"better", AT(better), &kind_better, "series.better"},
    {"exact", AT(exact), &pfg_kind_bool, "series.exact"},
    {"derived", AT(derived), &pfg_kind_bool, "series.derived"},
    {"value", 0, &pfg_kind_elsewhere},
    {"pieces", 0, &kind_pieces},
};
#undef AT

static int lacks(struct pfg_reading *r, const struct pfg_json_value *value,
                 const char *what)
{
    return pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, value),
                       "series without %s", what);
}

/* A single value, written by hand in any unit. */
static int read_value(struct pfg_reading *r, const struct pfg_json_value *value,
                      const struct pfg_unit *unit, struct pfg_series *series)
{
    struct pfg_piece piece = {.error = "", .budget = ""};
    struct pfg_pos pos = pfg_json_pos(r->document, value);
    struct pfg_slice digits = pfg_json_digits(r->document, value);
    double number;

    if (pfg_fields_number(r, value, &number)) {
        return -1;
    }
    if (pfg_unit_convert(&number, digits, unit) || !isfinite(number)) {
        return pfg_fail_at(r->err, PFG_DATA, pos,
                           "number '%.*s' is out of range", PFG_SLICE(digits));
    }
    piece.has_summary = true;
    piece.summary = pfg_summary_of(number);
    piece.written_unit = series->unit;
    piece.written = pfg_arena_new_array(r->arena, const char *, 1);
    piece.written[0] = pfg_arena_slice(r->arena, digits);
    piece.n_written = 1;
    piece.file = pfg_arena_strdup(r->arena, pos.file ? pos.file : "");
    piece.line = pos.line;
    pfg_vec_push(&series->pieces, r->arena, piece);
    series->unit = pfg_arena_slice(r->arena, unit->base);
    return 0;
}

/* Completes a series written by hand: its metric and direction, where the unit
 * implies them, and everything around a single value. */
static int complete_series(struct pfg_reading *r,
                           const struct pfg_json_value *value, void *at)
{
    struct pfg_series *series = at;
    const struct pfg_json_value *lone = pfg_json_get(value, "value");
    struct pfg_unit unit;

    if (!series->benchmark || !series->unit) {
        return lacks(r, value, series->benchmark ? "'unit'" : "'benchmark'");
    }
    unit = pfg_unit_find(pfg_slice_of(series->unit));
    if (!series->metric) {
        series->metric = unit.metric;
    }
    if (!series->metric) {
        return lacks(r, value, "'metric'");
    }
    if (!pfg_json_string(pfg_json_get(value, "better"))) {
        series->better = unit.better != PFG_NEUTRAL
                             ? unit.better
                             : pfg_metric_find(series->metric).better;
    }
    if (!lone == !pfg_json_get(value, "pieces")) {
        return lone ? pfg_fail_at(r->err, PFG_DATA,
                                  pfg_json_key_pos(r->document, lone),
                                  "'value' and 'pieces' cannot be combined")
                    : lacks(r, value, "'value' or 'pieces'");
    }
    return lone ? read_value(r, lone, &unit, series) : 0;
}

const struct pfg_field_kind pfg_kind_series = {PFG_STRUCT(series_fields),
                                               .check = complete_series};
