#include "ingest/core/measurement_builder.h"
#include "ingest/table/line_table.h"

/*
 * redis-benchmark (redis, src/redis-benchmark.c, showLatencyReport()): its
 * text, which has a summary since version 6; the lines of -q; and its CSV,
 * which before version 6 has no header and only a rate.
 */

static const struct pfg_line_row rows[] = {
    {"====== %b ======", PFG_LINE_HEAD},
    {"%n requests completed in %.", PFG_LINE_TRIALS},
    {"%v parallel clients", PFG_LINE_PARAM, "clients"},
    {"%v bytes payload", PFG_LINE_PARAM, "payload"},
    {"throughput summary: %n requests per second", PFG_LINE_VALUE, "requests",
     "req/s", PFG_HIGHER, .last = true},
    {"%n requests per second", PFG_LINE_VALUE, "requests", "req/s", PFG_HIGHER,
     .last = true},
    {"%n %f %f %f %f %f", PFG_LINE_VALUE, "latency mean", "ms", PFG_LOWER},
    {"%f %n %f %f %f %f", PFG_LINE_VALUE, "latency min", "ms", PFG_NEUTRAL},
    {"%f %f %n %f %f %f", PFG_LINE_VALUE, "latency p50", "ms", PFG_LOWER},
    {"%f %f %f %n %f %f", PFG_LINE_VALUE, "latency p95", "ms", PFG_LOWER},
    {"%f %f %f %f %n %f", PFG_LINE_VALUE, "latency p99", "ms", PFG_LOWER},
    {"%f %f %f %f %f %n", PFG_LINE_VALUE, "latency max", "ms", PFG_NEUTRAL},
    {"%b: %. requests per second, p50=%. msec", PFG_LINE_HEAD},
    {"%.: %n requests per second, p50=%. msec", PFG_LINE_VALUE, "requests",
     "req/s", PFG_HIGHER, .last = true},
    {"%.: %. requests per second, p50=%n msec", PFG_LINE_VALUE, "latency p50",
     "ms", PFG_LOWER},
    {"Could not connect to Redis at %.", PFG_LINE_FAILED},
};

static const struct pfg_line_table table = {.benchmark = "redis-benchmark",
                                            PFG_LINE_ROWS(rows)};

static const struct column {
    const char *title, *metric, *unit;
    enum pfg_direction better;
} columns[] = {
    {"rps", "requests", "req/s", PFG_HIGHER},
    {"avg_latency_ms", "latency mean", "ms", PFG_LOWER},
    {"min_latency_ms", "latency min", "ms", PFG_NEUTRAL},
    {"p50_latency_ms", "latency p50", "ms", PFG_LOWER},
    {"p95_latency_ms", "latency p95", "ms", PFG_LOWER},
    {"p99_latency_ms", "latency p99", "ms", PFG_LOWER},
    {"max_latency_ms", "latency max", "ms", PFG_NEUTRAL},
};

#define N_COLUMNS PFG_COUNT(columns)

/* With --csv-column the table is a time series. */
static enum pfg_claim read_header(struct pfg_reader *reader, void *state,
                                  const struct pfg_csv_row *header)
{
    bool ours = header->n == 1 + N_COLUMNS && !reader->options->n_csv_columns &&
                pfg_csv_find(header, "test") == 0;

    (void)state;
    for (size_t i = 0; ours && i < N_COLUMNS; i++) {
        ours = pfg_csv_find(header, columns[i].title) == 1 + i;
    }
    return ours ? PFG_MINE : PFG_NOT_MINE;
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *state,
                               const struct pfg_csv_row *row)
{
    (void)state;
    if (row->n != 1 + N_COLUMNS || row->cut) {
        return PFG_NOT_MINE;
    }
    for (size_t i = 0; i < N_COLUMNS; i++) {
        struct pfg_builder finding = pfg_builder_begin(reader, NULL, NULL);

        pfg_builder_unit(&finding, pfg_slice_of(columns[i].unit));
        finding.m.benchmark = row->cells[0];
        finding.m.metric = pfg_slice_of(columns[i].metric);
        finding.m.better = columns[i].better;
        if (!pfg_builder_read_summary(&finding, row->cells[1 + i])) {
            pfg_builder_error(&finding, "not a number");
        }
        finding.summary.resolution = NAN;
        pfg_builder_send(&finding);
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_redis_benchmark = {
    .name = "redis_benchmark",
    .title = "redis-benchmark (text, --csv)",
    .looks = "'====== SET ======' and 'throughput summary:', or a CSV header "
             "that begins with 'test,rps'",
    .begins = "=CPSGILRHZMX",
    .header = read_header,
    .row = read_row,
    PFG_LINE_TABLE(table),
};
