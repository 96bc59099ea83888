#include "ingest/custom/series_csv.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/map.h"
#include "base/number.h"
#include "ingest/core/keyvalue.h"
#include "ingest/custom/generic.h"
#include "stats/sample.h"
#include "unit/unit.h"

/* A week at ten rows per second. Further rows are ignored with a warning. */
#define MAX_ROWS ((size_t)6 << 20)

static double first_of(double *x, size_t n)
{
    return n ? x[0] : NAN;
}

static double last_of(double *x, size_t n)
{
    return n ? x[n - 1] : NAN;
}

static double sum_of(double *x, size_t n)
{
    return pfg_mean(x, n) * (double)n;
}

static double mean_of(double *x, size_t n)
{
    return pfg_mean(x, n);
}

static double min_of(double *x, size_t n)
{
    return pfg_select(x, n, 0);
}

static double max_of(double *x, size_t n)
{
    return n ? pfg_select(x, n, n - 1) : NAN;
}

static const struct statistic {
    const char *name;
    double (*of)(double *x, size_t n); /* may reorder */
} statistics[] = {
    {"mean", mean_of}, {"median", pfg_median}, {"min", min_of},
    {"max", max_of},   {"first", first_of},    {"last", last_of},
    {"sum", sum_of},
};

static const struct statistic *find_statistic(const char *name)
{
    for (size_t i = 0; i < PFG_COUNT(statistics); i++) {
        if (!strcmp(name, statistics[i].name)) {
            return &statistics[i];
        }
    }
    return NULL;
}

/* "p95" is 0.95; -1 if it is not a percentile. */
static double percentile(const char *name)
{
    double p;

    if (*name != 'p' || pfg_number_parse(&p, pfg_slice_of(name + 1), -2) ||
        !(p >= 0 && p <= 1)) {
        return -1;
    }
    return p;
}

bool pfg_series_csv_knows(const char *name)
{
    return !name || find_statistic(name) || percentile(name) >= 0;
}

/* The unit in a title: in brackets, as in "memory.used [MiB]" and "load (%)",
 * or at the end, as in "rss_mb". NULL if there is none. */
static const char *unit_of(struct pfg_reader *reader, struct pfg_slice title)
{
    struct pfg_keyvalue line = {.key = title, .number = PFG_LIT("0")};
    struct pfg_keyvalue_meaning meaning;
    size_t at = pfg_slice_find_byte(title, '[');

    at = at < title.len ? at : pfg_slice_find_byte(title, '(');
    if (at < title.len && title.len > at + 2) {
        return pfg_arena_slice(
            reader->arena,
            pfg_slice_make(title.ptr + at + 1, title.len - at - 2));
    }
    /* "ns" alone: a time */
    if (title.len > 1 && pfg_slice_is(pfg_unit_find(title).base, "s")) {
        return pfg_arena_slice(reader->arena, title);
    }
    pfg_keyvalue_find(&meaning, pfg_slice_of(NULL), &line);
    return meaning.has_unit ? pfg_arena_slice(reader->arena, meaning.unit)
                            : NULL;
}

/* The title without its unit in brackets. */
static struct pfg_slice name_of(struct pfg_slice title)
{
    size_t at = pfg_slice_find_byte(title, '[');

    at = at < title.len ? at : pfg_slice_find_byte(title, '(');
    return at < title.len && at > 0 ? pfg_slice_trim(pfg_slice_first(title, at))
                                    : title;
}

static bool is_wanted(const struct pfg_ingest_options *options,
                      struct pfg_slice title)
{
    for (size_t i = 0; i < options->n_csv_columns; i++) {
        if (pfg_slice_is(title, options->csv_columns[i]) ||
            pfg_slice_is(name_of(title), options->csv_columns[i])) {
            return true;
        }
    }
    return false;
}

static bool is_one_of(struct pfg_slice title, const char *const *titles,
                      size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (title.len == strlen(titles[i]) &&
            !strncasecmp(title.ptr, titles[i], title.len)) {
            return true;
        }
    }
    return false;
}

