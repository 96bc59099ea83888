#include "ingest/locust/locust_table.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

/*
 * What can be sent only at the end of Locust's tables: the seconds of the
 * history, and the sums of failures and exceptions.
 *
 * The rates and percentiles in the history are means over the last ten seconds
 * or over all seconds so far, so its rows are not independent. Its totals are
 * exact: their growth from one row to the next belongs to one second. All of
 * this goes to the suite "history", because PREFIX_stats.csv has the same
 * metrics for the whole run.
 */

#define MAX_SERIES  10000
#define MAX_SAMPLES 100000

struct series {
    struct pfg_pos pos;
    double time;                        /* s */
    double requests, failures, average; /* totals so far; average in ms */
    PFG_VEC(double) rates;              /* requests per second */
    PFG_VEC(double) latencies;          /* mean latency in each second, s */
};

struct count {
    struct pfg_pos pos;
    struct pfg_slice digits; /* of the first row */
    double sum;
    size_t n;
};

static void **place_of(struct pfg_reader *reader,
                       struct pfg_locust_table *table, struct pfg_slice name)
{
    void **place;

    if (!table->ready) {
        table->ready = true;
        pfg_map_init(&table->by_name, reader->arena);
    }
    place = pfg_map_find(&table->by_name, name);
    if (!place && table->by_name.n >= MAX_SERIES) {
        return NULL;
    }
    return place ? place : pfg_map_at(&table->by_name, name);
}

void pfg_locust_count(struct pfg_reader *reader, struct pfg_locust_table *table,
                      struct pfg_slice benchmark, struct pfg_slice digits,
                      double n)
{
    void **place = place_of(reader, table, benchmark);
    struct count *count;

    if (!place) {
        return;
    }
    if (!*place) {
        count = *place = pfg_arena_alloc(reader->arena, sizeof *count);
        count->pos = reader->pos;
        count->digits = pfg_arena_copy(reader->arena, digits);
    }
    count = *place;
    count->sum += n;
    count->n++;
}

/* Adds the growth since the row before. Totals that shrink have been reset. */
static void add_stretch(struct pfg_reader *reader, struct series *series,
                        double time, double requests, double average)
{
    double seconds = time - series->time;
    double n = requests - series->requests;
    double spent = average * requests - series->average * series->requests;

    if (!(seconds > 0) || !(n >= 0) || !isfinite(n / seconds) ||
        series->rates.n >= MAX_SAMPLES) {
        return;
    }
    pfg_vec_push(&series->rates, reader->arena, n / seconds);
    if (n > 0 && spent >= 0 && isfinite(spent / n)) {
        pfg_vec_push(&series->latencies, reader->arena, spent / n / 1e3);
    }
}

/* Notes the time of a row if it is a new second of the test. */
static void note_time(struct pfg_reader *reader, struct pfg_locust_table *table,
                      double time)
{
    size_t n = table->times.n;

    if (n < MAX_SAMPLES && (!n || time > table->times.at[n - 1])) {
        pfg_vec_push(&table->times, reader->arena, time);
    }
}

/* An endpoint has no rows before its first request, so the earlier seconds of
 * the test are added with no requests. */
static struct series *begin_series(struct pfg_reader *reader,
                                   const struct pfg_locust_table *table,
                                   double requests, double average)
{
    struct series *series = pfg_arena_alloc(reader->arena, sizeof *series);
    size_t n = table->times.n;

    series->pos = reader->pos;
    series->time = table->times.at[0];
    if (n == 1) { /* the time before the first row of all is unknown */
        series->requests = requests;
        series->average = average;
    }
    for (size_t i = 1; i + 1 < n; i++) {
        add_stretch(reader, series, table->times.at[i], 0, 0);
        series->time = table->times.at[i];
    }
    return series;
}

void pfg_locust_on_history(struct pfg_reader *reader,
                           struct pfg_locust_table *table,
                           const struct pfg_csv_row *row)
{
    void **place;
    double requests = pfg_locust_number(table, row, PFG_LOCUST_REQUESTS);
    double average = pfg_locust_number(table, row, PFG_LOCUST_AVERAGE);
    double time = NAN;
    struct series *series;

    pfg_number_parse(&time, row->cells[0], 0);
    if (!isfinite(time) || isnan(requests) || isnan(average)) {
        pfg_reader_warn(reader,
                        "a row without time, requests and average: ignored");
        return;
    }
    note_time(reader, table, time);
    place = place_of(reader, table, pfg_locust_benchmark(reader, table, row));
    if (!place) {
        return;
    }
    if (!*place) {
        *place = begin_series(reader, table, requests, average);
    }
    series = *place;
    add_stretch(reader, series, time, requests, average);
    series->time = time;
    series->requests = requests;
    series->failures = pfg_locust_number(table, row, PFG_LOCUST_FAILURES);
    series->average = average;
}

