#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ingest/core/measurement_builder.h"

/*
 * airspeed velocity's results, results/<machine>/<commit>-<env>.json
 * (airspeed-velocity/asv, asv/results.py, docs/source/dev.rst):
 *
 *   {"commit_hash", "date": ms, "env_name", "python", "params": {"machine"},
 *    "result_columns": ["result", "params", ..., "stats_ci_99_a", "samples"],
 *    "results": {"mod.Class.time_x": [[v, ...], [["1", "2"]], ...]}}
 *
 * In version 1 a result is a number, or an object with those columns. A list
 * has an item for each combination of the parameters, the last parameter
 * varying fastest; the names of the parameters are in another file
 * (benchmarks.json). null is a failure, NaN was skipped. Metric and unit follow
 * from the benchmark's name. "date" is the commit's.
 */

#define MAX_COMBINATIONS 100000
#define MAX_PARAMS       16

static const struct kind {
    const char *prefix, *metric, *unit;
    enum pfg_direction better;
} kinds[] = {
    {"timeraw_", "time", "s", PFG_LOWER},   {"time_", "time", "s", PFG_LOWER},
    {"peakmem_", "memory", "B", PFG_LOWER}, {"mem_", "size", "B", PFG_LOWER},
    {"track_", "value", "", PFG_NEUTRAL},
};

/* The file of one commit. */
struct file {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    const struct pfg_json_value *columns; /* NULL: version 1 */
    struct pfg_slice env;
};

/* The values of one parameter. */
struct axis {
    const struct pfg_json_value **at;
    size_t n;
};

/* The columns of a result that have an item for each combination. */
enum {
    VALUE,
    LOWER,
    UPPER,
    REPEAT,
    SAMPLES,
    N_COLUMNS,
};

static const char *const column_names[N_COLUMNS] = {
    "result", "stats_ci_99_a", "stats_ci_99_b", "stats_repeat", "samples",
};

/* One benchmark of the file. */
struct result {
    const struct pfg_json_value *at;
    struct pfg_measurement m;                      /* suite and benchmark */
    const struct kind *kind;                       /* NULL: not known */
    const struct pfg_json_value *items[N_COLUMNS]; /* of one combination */
    bool is_list[N_COLUMNS];
    size_t n_items; /* of the first column */
    struct axis axes[MAX_PARAMS];
    size_t n_axes, n; /* combinations; 0: too many, or none */
};

/* The n-th child; NULL if there are fewer. */
static const struct pfg_json_value *nth(const struct pfg_json_value *array,
                                        size_t n)
{
    const struct pfg_json_value *child =
        pfg_json_type(array) == PFG_JSON_ARRAY ? pfg_json_first(array) : NULL;

    while (child && n--) {
        child = pfg_json_next(child);
    }
    return child;
}

/* A column of a result, in either version. */
static const struct pfg_json_value *column(const struct file *file,
                                           const struct pfg_json_value *result,
                                           const char *name)
{
    const struct pfg_json_value *title = pfg_json_first(file->columns);

    if (pfg_json_type(result) == PFG_JSON_OBJECT) {
        return pfg_json_get(result, name);
    }
    for (size_t i = 0; title; i++, title = pfg_json_next(title)) {
        if (pfg_slice_is(pfg_slice_of(pfg_json_string(title)), name)) {
            return nth(result, i);
        }
    }
    return NULL;
}

static void find_axes(const struct file *file, struct result *out,
                      const struct pfg_json_value *params)
{
    const struct pfg_json_value *list = pfg_json_first(params), *value;

    out->n = 1;
    for (; list && out->n; list = pfg_json_next(list)) {
        size_t count = pfg_json_count(list);
        struct axis *axis = &out->axes[out->n_axes];

        if (!count || out->n > MAX_COMBINATIONS / count ||
            out->n_axes == MAX_PARAMS) {
            out->n = 0;
            return;
        }
        out->n *= count;
        out->n_axes++;
        axis->at = pfg_arena_new_array(file->reader->arena,
                                       const struct pfg_json_value *, count);
        for (value = pfg_json_first(list); value;
             value = pfg_json_next(value)) {
            axis->at[axis->n++] = value;
        }
    }
}

static void find_items(const struct file *file, struct result *out)
{
    for (size_t i = 0; i < N_COLUMNS; i++) {
        out->items[i] = column(file, out->at, column_names[i]);
    }
    if (!file->columns && pfg_json_type(out->at) != PFG_JSON_OBJECT) {
        out->items[VALUE] = out->at; /* the number itself */
    }
    for (size_t i = 0; i < N_COLUMNS; i++) {
        if (pfg_json_type(out->items[i]) == PFG_JSON_ARRAY) {
            out->n_items = i ? out->n_items : pfg_json_count(out->items[i]);
            out->items[i] = pfg_json_first(out->items[i]);
            out->is_list[i] = true;
        }
    }
}

