#include <math.h>

#include "base/map.h"
#include "base/str.h"
#include "ingest/core/measurement_builder.h"

/*
 * hyperfine --export-json (sharkdp/hyperfine, src/benchmark/
 * benchmark_result.rs), always in seconds:
 *
 *   {"results": [{"command", "mean", "stddev", "median", "user", "system",
 *                 "min", "max", "times": [...], "memory_usage_byte": [...],
 *                 "exit_codes": [0, null, ...], "parameters": {...}}]}
 *
 * and --export-csv, which has only the summary. Some projects keep a history of
 * the former: [{"hash", "createdAt", "results": [...]}, ...].
 */

static bool is_result(const struct pfg_json_value *result)
{
    return pfg_json_string(pfg_json_get(result, "command")) &&
           pfg_json_get(result, "mean") && pfg_json_get(result, "median");
}

static bool has_results(const struct pfg_json_value *object)
{
    const struct pfg_json_value *results = pfg_json_get(object, "results");

    return pfg_json_type(results) == PFG_JSON_ARRAY &&
           is_result(pfg_json_first(results));
}

/* With -i hyperfine ignores that the command fails. But a command that fails
 * does not do the work that is timed. */
static void check_exit(struct pfg_builder *finding,
                       const struct pfg_json_value *result)
{
    const struct pfg_json_value *codes = pfg_json_get(result, "exit_codes");
    struct pfg_json_cursor each = {codes};
    const struct pfg_json_value *code;
    struct pfg_slice first = {0};
    bool killed = false;
    size_t n = 0;

    while ((code = pfg_json_each(&each))) {
        if (each.number != 0 && pfg_json_number(finding->document, code) != 0) {
            if (!n++) {
                first = pfg_json_digits(finding->document, code);
                killed = pfg_json_type(code) == PFG_JSON_NULL;
            }
        }
    }
    if (killed) {
        pfg_builder_error(finding, "killed by a signal (%zu of %zu runs)", n,
                          pfg_json_count(codes));
    } else if (n) {
        pfg_builder_error(finding, "exit status %.*s (%zu of %zu runs)",
                          PFG_SLICE(first), n, pfg_json_count(codes));
    }
}

static struct pfg_builder begin(struct pfg_reader *reader,
                                const struct pfg_json_document *document,
                                const struct pfg_json_value *result,
                                const char *unit)
{
    struct pfg_builder finding = pfg_builder_begin(reader, document, result);

    finding.m.benchmark = pfg_builder_member(result, "command");
    pfg_builder_params(&finding, pfg_json_get(result, "parameters"));
    pfg_builder_unit(&finding, pfg_slice_of(unit));
    return finding;
}

static void send_time(struct pfg_reader *reader,
                      const struct pfg_json_document *document,
                      const struct pfg_json_value *result)
{
    struct pfg_builder time = begin(reader, document, result, "s");

    pfg_builder_values(&time, pfg_json_get(result, "times"));
    if (!time.values.n) {
        pfg_builder_summary(&time, pfg_json_get(result, "mean"));
        time.summary.stddev =
            pfg_builder_number(&time, pfg_json_get(result, "stddev"));
        time.summary.min =
            pfg_builder_number(&time, pfg_json_get(result, "min"));
        time.summary.max =
            pfg_builder_number(&time, pfg_json_get(result, "max"));
        time.summary.count =
            pfg_builder_number(&time, pfg_json_get(result, "count"));
    }
    check_exit(&time, result);
    pfg_builder_send(&time);
}

static void send_result(struct pfg_reader *reader,
                        const struct pfg_json_document *document,
                        const struct pfg_json_value *result)
{
    static const char *const means[] = {"user", "system"};
    struct pfg_builder memory = begin(reader, document, result, "B");

    send_time(reader, document, result);
    for (size_t i = 0; i < 2; i++) {
        struct pfg_builder mean = begin(reader, document, result, "s");

        mean.m.metric = pfg_slice_of(means[i]);
        if (pfg_json_get(result, means[i])) {
            pfg_builder_summary(&mean, pfg_json_get(result, means[i]));
        }
        pfg_builder_send(&mean);
    }
    memory.m.metric = PFG_LIT("memory");
    memory.m.better = PFG_LOWER;
    pfg_builder_values(&memory, pfg_json_get(result, "memory_usage_byte"));
    pfg_builder_send(&memory);
}

/* Two results of one command are one series. Warns about it, because two
 * different things may have been measured without names. */
static void warn_of_twin(struct pfg_reader *reader, struct pfg_map *seen,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *result)
{
    struct pfg_builder finding = begin(reader, document, result, "s");
    struct pfg_str key;

    pfg_str_init(&key, 0);
    pfg_str_add(&key, finding.m.benchmark);
    for (size_t i = 0; i < finding.params.n; i++) {
        pfg_str_putc(&key, '\0');
        pfg_str_add(&key, finding.params.at[i].key);
        pfg_str_putc(&key, '\0');
        pfg_str_add(&key, finding.params.at[i].value);
    }
    if (pfg_map_find(seen, pfg_str_slice(&key))) {
        pfg_builder_warn(
            reader, document, result,
            "'%.200s' occurs more than once and is treated as one benchmark: "
            "use hyperfine's --command-name to distinguish them",
            pfg_json_string(pfg_json_get(result, "command")));
    }
    *pfg_map_at(seen, pfg_str_slice(&key)) = seen;
    pfg_str_free(&key);
}

