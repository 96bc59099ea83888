#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "ingest/core/ingest.h"
#include "ingest/core/printed_number.h"
#include "ingest/locust/locust_table.h"

/*
 * Locust's --csv tables (locust/stats.py). PREFIX_stats.csv has a row for each
 * request, by type and name, and a last row for all of them.
 * PREFIX_stats_history.csv has a row per second (locust_history.c).
 * PREFIX_failures.csv and PREFIX_exceptions.csv list what went wrong. Before
 * 1.0 the first was PREFIX_requests.csv, with other titles in its header, and
 * the percentiles had their own table, PREFIX_distribution.csv.
 *
 * The percentiles can be configured, so the header is read. Locust rounds
 * response times to two digits before it counts them, so percentiles and the
 * median are no more precise than that.
 */

/* The columns with a fixed title, old or new. */
static const struct column {
    const char *names[3]; /* since 1.0; before; in the history */
    const char *metric;   /* NULL: not sent as a metric itself */
    const char *unit;
    enum pfg_direction better;
    bool rounded;
} columns[PFG_LOCUST_COLUMNS] = {
    [PFG_LOCUST_TYPE] = {{"Type", "Method", ""}, NULL, "", 0, false},
    [PFG_LOCUST_NAME] = {{"Name", "", ""}, NULL, "", 0, false},
    [PFG_LOCUST_REQUESTS] = {{"Request Count", "# requests",
                              "Total Request Count"},
                             NULL,
                             "",
                             0,
                             false},
    [PFG_LOCUST_FAILURES] = {{"Failure Count", "# failures",
                              "Total Failure Count"},
                             NULL,
                             "",
                             0,
                             false},
    [PFG_LOCUST_RATE] =
        {{"Requests/s", "", ""}, "requests", "req/s", PFG_HIGHER, false},
    [PFG_LOCUST_FAILURE_RATE] = {{"Failures/s", "Requests Failed/s", ""},
                                 "failures per second",
                                 "1/s",
                                 PFG_NEUTRAL,
                                 false},
    [PFG_LOCUST_AVERAGE] = {{"Average Response Time", "Average response time",
                             "Total Average Response Time"},
                            "latency mean",
                            "ms",
                            PFG_LOWER,
                            false},
    [PFG_LOCUST_MEDIAN] = {{"Median Response Time", "Median response time",
                            "Total Median Response Time"},
                           "latency p50",
                           "ms",
                           PFG_LOWER,
                           true},
    [PFG_LOCUST_MIN] = {{"Min Response Time", "Min response time",
                         "Total Min Response Time"},
                        "latency min",
                        "ms",
                        PFG_NEUTRAL,
                        false},
    [PFG_LOCUST_MAX] = {{"Max Response Time", "Max response time",
                         "Total Max Response Time"},
                        "latency max",
                        "ms",
                        PFG_NEUTRAL,
                        false},
    [PFG_LOCUST_SIZE] = {{"Average Content Size", "Average Content Size",
                          "Total Average Content Size"},
                         "content size",
                         "B",
                         PFG_NEUTRAL,
                         false},
};

/* The metric of a column such as "99.9%", or NULL. */
static const char *percentile_of(struct pfg_reader *reader,
                                 struct pfg_slice heading)
{
    struct pfg_slice text = pfg_slice_trim(heading);
    double p;

    if (!pfg_slice_ends(text, "%")) {
        return NULL;
    }
    text.len--;
    if (pfg_number_parse(&p, text, 0) || !(p >= 0 && p <= 100)) {
        return NULL;
    }
    return pfg_arena_printf(reader->arena, "latency p%.*s", PFG_SLICE(text));
}

static void find_columns(struct pfg_reader *reader,
                         struct pfg_locust_table *table,
                         const struct pfg_csv_row *header)
{
    table->n_columns = header->n;
    table->n_percentiles = 0;
    for (size_t i = 0; i < PFG_LOCUST_COLUMNS; i++) {
        table->column[i] = header->n;
        for (size_t j = 0; j < 3 && table->column[i] == header->n; j++) {
            if (*columns[i].names[j]) {
                table->column[i] = pfg_csv_find(header, columns[i].names[j]);
            }
        }
    }
    for (size_t i = 0;
         i < header->n && table->n_percentiles < PFG_LOCUST_PERCENTILES_MAX;
         i++) {
        const char *metric = percentile_of(reader, header->cells[i]);

        if (metric) {
            table->percentile[table->n_percentiles].column = i;
            table->percentile[table->n_percentiles++].metric = metric;
        }
    }
}