/* Whether most seconds have no request. The mean then says more. */
static bool is_sparse(const struct series *series)
{
    size_t zeros = 0;

    for (size_t i = 0; i < series->rates.n; i++) {
        zeros += series->rates.at[i] == 0;
    }
    return 2 * zeros >= series->rates.n;
}

/* Sends the rate over the whole test, because an endpoint that came late had no
 * requests before. */
static void send_rate(struct pfg_reader *reader,
                      const struct pfg_locust_table *table,
                      struct pfg_measurement m, const struct series *series)
{
    double span = table->times.at[table->times.n - 1] - table->times.at[0];
    struct pfg_summary summary = pfg_summary_of(series->requests / span);

    if (!isfinite(summary.value) || !series->rates.n) {
        pfg_reader_warn(reader,
                        "all rows have the same time, so no rate: '%.*s'",
                        PFG_SLICE(pfg_slice_first(m.benchmark, 100)));
        return;
    }
    summary.count = series->requests;
    m.metric = PFG_LIT("requests");
    m.unit = PFG_LIT("1/s");
    m.better = PFG_HIGHER;
    m.values = series->rates.at;
    m.n_values = is_sparse(series) ? 0 : series->rates.n;
    m.summary = &summary;
    reader->sink->measurement(reader->sink->self, &m);
}

static void send_series(struct pfg_reader *reader,
                        const struct pfg_locust_table *table,
                        struct pfg_slice name, const struct series *series)
{
    struct pfg_summary summary = pfg_summary_of(series->average / 1e3);
    struct pfg_measurement m = {
        .suite = PFG_LIT("history"),
        .benchmark = name,
        .metric = PFG_LIT("latency mean"),
        .unit = PFG_LIT("s"),
        .better = PFG_LOWER,
        .values = series->latencies.at,
        .n_values = series->latencies.n,
        .summary = &summary,
        .pos = series->pos,
    };

    if (!(series->requests > 0)) {
        pfg_reader_warn(reader, "no requests, so no data: '%.*s'",
                        PFG_SLICE(pfg_slice_first(name, 100)));
        return;
    }
    send_rate(reader, table, m, series);
    summary.count = series->requests;
    reader->sink->measurement(reader->sink->self, &m);
    if (series->failures >= 0) {
        summary = pfg_summary_of(series->failures);
        m.metric = PFG_LIT("failures");
        m.unit = PFG_LIT("1");
        m.values = NULL;
        m.n_values = 0;
        m.events = series->failures;
        m.trials = fmax(series->requests, series->failures);
        reader->sink->measurement(reader->sink->self, &m);
    }
}

static void send_all(struct pfg_reader *reader, struct pfg_locust_table *table)
{
    for (size_t i = 0; table->ready && i < table->by_name.n; i++) {
        const struct pfg_map_entry *entry = &table->by_name.entries[i];
        const struct count *count = entry->value;

        if (table->kind == PFG_LOCUST_HISTORY) {
            send_series(reader, table, entry->key, entry->value);
            continue;
        }
        reader->pos = count->pos;
        pfg_locust_send_events(reader, entry->key, "errors",
                               count->n == 1 ? &count->digits : NULL,
                               count->sum, 0);
    }
}

void pfg_locust_finish(struct pfg_reader *reader,
                       struct pfg_locust_table *table)
{
    struct pfg_pos here = reader->pos;

    if (table->kind == PFG_LOCUST_NONE) {
        return;
    }
    send_all(reader, table);
    reader->pos = table->pos;
    /* An empty table of failures or exceptions means that there were none. */
    if (table->kind == PFG_LOCUST_FAILED ||
        table->kind == PFG_LOCUST_EXCEPTIONS) {
        pfg_locust_send_events(reader, PFG_LIT("Aggregated"),
                               table->kind == PFG_LOCUST_FAILED ? "errors"
                                                                : "exceptions",
                               NULL, table->sum, 0);
    }
    if (table->short_row) {
        reader->pos = table->short_at;
        pfg_reader_fail(reader, "Locust's table ends inside a row: cut off?");
    } else if (!table->has_total && (table->kind == PFG_LOCUST_STATS ||
                                     table->kind == PFG_LOCUST_DISTRIBUTION)) {
        pfg_reader_fail(reader, "Locust's table does not end with a row for "
                                "all requests: cut off?");
    }
    reader->pos = here;
    table->kind = PFG_LOCUST_NONE;
}