static struct result find_result(const struct file *file,
                                 const struct pfg_json_value *member)
{
    struct pfg_slice full = pfg_slice_of(pfg_json_key(member));
    struct result out = {.at = member};

    pfg_builder_split_name(&out.m, full, pfg_slice_find_last_byte(full, '.'),
                           1);
    for (size_t i = 0; i < PFG_COUNT(kinds) && !out.kind; i++) {
        if (pfg_slice_starts(out.m.benchmark, kinds[i].prefix)) {
            out.kind = &kinds[i];
        }
    }
    find_items(file, &out);
    find_axes(file, &out, column(file, member, "params"));
    return out;
}

/* The parameters of the i-th combination. */
static void add_params(struct pfg_builder *finding, const struct result *result,
                       size_t i)
{
    size_t left = result->n;

    for (size_t k = 0; k < result->n_axes; k++) {
        const struct axis *axis = &result->axes[k];
        const char *key =
            result->n_axes == 1
                ? "param"
                : pfg_arena_printf(finding->reader->arena, "param%zu", k + 1);

        left /= axis->n;
        pfg_builder_param(
            finding, key,
            pfg_builder_text(finding->document, axis->at[i / left % axis->n]));
    }
}

static void add_numbers(struct pfg_builder *finding,
                        const struct result *result)
{
    const struct pfg_json_value *const *items = result->items;

    if (pfg_json_type(items[VALUE]) != PFG_JSON_NUMBER) {
        pfg_builder_error(finding, "asv has no result: the benchmark failed");
        return;
    }
    pfg_builder_values(finding, items[SAMPLES]);
    if (!finding->values.n) {
        pfg_builder_summary(finding, items[VALUE]);
        finding->summary.lower = pfg_builder_number(finding, items[LOWER]);
        finding->summary.upper = pfg_builder_number(finding, items[UPPER]);
        finding->summary.level = items[LOWER] ? 0.99 : NAN;
        finding->summary.count =
            pfg_json_number(finding->document, items[REPEAT]);
    }
}

static void send_value(const struct file *file, const struct result *result,
                       size_t i)
{
    const struct pfg_json_value *value = result->items[VALUE];
    struct pfg_builder finding =
        pfg_builder_begin(file->reader, file->document, result->at);
    const struct kind *kind = result->kind;

    if (pfg_json_type(value) == PFG_JSON_NUMBER &&
        isnan(pfg_json_number(file->document, value))) {
        return; /* skipped by the suite */
    }
    finding.m.suite = result->m.suite;
    finding.m.benchmark = result->m.benchmark;
    pfg_builder_unit(&finding, pfg_slice_of(kind ? kind->unit : ""));
    finding.m.metric = pfg_slice_of(kind ? kind->metric : "value");
    finding.m.better = kind ? kind->better : PFG_NEUTRAL;
    add_params(&finding, result, i);
    if (file->env.len) {
        pfg_builder_param(&finding, "env", file->env);
    }
    add_numbers(&finding, result);
    pfg_builder_send(&finding);
}

static void send_result(const struct file *file,
                        const struct pfg_json_value *member)
{
    struct result result = find_result(file, member);

    if (!result.n || (result.is_list[VALUE] && result.n_items != result.n)) {
        pfg_builder_warn(file->reader, file->document, member,
                         "the number of results of '%.200s' does not match its "
                         "parameter combinations: ignored",
                         pfg_json_key(member));
        return;
    }
    for (size_t i = 0; i < result.n; i++) {
        send_value(file, &result, i);
        for (size_t k = 0; k < N_COLUMNS; k++) {
            if (result.is_list[k]) {
                result.items[k] = pfg_json_next(result.items[k]);
            }
        }
    }
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *results = pfg_json_get(root, "results");
    static const char *const facts[][2] = {{"machine", "machine"},
                                           {"cpu", "cpu"},
                                           {"num_cpu", "cpus"},
                                           {"arch", "arch"},
                                           {"os", "os"}};
    const struct pfg_json_value *member;
    struct file file = {
        .reader = reader,
        .document = document,
        .columns = pfg_json_get(root, "result_columns"),
        .env = pfg_builder_member(root, "env_name"),
    };

    if (pfg_json_type(results) != PFG_JSON_OBJECT ||
        !pfg_json_string(pfg_json_get(root, "commit_hash")) ||
        pfg_json_type(pfg_json_get(root, "params")) != PFG_JSON_OBJECT) {
        return PFG_NOT_MINE;
    }
    pfg_builder_revision(reader, pfg_builder_member(root, "commit_hash"),
                         pfg_builder_when(document, pfg_json_get(root, "date")),
                         pfg_slice_of(NULL));
    pfg_builder_fact(reader, "python", document, pfg_json_get(root, "python"));
    for (size_t i = 0; i < PFG_COUNT(facts); i++) {
        pfg_builder_fact(
            reader, facts[i][1], document,
            pfg_json_get(pfg_json_get(root, "params"), facts[i][0]));
    }
    for (member = pfg_json_first(results); member;
         member = pfg_json_next(member)) {
        send_result(&file, member);
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_asv = {
    .name = "asv",
    .title = "asv results (results/<machine>/<commit>-<env>.json)",
    .looks = "a JSON object with 'commit_hash', 'params' and 'results'",
    .document = read_document,
};
