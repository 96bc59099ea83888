#include "ingest/table/line_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "ingest/core/printed_number.h"
#include "ingest/table/line_pattern.h"

#define MAX_VALUES 512 /* of a report */

struct pfg_line_value {
    const struct pfg_line_row *row;
    struct pfg_line_match match; /* in the reader's arena */
    long line;
};

struct line {
    struct pfg_reader *reader;
    const struct pfg_line_table *table;
    struct pfg_line_report *report;
    struct pfg_slice text;
};

/* "2:03.45" is 123.45. */
static struct pfg_slice seconds(struct pfg_reader *reader,
                                struct pfg_slice clock)
{
    double sum = 0, part = 0;

    while (pfg_slice_find_byte(clock, ':') < clock.len) {
        pfg_number_parse(&part, pfg_take_until(&clock, ':'), 0);
        sum = (sum + part) * 60;
    }
    pfg_number_parse(&part, clock, 0);
    return pfg_slice_of(pfg_arena_printf(
        reader->arena,
        pfg_slice_find_byte(clock, '.') < clock.len ? "%.2f" : "%.0f",
        sum + part));
}

/* "7,124" is 7124. */
static struct pfg_slice plain(struct pfg_reader *reader, struct pfg_slice text)
{
    char *out;
    size_t n = 0;

    if (pfg_slice_find_byte(text, ':') < text.len) {
        return seconds(reader, text);
    }
    if (pfg_slice_find_byte(text, ',') == text.len) {
        return pfg_arena_copy(reader->arena, text);
    }
    out = pfg_arena_alloc(reader->arena, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != ',') {
            out[n++] = text.ptr[i];
        }
    }
    out[n] = '\0';
    return pfg_slice_make(out, n);
}

static double number_in(struct pfg_slice digits, const struct pfg_unit *unit)
{
    double value;

    return digits.len && !pfg_unit_convert(&value, digits, unit) ? value : NAN;
}

static struct pfg_slice metric_of(struct pfg_reader *reader,
                                  const struct pfg_line_value *value)
{
    struct pfg_slice percentile = value->match.percentile;

    if (!percentile.len) {
        return pfg_slice_of(value->row->metric);
    }
    if (pfg_slice_find_byte(percentile, '.') < percentile.len) {
        while (pfg_slice_ends(percentile, "0")) {
            percentile.len--;
        }
        percentile.len -= pfg_slice_ends(percentile, ".");
    }
    return pfg_slice_of(pfg_arena_printf(
        reader->arena, "%s p%.*s", value->row->metric, PFG_SLICE(percentile)));
}

static void fill(struct pfg_summary *summary,
                 const struct pfg_line_match *match,
                 const struct pfg_unit *unit)
{
    static const struct pfg_unit one = {.factor = 1};
    double half = number_in(match->half, &one);

    summary->stddev = number_in(match->stddev, unit);
    summary->min = number_in(match->min, unit);
    summary->max = number_in(match->max, unit);
    summary->count = number_in(match->count, &one);
    if (half >= 0) {
        summary->lower = summary->value * (1 - half / 100);
        summary->upper = summary->value * (1 + half / 100);
        summary->level = 0.95;
    }
}

/* Without answered requests a latency is missing; one of 0 was rounded. */
static const char *why_bad(const struct line *line, struct pfg_measurement *m,
                           double value)
{
    const struct pfg_line_report *report = line->report;

    if (!isfinite(value)) {
        return "not a number";
    }
    if (pfg_slice_starts(m->metric, "latency") && !pfg_slice_is(m->unit, "s")) {
        return "not a time of one unit";
    }
    return report->has_trials && report->trials == 0 &&
                   pfg_slice_starts(m->metric, "latency")
               ? "no requests completed"
               : NULL;
}

