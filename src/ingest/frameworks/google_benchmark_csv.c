#include "ingest/core/measurement_builder.h"
#include "ingest/frameworks/google_benchmark.h"

/*
 * google-benchmark's CSV (src/csv_reporter.cc): a header
 *
 *   name,iterations,real_time,cpu_time,time_unit,bytes_per_second,
 *   items_per_second,label,error_occurred,error_message,"foo"
 *
 * and after it a column for each counter of any benchmark; then a row for each
 * repetition. Aggregates are rows, too, known only by their names. They are not
 * read, except for the mean if there are no repetitions
 * (--benchmark_report_aggregates_only). Nor are the fits: a BigO row has no
 * iterations. Numbers have only six digits.
 */

enum { NAME, ITERATIONS, REAL, CPU, UNIT, BYTES, ITEMS, N_FIXED = 10 };
enum { ERROR_OCCURRED = 8, ERROR_MESSAGE = 9 };

static const char *const columns[N_FIXED] = {
    "name",           "iterations",       "real_time",        "cpu_time",
    "time_unit",      "bytes_per_second", "items_per_second", "label",
    "error_occurred", "error_message",
};

struct table {
    size_t n;
    const char **names; /* of all columns, in the reader's arena */
    char *last;         /* benchmark that had observations; NULL: none yet */
};

static enum pfg_claim read_header(struct pfg_reader *reader, void *state,
                                  const struct pfg_csv_row *header)
{
    struct table *table = state;

    for (size_t i = 0; i < N_FIXED; i++) {
        if (!pfg_slice_is(pfg_csv_cell(header, i), columns[i])) {
            return PFG_NOT_MINE;
        }
    }
    table->n = header->n;
    table->names = pfg_arena_new_array(reader->arena, const char *, header->n);
    for (size_t i = 0; i < header->n; i++) {
        table->names[i] = pfg_arena_slice(reader->arena, header->cells[i]);
    }
    table->last = NULL;
    return PFG_MINE;
}

/* Sends a cell as an observation, or that of a mean as a summary. */
static void send_cell(struct pfg_reader *reader, struct pfg_slice benchmark,
                      struct pfg_slice digits, struct pfg_slice unit,
                      const struct pfg_google_benchmark_counter *what,
                      bool mean)
{
    struct pfg_builder finding = pfg_builder_begin(reader, NULL, NULL);

    if (!digits.len) {
        return;
    }
    pfg_builder_unit(&finding, unit);
    finding.m.benchmark = benchmark;
    finding.m.metric = pfg_slice_of(what->metric);
    finding.m.derived = what->derived;
    if (!(mean ? pfg_builder_read_summary(&finding, digits)
               : pfg_builder_read_value(&finding, digits))) {
        pfg_reader_warn(reader, "'%.*s' is not a number",
                        PFG_SLICE(pfg_slice_first(digits, 60)));
    }
    finding.summary.resolution = NAN; /* six digits, whatever the unit */
    pfg_builder_send(&finding);
}

static void send_row(struct pfg_reader *reader, const struct table *table,
                     const struct pfg_csv_row *row, struct pfg_slice name,
                     bool mean)
{
    static const struct pfg_google_benchmark_counter real = {NULL, "time", "",
                                                             false};
    static const struct pfg_google_benchmark_counter cpu = {NULL, "cpu time",
                                                            "", false};
    struct pfg_slice unit = pfg_csv_cell(row, UNIT);

    send_cell(reader, name, pfg_csv_cell(row, REAL), unit, &real, mean);
    send_cell(reader, name, pfg_csv_cell(row, CPU), unit, &cpu, mean);
    for (size_t i = BYTES; i < table->n; i++) {
        struct pfg_google_benchmark_counter counter =
            *pfg_google_benchmark_counter(pfg_slice_of(table->names[i]));

        if (i > ITEMS && i < N_FIXED) {
            continue;
        }
        if (!counter.metric) {
            counter.metric = table->names[i];
        }
        send_cell(reader, name, pfg_csv_cell(row, i),
                  pfg_slice_of(counter.unit), &counter, mean);
    }
}

static void send_error(struct pfg_reader *reader, const struct pfg_csv_row *row)
{
    struct pfg_builder finding = pfg_builder_begin(reader, NULL, NULL);
    struct pfg_slice message = pfg_csv_cell(row, ERROR_MESSAGE);

    pfg_builder_unit(&finding, PFG_LIT("s"));
    finding.m.benchmark = pfg_csv_cell(row, NAME);
    finding.m.written_unit = pfg_slice_of(NULL);
    finding.m.error = message.len ? message : PFG_LIT("error_occurred");
    pfg_builder_send(&finding);
}

/* "X_mean" after rows of X is their aggregate, not another benchmark. */
static bool is_aggregate(const struct table *table, struct pfg_slice *name,
                         bool *mean)
{
    static const char *const suffixes[] = {"_mean", "_median", "_stddev",
                                           "_cv"};

    for (size_t i = 0; i < 4; i++) {
        struct pfg_slice stem = *name;

        if (!pfg_slice_ends(*name, suffixes[i])) {
            continue;
        }
        stem.len -= pfg_slice_of(suffixes[i]).len;
        *mean = i == 0 && !(table->last && pfg_slice_is(stem, table->last));
        *name = stem;
        return true;
    }
    return false;
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *state,
                               const struct pfg_csv_row *row)
{
    struct table *table = state;
    struct pfg_slice name = pfg_csv_cell(row, NAME);
    bool mean = false, aggregate;

    if (row->n < N_FIXED || row->n > table->n || row->cut || !name.len) {
        return PFG_NOT_MINE;
    }
    if (pfg_slice_is(pfg_csv_cell(row, ERROR_OCCURRED), "true")) {
        send_error(reader, row);
        return PFG_MINE;
    }
    if (!pfg_csv_cell(row, ITERATIONS).len) {
        return PFG_MINE; /* BigO, RMS */
    }
    aggregate = is_aggregate(table, &name, &mean);
    if (aggregate && !mean) {
        return PFG_MINE;
    }
    send_row(reader, table, row, name, mean);
    if (!aggregate && !(table->last && pfg_slice_is(name, table->last))) {
        table->last = pfg_arena_slice(reader->arena, name);
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_google_benchmark_csv = {
    .name = "google_benchmark_csv",
    .title = "google-benchmark CSV",
    .looks = "a header 'name,iterations,real_time,cpu_time,time_unit,...'",
    .state_size = sizeof(struct table),
    .header = read_header,
    .row = read_row,
};