static bool has(const struct pfg_locust_table *table, enum pfg_locust_column c)
{
    return table->column[c] < table->n_columns;
}

/* The table that begins with this header. */
static enum pfg_locust_kind kind_of(const struct pfg_locust_table *table,
                                    const struct pfg_csv_row *header)
{
    bool named = has(table, PFG_LOCUST_NAME);

    if (pfg_slice_is(header->cells[0], "Timestamp") && named &&
        has(table, PFG_LOCUST_RATE)) {
        return PFG_LOCUST_HISTORY;
    }
    if (named && has(table, PFG_LOCUST_TYPE) && has(table, PFG_LOCUST_RATE) &&
        has(table, PFG_LOCUST_REQUESTS) && has(table, PFG_LOCUST_FAILURES)) {
        return PFG_LOCUST_STATS;
    }
    if (header->n > 2 && pfg_slice_is(header->cells[0], "Name") &&
        pfg_slice_is(header->cells[1], "# requests") && table->n_percentiles) {
        return PFG_LOCUST_DISTRIBUTION;
    }
    if (header->n == 4 && pfg_slice_is(header->cells[0], "Method") &&
        pfg_slice_is(header->cells[1], "Name") &&
        pfg_slice_is(header->cells[3], "Occurrences")) {
        return PFG_LOCUST_FAILED;
    }
    if (header->n == 4 && pfg_slice_is(header->cells[0], "Count") &&
        pfg_slice_is(header->cells[1], "Message") &&
        pfg_slice_is(header->cells[2], "Traceback")) {
        return PFG_LOCUST_EXCEPTIONS;
    }
    return PFG_LOCUST_NONE;
}