static struct pfg_slice name_of(const struct line *line,
                                const struct pfg_line_value *value)
{
    struct pfg_slice whole = line->report->benchmark;
    struct pfg_slice part = value->match.benchmark;

    return !part.len ? whole
           : value->row->part
               ? pfg_slice_of(pfg_arena_printf(line->reader->arena,
                                               "%.*s: %.*s", PFG_SLICE(whole),
                                               PFG_SLICE(part)))
               : part;
}

static void send(struct line *line, const struct pfg_line_value *value)
{
    struct pfg_reader *reader = line->reader;
    struct pfg_line_report *report = line->report;
    const struct pfg_line_row *row = value->row;
    struct pfg_slice digits = plain(reader, value->match.number);
    struct pfg_slice written =
        row->unit ? pfg_slice_of(row->unit) : value->match.unit;
    struct pfg_unit unit = pfg_unit_find(written);
    struct pfg_printed printed = {.digits = digits, .value = NAN};
    struct pfg_summary summary;
    struct pfg_measurement m = {
        .benchmark = name_of(line, value),
        .params = report->params.at,
        .n_params = report->params.n,
        .metric = metric_of(reader, value),
        .unit = unit.base,
        .better = row->better,
        .summary = &summary,
        .written = &digits,
        .written_unit = written,
        .exact = row->exact,
        .pos = {.file = reader->pos.file, .line = value->line},
    };

    if (report->error) {
        m.error = pfg_slice_of(report->error);
    } else if (pfg_printed_convert(&printed, &unit) ||
               why_bad(line, &m, printed.value)) {
        m.error = pfg_slice_of(why_bad(line, &m, printed.value));
    }
    summary = pfg_summary_of(printed.value);
    fill(&summary, &value->match, &unit);
    if (row->role == PFG_LINE_VALUE &&
        (line->table->rounded || printed.value != 0)) {
        /* 0 may have been truncated, not rounded. */
        summary.resolution = printed.resolution * (printed.value == 0 ? 2 : 1);
    }
    if (row->role != PFG_LINE_VALUE && printed.value >= 0) {
        m.events = printed.value;
        m.trials = fmax(printed.value, report->trials);
    }
    m.summary = m.error.len ? NULL : &summary;
    m.written = m.error.len ? NULL : &digits;
    reader->sink->measurement(reader->sink->self, &m);
}

/* The report's value of a metric. */
static struct pfg_line_value *find_value(const struct pfg_line_report *report,
                                         const char *metric)
{
    for (size_t i = 0; i < report->values.n; i++) {
        if (!strcmp(report->values.at[i].row->metric, metric)) {
            return &report->values.at[i];
        }
    }
    return NULL;
}

/* Sends 0, because a gate must see a change from none to some. */
static void send_none(struct line *line, const struct pfg_line_row *row)
{
    struct pfg_line_report *report = line->report;
    struct pfg_summary summary = pfg_summary_of(0);
    struct pfg_measurement m = {
        .benchmark = report->benchmark,
        .params = report->params.at,
        .n_params = report->params.n,
        .metric = pfg_slice_of(row->metric),
        .unit = PFG_LIT("1"),
        .better = row->better,
        .summary = &summary,
        .trials = report->trials,
        .pos = {.file = line->reader->pos.file, .line = report->line},
    };

    line->reader->sink->measurement(line->reader->sink->self, &m);
}

/* Sends the values of a report, or of a part of it. */
static void send_values(struct line *line)
{
    struct pfg_line_report *report = line->report;

    for (size_t i = 0; i < report->values.n; i++) {
        send(line, &report->values.at[i]);
    }
    for (size_t i = 0; i < line->table->n_rows; i++) {
        const struct pfg_line_row *row = &line->table->rows[i];

        if (row->role == PFG_LINE_EVENTS_OR_NONE && report->has_trials &&
            !row->again && report->values.n &&
            !find_value(report, row->metric)) {
            send_none(line, row);
        }
    }
    report->said |= report->values.n > 0;
    report->values.n = 0;
    report->has_trials = false;
    report->trials = 0;
}