static bool is_time(struct pfg_slice title)
{
    static const char *const titles[] = {"time",     "timestamp", "date",
                                         "datetime", "elapsed",   "ts"};

    return is_one_of(title, titles, PFG_COUNT(titles));
}

static bool is_param(struct pfg_slice title)
{
    static const char *const titles[] = {
        "threads", "clients", "connections", "concurrency", "users",  "vus",
        "workers", "jobs",    "size",        "n",           "batch",  "depth",
        "mode",    "method",  "op",          "batch_size",  "iodepth"};

    return is_one_of(title, titles, PFG_COUNT(titles));
}

enum pfg_claim pfg_series_csv_header(struct pfg_series_csv *series,
                                     struct pfg_reader *reader,
                                     const struct pfg_csv_row *header)
{
    PFG_VEC(struct pfg_series_column) found = {0};
    bool timed = reader->options->csv_statistic != NULL;

    for (size_t i = 0; i < header->n; i++) {
        struct pfg_slice title = pfg_slice_trim(header->cells[i]);
        struct pfg_series_column column = {.index = i};

        timed |= is_time(name_of(title));
        if (is_wanted(reader->options, title)) {
            column.title = pfg_arena_slice(reader->arena, title);
            column.unit = unit_of(reader, title);
            pfg_vec_push(&found, reader->arena, column);
        } else if (!series->n && is_param(title)) {
            column.title = pfg_arena_slice(reader->arena, title);
            pfg_vec_push(&series->params, reader->arena, column);
        }
    }
    if (!found.n || series->n) {
        return PFG_NOT_MINE;
    }
    series->columns = found.at;
    series->n = found.n;
    series->line = reader->pos.line;
    series->timed = timed;
    pfg_map_init(&series->benchmarks, reader->arena);
    return PFG_MINE;
}

/* `of` is the name of a table's row; NULL in a time series. */
static void add_cell(struct pfg_series_column *column,
                     struct pfg_reader *reader, struct pfg_slice whole,
                     const struct pfg_series_name *of)
{
    struct pfg_slice text = pfg_slice_trim(whole);
    struct pfg_slice rest = pfg_csv_number(text, reader->arena);
    struct pfg_slice digits = pfg_take_number(&rest);
    struct pfg_slice written = pfg_slice_trim(rest);
    struct pfg_unit unit;
    double value;

    if (written.len && digits.len) {
        unit = pfg_unit_find(written);
        if (!column->unit) {
            column->unit = pfg_arena_slice(reader->arena, written);
        }
    } else {
        unit = pfg_unit_find(pfg_slice_of(column->unit));
    }
    if (!digits.len || pfg_unit_convert(&value, digits, &unit) ||
        !pfg_slice_eq(unit.base,
                      pfg_unit_find(pfg_slice_of(column->unit)).base)) {
        if (!column->n_bad++) {
            pfg_reader_warn(
                reader,
                pfg_csv_is_either(text)
                    ? "'%.60s' of column '%.60s' is ambiguous (decimal or "
                      "thousands separator): write it without the comma"
                    : "'%.60s' of column '%.60s' is not a number",
                pfg_arena_slice(reader->arena, text), column->title);
        }
        return;
    }
    if (column->values.n == MAX_ROWS) {
        column->n_bad++;
        return;
    }
    pfg_vec_push(&column->values, reader->arena, value);
    if (of) {
        struct pfg_series_cell cell = {
            of,
            pfg_arena_slice(reader->arena,
                            pfg_slice_first(text, text.len - rest.len)),
            reader->pos.line};

        pfg_vec_push(&column->cells, reader->arena, cell);
    }
}

static bool is_word(struct pfg_slice text)
{
    return text.len && !pfg_take_number(&text).len;
}

static bool has_column(const struct pfg_series_column *columns, size_t n,
                       size_t index)
{
    for (size_t i = 0; i < n; i++) {
        if (columns[i].index == index) {
            return true;
        }
    }
    return false;
}