static void send_results(struct pfg_reader *reader,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *results)
{
    const struct pfg_json_value *result = pfg_json_first(results);
    struct pfg_map seen;

    pfg_map_init(&seen, reader->arena);
    for (; result; result = pfg_json_next(result)) {
        if (!is_result(result)) {
            pfg_builder_warn(reader, document, result,
                             "a result without command, mean and median");
            continue;
        }
        warn_of_twin(reader, &seen, document, result);
        send_result(reader, document, result);
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document), *one;

    if (pfg_json_type(root) == PFG_JSON_OBJECT) {
        if (!has_results(root)) {
            return PFG_NOT_MINE;
        }
        send_results(reader, document, pfg_json_get(root, "results"));
        return PFG_MINE;
    }
    one = pfg_json_type(root) == PFG_JSON_ARRAY ? pfg_json_first(root) : NULL;
    if (!has_results(one) || !pfg_json_string(pfg_json_get(one, "hash"))) {
        return PFG_NOT_MINE;
    }
    for (; one; one = pfg_json_next(one)) {
        pfg_builder_revision(
            reader, pfg_builder_member(one, "hash"),
            pfg_builder_when(document, pfg_json_get(one, "createdAt")),
            pfg_slice_of(NULL));
        send_results(reader, document, pfg_json_get(one, "results"));
    }
    return PFG_MINE;
}

/* ---- CSV ---- */

static const char *const columns[] = {"command", "mean",   "stddev", "median",
                                      "user",    "system", "min",    "max"};

#define N_COLUMNS PFG_COUNT(columns)

struct table {
    size_t n_params;
    const char **params; /* their names, in the reader's arena */
};

/* The eight columns are always there; "parameter_n" may follow them. */
static enum pfg_claim read_header(struct pfg_reader *reader, void *state,
                                  const struct pfg_csv_row *header)
{
    struct table *table = state;

    if (header->n < N_COLUMNS) {
        return PFG_NOT_MINE;
    }
    for (size_t i = 0; i < header->n; i++) {
        if (i < N_COLUMNS ? !pfg_slice_is(header->cells[i], columns[i])
                          : !pfg_slice_starts(header->cells[i], "parameter_")) {
            return PFG_NOT_MINE;
        }
    }
    table->n_params = header->n - N_COLUMNS;
    table->params =
        pfg_arena_new_array(reader->arena, const char *, table->n_params);
    for (size_t i = 0; i < table->n_params; i++) {
        struct pfg_slice name = header->cells[N_COLUMNS + i];

        pfg_take(&name, "parameter_");
        table->params[i] = pfg_arena_slice(reader->arena, name);
    }
    return PFG_MINE;
}

static void send_cell(struct pfg_reader *reader, const struct table *table,
                      const struct pfg_csv_row *row, const char *metric,
                      size_t column)
{
    struct pfg_builder finding = pfg_builder_begin(reader, NULL, NULL);
    struct pfg_summary *summary = &finding.summary;

    pfg_builder_unit(&finding, PFG_LIT("s"));
    finding.m.benchmark = row->cells[0];
    finding.m.metric = pfg_slice_of(metric);
    for (size_t i = 0; i < table->n_params; i++) {
        pfg_builder_param(&finding, table->params[i],
                          pfg_csv_cell(row, N_COLUMNS + i));
    }
    finding.m.summary = summary;
    finding.summary_written = row->cells[column];
    summary->value = pfg_builder_read_number(&finding, row->cells[column]);
    if (column == 1) {
        summary->stddev = pfg_builder_read_number(&finding, row->cells[2]);
        summary->min = pfg_builder_read_number(&finding, row->cells[6]);
        summary->max = pfg_builder_read_number(&finding, row->cells[7]);
    }
    pfg_builder_send(&finding);
}

static enum pfg_claim read_row(struct pfg_reader *reader, void *state,
                               const struct pfg_csv_row *row)
{
    if (row->n != N_COLUMNS + ((struct table *)state)->n_params || row->cut) {
        return PFG_NOT_MINE;
    }
    send_cell(reader, state, row, "time", 1);
    send_cell(reader, state, row, "user", 4);
    send_cell(reader, state, row, "system", 5);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_hyperfine = {
    .name = "hyperfine",
    .title = "hyperfine --export-json, --export-csv",
    .looks = "a JSON object with 'results' that have 'command' and 'mean'",
    .state_size = sizeof(struct table),
    .header = read_header,
    .row = read_row,
    .document = read_document,
};