static void end_report(struct line *line)
{
    struct pfg_line_report *report = line->report;
    struct pfg_pos here = line->reader->pos;

    if (report->open) {
        send_values(line);
        if (!report->whole && (report->said || !line->table->doubtful)) {
            line->reader->pos.line = report->line;
            pfg_reader_fail(line->reader,
                            "the report of %s that begins here is cut off",
                            line->reader->ingester->name);
            line->reader->pos = here;
        }
    }
    *report = (struct pfg_line_report){0};
}

static void begin_report(struct line *line)
{
    end_report(line);
    line->report->open = true;
    line->report->line = line->reader->pos.line;
    line->report->benchmark = pfg_slice_of(line->table->benchmark);
}

static void name(struct line *line, const struct pfg_line_row *row,
                 const struct pfg_line_match *match)
{
    if (match->benchmark.len) {
        line->report->benchmark =
            pfg_arena_copy(line->reader->arena, match->benchmark);
    } else if (row->metric) {
        line->report->benchmark = pfg_slice_of(row->metric);
    }
}

/* Adds to the count of an earlier line; false where there is none. */
static bool add_events(struct line *line, const struct pfg_line_row *row,
                       const struct pfg_line_match *match)
{
    struct pfg_line_value *before = row->role == PFG_LINE_EVENTS
                                        ? find_value(line->report, row->metric)
                                        : NULL;
    double a = 0, b = 0;

    if (!before || pfg_number_parse(&a, before->match.number, 0) ||
        pfg_number_parse(&b, match->number, 0)) {
        return false;
    }
    before->match.number =
        pfg_slice_of(pfg_arena_printf(line->reader->arena, "%.0f", a + b));
    return true;
}

/* Statistics of the value before, on a line of their own. */
static void add_more(struct line *line, const struct pfg_line_match *match)
{
    struct pfg_line_report *report = line->report;
    struct pfg_line_match *last;

    if (!report->values.n) {
        return;
    }
    last = &report->values.at[report->values.n - 1].match;
    last->min = plain(line->reader, match->min);
    last->max = plain(line->reader, match->max);
    last->count = plain(line->reader, match->count);
}

static void add_value(struct line *line, const struct pfg_line_row *row,
                      const struct pfg_line_match *match)
{
    struct pfg_reader *reader = line->reader;
    struct pfg_line_value value = {
        .row = row, .match = *match, .line = reader->pos.line};
    const struct pfg_slice *from = &match->number;
    struct pfg_slice *to = &value.match.number;

    if (add_events(line, row, match) || line->report->values.n >= MAX_VALUES) {
        return;
    }
    /* A match consists of slices only. */
    for (size_t i = 0; i < sizeof *match / sizeof *from; i++) {
        to[i] = pfg_arena_copy(reader->arena, from[i]);
    }
    pfg_vec_push(&line->report->values, reader->arena, value);
}

static void add_param(struct line *line, const struct pfg_line_row *row,
                      const struct pfg_line_match *match)
{
    struct pfg_param param = {
        pfg_slice_of(row->metric),
        pfg_arena_copy(line->reader->arena,
                       match->text.len ? match->text : match->number)};

    pfg_vec_push(&line->report->params, line->reader->arena, param);
}

static void add_trials(struct line *line, const struct pfg_line_row *row,
                       const struct pfg_line_match *match)
{
    struct pfg_unit unit = pfg_unit_find(pfg_slice_of(row->unit));
    double n = number_in(plain(line->reader, match->number), &unit);

    if (n >= 0) {
        line->report->trials += n;
        line->report->has_trials = true;
    }
}