/* The column of the names: the first one of words that was not asked for, if
 * possible not a parameter; row->n if there is none. */
static size_t find_names(const struct pfg_series_csv *series,
                         const struct pfg_csv_row *row)
{
    size_t found = row->n;

    for (size_t i = 0; i < row->n; i++) {
        if (has_column(series->columns, series->n, i) ||
            !is_word(pfg_slice_trim(row->cells[i]))) {
            continue;
        }
        if (!has_column(series->params.at, series->params.n, i)) {
            return i;
        }
        found = found == row->n ? i : found;
    }
    return found;
}

/* The name of a table's row; NULL, with a warning, if it is empty. */
static const struct pfg_series_name *name_row(struct pfg_series_csv *series,
                                              struct pfg_reader *reader,
                                              const struct pfg_csv_row *row)
{
    struct pfg_series_name *made;
    struct pfg_str key;
    struct pfg_slice name = pfg_slice_trim(pfg_csv_cell(row, series->names));
    void **place;

    if (!name.len) {
        pfg_reader_warn(reader, "the row has no name: ignored");
        return NULL;
    }
    series->n_rows++;
    pfg_str_init(&key, 0);
    pfg_str_add(&key, name);
    for (size_t i = 0; i < series->params.n; i++) {
        pfg_str_putc(&key, '\n');
        pfg_str_add(&key, pfg_csv_cell(row, series->params.at[i].index));
    }
    place = pfg_map_at(&series->benchmarks, pfg_str_slice(&key));
    pfg_str_free(&key);
    made = *place;
    if (made) {
        return made;
    }
    made = pfg_arena_alloc(reader->arena, sizeof *made);
    made->benchmark = pfg_arena_slice(reader->arena, name);
    made->params =
        pfg_arena_new_array(reader->arena, struct pfg_param, series->params.n);
    made->n_params = 0;
    for (size_t i = 0; i < series->params.n; i++) {
        const struct pfg_series_column *param = &series->params.at[i];

        if (param->index == series->names) {
            continue;
        }
        made->params[made->n_params++] = (struct pfg_param){
            pfg_slice_of(param->title),
            pfg_arena_copy(reader->arena,
                           pfg_slice_trim(pfg_csv_cell(row, param->index)))};
    }
    *place = made;
    return made;
}

enum pfg_claim pfg_series_csv_row(struct pfg_series_csv *series,
                                  struct pfg_reader *reader,
                                  const struct pfg_csv_row *row)
{
    const struct pfg_series_name *of = NULL;

    if (row->cut) {
        return PFG_NOT_MINE;
    }
    if (!series->timed && !series->n_rows) {
        series->names = find_names(series, row);
        series->timed = series->names == row->n;
    }
    if (!series->timed && !(of = name_row(series, reader, row))) {
        return PFG_MINE;
    }
    for (size_t i = 0; i < series->n; i++) {
        if (series->columns[i].index < row->n) {
            add_cell(&series->columns[i], reader,
                     row->cells[series->columns[i].index], of);
        }
    }
    return PFG_MINE;
}

static double compute(const char *name, double *x, size_t n)
{
    const struct statistic *statistic = find_statistic(name);

    if (statistic) {
        return statistic->of(x, n);
    }
    pfg_sort(x, n);
    return pfg_quantile_sorted(x, n, percentile(name));
}

/* Sends a column of a time series: one number, because successive rows are too
 * close to each other to be observations. */
static void send(struct pfg_series_csv *series, struct pfg_reader *reader,
                 struct pfg_series_column *column, struct pfg_map *warned)
{
    const char *wanted = reader->options->csv_statistic;
    struct pfg_slice title = name_of(pfg_slice_of(column->title));
    struct pfg_generic_meaning meaning;
    struct pfg_summary summary = pfg_summary_of(NAN);
    struct pfg_measurement m;