bool pfg_locust_is_total(struct pfg_slice name)
{
    return pfg_slice_is(name, "Aggregated") || pfg_slice_is(name, "Total");
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

/* Some names span several lines. Reports show them on one. */
static void add_one_line(struct pfg_str *out, struct pfg_slice text)
{
    size_t begin = out->len;

    while (text.len && is_blank(text.ptr[0])) {
        text = pfg_slice_from(text, 1);
    }
    while (text.len && is_blank(text.ptr[text.len - 1])) {
        text.len--;
    }
    pfg_str_add(out, text);
    for (size_t i = begin; i < out->len; i++) {
        out->ptr[i] = is_blank(out->ptr[i]) ? ' ' : out->ptr[i];
    }
}

struct pfg_slice pfg_locust_benchmark(struct pfg_reader *reader,
                                      struct pfg_locust_table *table,
                                      const struct pfg_csv_row *row)
{
    struct pfg_slice type = pfg_csv_cell(row, table->column[PFG_LOCUST_TYPE]);
    struct pfg_slice name = pfg_csv_cell(row, table->column[PFG_LOCUST_NAME]);

    if (pfg_locust_is_total(name) &&
        (!type.len || pfg_slice_is(type, "None"))) {
        return PFG_LIT("Aggregated");
    }
    if (!table->name.ptr) {
        table->name = pfg_str_in(reader->arena);
    }
    pfg_str_clear(&table->name);
    if (type.len) {
        add_one_line(&table->name, pfg_slice_first(type, 1000));
        pfg_str_putc(&table->name, ' ');
    }
    add_one_line(&table->name, pfg_slice_first(name, 10000));
    return pfg_str_slice(&table->name);
}

/* Half of the step to which Locust rounds a response time, in seconds. */
static double rounding(double milliseconds)
{
    return milliseconds < 100     ? 0.5e-3
           : milliseconds < 1000  ? 5e-3
           : milliseconds < 10000 ? 50e-3
                                  : 500e-3;
}

struct outgoing {
    const char *metric, *unit;
    enum pfg_direction better;
    bool rounded;
    struct pfg_slice digits;
};

static void send(struct pfg_reader *reader, struct pfg_slice benchmark,
                 const struct outgoing *o, struct pfg_summary *summary)
{
    struct pfg_unit unit = pfg_unit_find(pfg_slice_of(o->unit));
    struct pfg_printed printed = {.digits = pfg_slice_trim(o->digits)};
    struct pfg_measurement m = {
        .benchmark = benchmark,
        .metric = pfg_slice_of(o->metric),
        .unit = unit.base,
        .better = o->better,
        .written_unit = pfg_slice_of(o->unit),
        .pos = reader->pos,
    };

    if (pfg_printed_convert(&printed, &unit) || !isfinite(printed.value)) {
        m.error = pfg_slice_of(
            pfg_arena_printf(reader->arena, "'%.*s' is not a number",
                             PFG_SLICE(pfg_slice_first(printed.digits, 40))));
    } else {
        summary->value = printed.value;
        if (o->rounded) {
            summary->resolution = rounding(printed.value * 1e3);
        }
        m.summary = summary;
        m.written = &printed.digits;
    }
    reader->sink->measurement(reader->sink->self, &m);
}

void pfg_locust_send_events(struct pfg_reader *reader,
                            struct pfg_slice benchmark, const char *metric,
                            const struct pfg_slice *written, double events,
                            double trials)
{
    struct pfg_summary summary = pfg_summary_of(events);
    struct pfg_measurement m = {
        .benchmark = benchmark,
        .metric = pfg_slice_of(metric),
        .unit = PFG_LIT("1"),
        .better = PFG_LOWER,
        .summary = &summary,
        .written = written,
        .events = events,
        .trials = trials > 0 ? fmax(trials, events) : 0,
        .pos = reader->pos,
    };

    reader->sink->measurement(reader->sink->self, &m);
}

double pfg_locust_number(const struct pfg_locust_table *table,
                         const struct pfg_csv_row *row,
                         enum pfg_locust_column column)
{
    double value = NAN;

    pfg_number_parse(
        &value, pfg_slice_trim(pfg_csv_cell(row, table->column[column])), 0);
    return isfinite(value) ? value : NAN;
}

static struct pfg_summary summary_of(const struct pfg_locust_table *table,
                                     const struct pfg_csv_row *row,
                                     enum pfg_locust_column column)
{
    struct pfg_summary summary = pfg_summary_of(NAN);

    if (strstr(columns[column].metric, "latency")) {
        summary.count = pfg_locust_number(table, row, PFG_LOCUST_REQUESTS);
    }
    if (column == PFG_LOCUST_AVERAGE) {
        summary.min = pfg_locust_number(table, row, PFG_LOCUST_MIN) / 1e3;
        summary.max = pfg_locust_number(table, row, PFG_LOCUST_MAX) / 1e3;
    }
    return summary;
}

static void send_percentiles(struct pfg_reader *reader,
                             const struct pfg_locust_table *table,
                             const struct pfg_csv_row *row,
                             struct pfg_slice benchmark, double n_requests)
{
    for (size_t i = 0; i < table->n_percentiles; i++) {
        struct pfg_summary summary = pfg_summary_of(NAN);
        struct outgoing o = {
            .metric = table->percentile[i].metric,
            .unit = "ms",
            .better = PFG_LOWER,
            .rounded = true,
            .digits = pfg_csv_cell(row, table->percentile[i].column),
        };

        /* The median has its own column, with a slightly different value. */
        if (strcmp(o.metric, "latency p50") || !has(table, PFG_LOCUST_MEDIAN)) {
            summary.count = n_requests;
            send(reader, benchmark, &o, &summary);
        }
    }
}

/* Without requests there are no times: the cells are N/A or 0. */
static void on_stats(struct pfg_reader *reader, struct pfg_locust_table *table,
                     const struct pfg_csv_row *row)
{
    struct pfg_slice benchmark = pfg_locust_benchmark(reader, table, row);
    struct pfg_slice failed =
        pfg_slice_trim(pfg_csv_cell(row, table->column[PFG_LOCUST_FAILURES]));
    double n = pfg_locust_number(table, row, PFG_LOCUST_REQUESTS);
    double n_failed = pfg_locust_number(table, row, PFG_LOCUST_FAILURES);

    table->has_total |= pfg_slice_is(benchmark, "Aggregated");
    if (!(n > 0)) {
        pfg_reader_warn(reader, "no requests, so no data: '%.*s'",
                        PFG_SLICE(pfg_slice_first(benchmark, 100)));
        return;
    }
    for (size_t i = 0; i < PFG_LOCUST_COLUMNS; i++) {
        struct outgoing o = {
            .metric = columns[i].metric,
            .unit = columns[i].unit,
            .better = columns[i].better,
            .rounded = columns[i].rounded,
            .digits = pfg_csv_cell(row, table->column[i]),
        };

        if (o.metric && has(table, (enum pfg_locust_column)i)) {
            struct pfg_summary summary =
                summary_of(table, row, (enum pfg_locust_column)i);

            send(reader, benchmark, &o, &summary);
        }
    }
    send_percentiles(reader, table, row, benchmark, n);
    if (n_failed >= 0) {
        pfg_locust_send_events(reader, benchmark, "failures", &failed, n_failed,
                               n);
    }
}

static void on_distribution(struct pfg_reader *reader,
                            struct pfg_locust_table *table,
                            const struct pfg_csv_row *row)
{
    struct pfg_slice name = row->cells[0];
    double n = NAN;

    pfg_number_parse(&n, pfg_csv_cell(row, 1), 0);
    table->has_total |= pfg_locust_is_total(name);
    if (n > 0 && isfinite(n)) {
        send_percentiles(
            reader, table, row,
            pfg_locust_is_total(name) ? PFG_LIT("Aggregated") : name, n);
    }
}

/* Handles a row, which is one kind of error. The sums are sent at the end. */
static void on_count(struct pfg_reader *reader, struct pfg_locust_table *table,
                     const struct pfg_csv_row *row)
{
    bool failures = table->kind == PFG_LOCUST_FAILED;
    struct pfg_slice digits =
        pfg_slice_trim(pfg_csv_cell(row, failures ? 3 : 0));
    double n = NAN;

    if (pfg_number_parse(&n, digits, 0) || !(n >= 0) || !isfinite(n)) {
        pfg_reader_warn(reader, "'%.*s' is not a number of %s",
                        PFG_SLICE(pfg_slice_first(digits, 40)),
                        failures ? "failures" : "exceptions");
        return;
    }
    table->sum += n;
    if (failures) {
        pfg_locust_count(reader, table,
                         pfg_locust_benchmark(reader, table, row), digits, n);
    }
}

static enum pfg_claim read_header(struct pfg_reader *reader, void *self,
                                  const struct pfg_csv_row *header)
{
    struct pfg_locust_table *table = self;
    struct pfg_locust_table next = {0};

    if (header->n < 3) {
        return PFG_NOT_MINE;
    }
    find_columns(reader, &next, header);
    next.kind = kind_of(&next, header);
    if (next.kind == PFG_LOCUST_NONE) {
        return PFG_NOT_MINE;
    }
    pfg_locust_finish(reader, table);
    next.pos = reader->pos;
    next.again = table->again || next.kind == PFG_LOCUST_STATS;
    if (table->again && next.kind == PFG_LOCUST_STATS) {
        reader->sink->process(reader->sink->self, &(struct pfg_process_start){
                                                      .time = reader->time});
    }
    *table = next;
    return PFG_MINE;
}

/* Whether this is a row. A log may go on after the table. */
static bool is_row(const struct pfg_locust_table *table,
                   const struct pfg_csv_row *row)
{
    const size_t column[] = {
        [PFG_LOCUST_STATS] = table->column[PFG_LOCUST_REQUESTS],
        [PFG_LOCUST_HISTORY] = 0,
        [PFG_LOCUST_DISTRIBUTION] = 1,
        [PFG_LOCUST_FAILED] = 3,
        [PFG_LOCUST_EXCEPTIONS] = 0,
    };
    double number;

    return !pfg_number_parse(
        &number, pfg_slice_trim(pfg_csv_cell(row, column[table->kind])), 0);
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *self,
                               const struct pfg_csv_row *row)
{
    static void (*const readers[])(struct pfg_reader * reader,
                                   struct pfg_locust_table * table,
                                   const struct pfg_csv_row *row) = {
        [PFG_LOCUST_STATS] = on_stats,
        [PFG_LOCUST_HISTORY] = pfg_locust_on_history,
        [PFG_LOCUST_DISTRIBUTION] = on_distribution,
        [PFG_LOCUST_FAILED] = on_count,
        [PFG_LOCUST_EXCEPTIONS] = on_count,
    };
    struct pfg_locust_table *table = self;

    if (row->cut || row->n < table->n_columns) {
        table->short_row = true;
        table->short_at = reader->pos;
        return row->cut ? PFG_MINE : PFG_NOT_MINE;
    }
    if (!is_row(table, row)) {
        return PFG_NOT_MINE;
    }
    readers[table->kind](reader, table, row);
    return PFG_MINE;
}

/* If a line follows, a row that was too short was not a row at all: only the
 * last line of a text can be cut off. */
static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct pfg_locust_table *table = self;

    if (line.len && reader->pos.line > table->short_at.line) {
        table->short_row = false;
    }
    return PFG_NOT_MINE;
}

static void finish(struct pfg_reader *reader, void *self)
{
    pfg_locust_finish(reader, self);
}

const struct pfg_ingester pfg_ingester_locust = {
    .name = "locust",
    .title = "Locust --csv (stats, stats_history, failures, exceptions)",
    .looks = "a header 'Type,Name,Request Count,Failure Count,...'",
    .state_size = sizeof(struct pfg_locust_table),
    .line = read_line,
    .header = read_header,
    .row = read_row,
    .finish = finish,
};