static void on_row(struct line *line, const struct pfg_line_row *row,
                   const struct pfg_line_match *match)
{
    switch (row->role) {
    case PFG_LINE_HEAD:
        begin_report(line);
        name(line, row, match);
        break;
    case PFG_LINE_SECTION:
        send_values(line);
        name(line, row, match);
        break;
    case PFG_LINE_NAME:
    case PFG_LINE_NAME_BELOW:
        name(line, row, match);
        break;
    case PFG_LINE_END:
        end_report(line);
        break;
    case PFG_LINE_MORE:
        add_more(line, match);
        break;
    case PFG_LINE_PARAM:
        add_param(line, row, match);
        break;
    case PFG_LINE_TRIALS:
        add_trials(line, row, match);
        break;
    case PFG_LINE_FAILED:
        pfg_reader_fail(line->reader, "%.*s",
                        PFG_SLICE(pfg_slice_first(line->text, 200)));
        line->report->whole = true; /* the error explains the end */
        break;
    case PFG_LINE_BAD:
        if (pfg_slice_is(match->text, "0")) {
            break;
        }
        line->report->error =
            pfg_arena_printf(line->reader->arena, "%s%s%.*s", row->metric,
                             match->text.len ? " " : "",
                             PFG_SLICE(pfg_slice_first(match->text, 200)));
        break;
    case PFG_LINE_PART:
        line->report->part = line->reader->pos.line;
        break;
    case PFG_LINE_MINE:
    case PFG_LINE_ASIDE:
        break;
    default:
        add_value(line, row, match);
    }
    line->report->whole |= row->last;
}

/* Whether the row matches outside of a report, too. */
static bool is_first(const struct pfg_line_row *row)
{
    return row->role == PFG_LINE_HEAD ||
           (row->role == PFG_LINE_FAILED && *row->pattern != '%');
}

static bool applies(const struct line *line, const struct pfg_line_row *row)
{
    const struct pfg_line_report *report = line->report;
    long after = line->reader->pos.line - report->part;

    return row->part ? report->open && report->part && after <= 1
                     : report->open || is_first(row);
}

bool pfg_line_table_begins(bool out[256], const struct pfg_ingester *ingester)
{
    const struct pfg_line_table *table = ingester->lines;

    for (size_t i = 0; i < table->n_rows; i++) {
        if (is_first(&table->rows[i])) {
            if (*table->rows[i].pattern == '%' || table->doubtful) {
                return false;
            }
            out[(unsigned char)*table->rows[i].pattern] = true;
        }
    }
    return true;
}

enum pfg_claim pfg_line_table_line(struct pfg_reader *reader, void *state,
                                   struct pfg_slice text)
{
    struct line line = {
        .reader = reader,
        .table = reader->ingester->lines,
        .report = state,
        .text = pfg_slice_trim(text),
    };
    enum pfg_claim claim = PFG_NOT_MINE;
    struct pfg_line_match match;

    if (line.table->ends && !pfg_slice_ends(line.text, line.table->ends)) {
        return PFG_NOT_MINE;
    }
    if (!line.report->open && reader->options->format) {
        begin_report(&line); /* with --format the head may be missing */
    }
    for (size_t i = 0; line.text.len && i < line.table->n_rows; i++) {
        const struct pfg_line_row *row = &line.table->rows[i];

        if (*row->pattern != '%' && *row->pattern != *line.text.ptr) {
            continue; /* nearly always */
        }
        if (applies(&line, row) &&
            !(row->role == PFG_LINE_NAME_BELOW && claim == PFG_MINE) &&
            pfg_line_match(&match, row->pattern, line.text,
                           line.table->commas)) {
            on_row(&line, row, &match);
            claim = PFG_MINE;
            if (row->part) {
                line.report->part = reader->pos.line;
            }
            if (row->role == PFG_LINE_ASIDE) {
                break;
            }
        }
    }
    return line.table->doubtful && !line.report->said && !line.report->values.n
               ? PFG_NOT_MINE
               : claim;
}

void pfg_line_table_finish(struct pfg_reader *reader, void *state)
{
    struct line line = {
        .reader = reader, .table = reader->ingester->lines, .report = state};

    end_report(&line);
}