    wanted = wanted ? wanted : "median";
    meaning = pfg_generic_find(reader, title, title, pfg_slice_of(column->unit),
                               pfg_slice_of(NULL));
    summary.count = (double)column->values.n;
    summary.stddev = pfg_stddev(column->values.at, column->values.n);
    summary.value = compute(wanted, column->values.at, column->values.n);
    summary.min = min_of(column->values.at, column->values.n);
    summary.max = max_of(column->values.at, column->values.n);
    m = (struct pfg_measurement){
        .benchmark = pfg_generic_stem(reader->pos.file),
        .metric = pfg_slice_of(pfg_arena_printf(reader->arena, "%.*s %s",
                                                PFG_SLICE(title), wanted)),
        .unit = meaning.unit.base,
        .better = meaning.better,
        .summary = &summary,
        .written_unit = pfg_slice_of(column->unit),
        .error = pfg_slice_of(meaning.error),
        .pos = {.file = reader->pos.file, .line = series->line},
    };
    if (!column->values.n) {
        m.summary = NULL;
        m.error = PFG_LIT("the column has no number");
    }
    reader->sink->measurement(reader->sink->self, &m);
    if (!meaning.has_better) {
        pfg_generic_warn(reader, warned, m.metric);
    }
}

/* Sends a column of a table: an observation for each row. */
static void send_cells(struct pfg_reader *reader,
                       const struct pfg_series_column *column,
                       struct pfg_map *warned)
{
    struct pfg_keyvalue line = {.key = name_of(pfg_slice_of(column->title))};
    struct pfg_keyvalue_meaning title;
    struct pfg_generic_meaning meaning;

    if (column->unit && pfg_slice_is(line.key, column->unit)) {
        line.key = PFG_LIT("time");
    }
    pfg_keyvalue_find(&title, pfg_slice_of(NULL), &line);
    if (!title.has_unit) {
        line.unit = pfg_slice_of(column->unit);
        pfg_keyvalue_find(&title, pfg_slice_of(NULL), &line);
    }
    meaning = pfg_generic_find(reader, pfg_slice_of(title.metric),
                               pfg_slice_of(title.metric), title.unit,
                               pfg_slice_of(NULL));
    for (size_t i = 0; i < column->values.n; i++) {
        const struct pfg_series_cell *cell = &column->cells.at[i];
        struct pfg_slice written = pfg_slice_of(cell->digits);
        struct pfg_measurement m = {
            .benchmark = pfg_slice_of(cell->of->benchmark),
            .params = cell->of->params,
            .n_params = cell->of->n_params,
            .metric = pfg_slice_of(title.metric),
            .unit = meaning.unit.base,
            .better = meaning.better,
            .values = &column->values.at[i],
            .n_values = 1,
            .written = &written,
            .written_unit = title.unit,
            .error = pfg_slice_of(meaning.error),
            .pos = {.file = reader->pos.file, .line = cell->line},
        };

        reader->sink->measurement(reader->sink->self, &m);
    }
    if (!meaning.has_better) {
        pfg_generic_warn(reader, warned, pfg_slice_of(title.metric));
    }
}

/* If all of several rows have the same name, it names the program, and the rows
 * are moments. */
static bool is_table(const struct pfg_series_csv *series)
{
    return !series->timed && series->n_rows &&
           (series->benchmarks.n > 1 || series->n_rows == 1);
}

void pfg_series_csv_finish(struct pfg_series_csv *series,
                           struct pfg_reader *reader)
{
    struct pfg_map warned = {0};

    for (size_t i = 0; i < series->n; i++) {
        struct pfg_series_column *column = &series->columns[i];

        if (is_table(series)) {
            send_cells(reader, column, &warned);
        } else {
            send(series, reader, column, &warned);
        }
        if (column->n_bad > 1) {
            pfg_reader_warn(reader, "column '%.60s': %zu cells are ignored",
                            column->title, column->n_bad);
        }
    }
    *series = (struct pfg_series_csv){0};
}
