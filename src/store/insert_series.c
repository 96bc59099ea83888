#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/str.h"
#include "store/rows.h"

/* From this many new series on, a run adds them in bulk, to save round trips to
 * a server. */
#define MANY 64

/* Maps from what a row says to its id, stored as a pointer; NULL: not
 * stored. */
struct pfg_series_ids {
    struct pfg_rows *rows;
    struct pfg_statement *find, *benchmarks;
    struct pfg_map series; /* of keys that were looked up: */
    struct pfg_map keys;
    struct pfg_map benchmark, suites; /* the same, of suites */
    struct pfg_arena *arena;          /* theirs */
    struct pfg_columns columns;       /* of a series */
    struct pfg_str text;
};

/* Series that are not stored: a PFG_VEC. */
struct series_list {
    const struct pfg_series **at;
    size_t n, cap;
};

struct pfg_series_ids *pfg_series_ids_new(struct pfg_rows *rows)
{
    struct pfg_series_ids *in = pfg_alloc(sizeof *in);

    in->rows = rows;
    in->arena = pfg_arena_new();
    in->columns = pfg_columns_of(NULL, &pfg_kind_series);
    pfg_map_init(&in->series, in->arena);
    pfg_map_init(&in->keys, in->arena);
    pfg_map_init(&in->benchmark, in->arena);
    pfg_map_init(&in->suites, in->arena);
    pfg_str_init(&in->text, 0);
    return in;
}

void pfg_series_ids_free(struct pfg_series_ids *in)
{
    if (in) {
        pfg_statement_free(in->find);
        pfg_statement_free(in->benchmarks);
        pfg_str_free(&in->text);
        pfg_arena_free(in->arena);
        free(in);
    }
}

static struct pfg_statement *prepare(struct pfg_series_ids *in,
                                     struct pfg_statement **place,
                                     const char *sql)
{
    if (!*place) {
        pfg_statement_new(place, in->rows->store, sql, in->rows->err);
    }
    return *place;
}

/* --- rows that are stored --- */

/* The place of a series' id. A series is one key with one unit, direction and
 * kind of values. */
static void **series_at(struct pfg_series_ids *in, const char *key,
                        const char *unit, const char *better, bool exact,
                        bool derived)
{
    const char *const texts[] = {key, unit, better, exact ? "1" : "0",
                                 derived ? "1" : "0"};

    pfg_str_clear(&in->text);
    for (size_t i = 0; i < PFG_COUNT(texts); i++) {
        pfg_str_add(&in->text, pfg_slice_make(texts[i], strlen(texts[i]) + 1));
    }
    return pfg_map_at(&in->series, pfg_str_slice(&in->text));
}

static void **place_of(struct pfg_series_ids *in,
                       const struct pfg_series *series)
{
    return series_at(in, series->key, series->unit,
                     pfg_direction_name(series->better), series->exact,
                     series->derived);
}

/* The place of its benchmark's id. */
static void **benchmark_of(struct pfg_series_ids *in,
                           const struct pfg_series *series)
{
    const struct pfg_series benchmark = {.suite = series->suite,
                                         .benchmark = series->benchmark,
                                         .params = series->params,
                                         .n_params = series->n_params};

    pfg_str_clear(&in->text);
    pfg_columns_record(&in->text, &in->columns, &benchmark);
    return pfg_map_at(&in->benchmark, pfg_str_slice(&in->text));
}

/* Whether `text` is new to the map, to which it is added. */
static bool is_first(struct pfg_map *seen, const char *text)
{
    void **place = pfg_map_at(seen, pfg_slice_of(text));
    bool first = !*place;

    *place = seen;
    return first;
}

/* Appends to a JSON list. Bytes that are not UTF-8 stay: SQLite finds them. */
static void put_text(struct pfg_str *json, const char *text)
{
    static const char digits[] = "0123456789abcdef";
    const char *end = text + strlen(text), *begin = text;

    pfg_str_puts(json, json->len ? ",\"" : "[\"");
    for (const char *c = text; c < end; c++) {
        if ((unsigned char)*c < ' ' || *c == '"' || *c == '\\') {
            pfg_str_add(json, pfg_slice_range(begin, c));
            pfg_str_add(
                json, pfg_slice_make((char[]){'\\', 'u', '0', '0',
                                              digits[*c >> 4], digits[*c & 15]},
                                     6));
            begin = c + 1;
        }
    }
    pfg_str_add(json, pfg_slice_range(begin, end));
    pfg_str_putc(json, '"');
}

/* Reads all series with a key of the list. */
static int look_up(struct pfg_series_ids *in, struct pfg_str *json)
{
    struct pfg_statement *row =
        prepare(in, &in->find,
                "SELECT series.id, series.key, unit, better, exact, derived"
                " FROM json_each(?) AS wanted CROSS JOIN series"
                " WHERE series.key = wanted.value");
    struct pfg_arena *arena = in->rows->arena;
    int got;

    if (!row) {
        return -1;
    }
    pfg_str_putc(json, ']');
    pfg_bind_text(row, NULL, json->ptr);
    while ((got = pfg_statement_step(row, in->rows->err)) == 1) {
        uintptr_t id = (uintptr_t)pfg_take_integer(row);
        const char *key, *unit, *better;
        bool exact;

        pfg_arena_clear(arena);
        key = pfg_take_text(row, arena);
        unit = pfg_take_text(row, arena);
        better = pfg_take_text(row, arena);
        exact = pfg_take_integer(row) != 0;
        *series_at(in, key, unit, better, exact, pfg_take_integer(row) != 0) =
            (void *)id;
    }
    return got;
}

static int look_up_run(struct pfg_series_ids *in, const struct pfg_run *run)
{
    struct pfg_str json;
    int failed = 0;

    pfg_str_init(&json, 0);
    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *series = run->series.at[i];

        if (series->pieces.n && is_first(&in->keys, series->key)) {
            put_text(&json, series->key);
        }
    }
    if (json.len) {
        failed = look_up(in, &json);
    }
    pfg_str_free(&json);
    return failed;
}

/* Reads all benchmarks of a suite. */
static int know_benchmarks(struct pfg_series_ids *in, const char *suite)
{
    const struct pfg_columns columns =
        pfg_columns_of("benchmark", &pfg_kind_series);
    struct pfg_statement *row;
    struct pfg_str sql;
    int got;

    if (!is_first(&in->suites, suite)) {
        return 0;
    }
    pfg_str_init(&sql, 0);
    pfg_str_puts(&sql, "SELECT id, ");
    pfg_columns_names(&sql, &columns, false);
    pfg_str_puts(&sql, " FROM benchmark WHERE suite = ?");
    row = prepare(in, &in->benchmarks, sql.ptr);
    pfg_str_free(&sql);
    if (!row) {
        return -1;
    }
    pfg_bind_text(row, NULL, suite);
    while ((got = pfg_statement_step(row, in->rows->err)) == 1) {
        uintptr_t id = (uintptr_t)pfg_take_integer(row);
        struct pfg_series series = {0};

        pfg_arena_clear(in->rows->arena);
        if (pfg_columns_take(row, &columns, &series,
                             &(struct pfg_taking){in->rows->arena})) {
            return pfg_fail(in->rows->err, PFG_SYSTEM,
                            "'%s' is damaged: a benchmark",
                            pfg_store_name(in->rows->store));
        }
        *benchmark_of(in, &series) = (void *)id;
    }
    return got;
}

/* --- one at a time --- */

static int add_series(struct pfg_series_ids *in,
                      const struct pfg_series *series, int64_t *id)
{
    struct pfg_rows *rows = in->rows;
    struct pfg_statement *add = pfg_rows_adder(rows, PFG_ROW_SERIES);
    int64_t benchmark;

    if (!add || pfg_rows_intern(rows, PFG_ROW_BENCHMARK, series, &benchmark)) {
        return -1;
    }
    *benchmark_of(in, series) = (void *)(uintptr_t)benchmark;
    pfg_bind_integer(add, NULL, benchmark);
    pfg_rows_bind(rows, PFG_ROW_SERIES, add, series);
    return pfg_statement_number(add, id, rows->err) < 0 ? -1 : 0;
}

/* --- many at once --- */

/* The place of the id of a row: of the series, or of its benchmark. */
typedef void **place_in(struct pfg_series_ids *, const struct pfg_series *);

/* Nobody else writes and ids grow, so the new ones are in the order in which
 * the rows were added. */
static int learn_ids(struct pfg_series_ids *in, const char *table, int64_t last,
                     const struct series_list *list, place_in *at)
{
    struct pfg_rows *rows = in->rows;
    struct pfg_statement *row;
    struct pfg_str sql;
    size_t n = 0;
    int got = -1;

    pfg_str_init(&sql, 0);
    pfg_str_printf(&sql, "SELECT id FROM %s WHERE id > ? ORDER BY id", table);
    pfg_statement_new(&row, rows->store, sql.ptr, rows->err);
    pfg_str_free(&sql);
    if (row) {
        pfg_bind_integer(row, NULL, last);
    }
    while (row && (got = pfg_statement_step(row, rows->err)) == 1) {
        uintptr_t id = (uintptr_t)pfg_take_integer(row);

        if (n < list->n) {
            *at(in, list->at[n]) = (void *)id;
        }
        n++;
    }
    pfg_statement_free(row);
    if (!got && n != list->n) {
        pfg_fail(rows->err, PFG_SYSTEM,
                 "'%s' has %zu rows of %s instead of the %zu that were added",
                 pfg_store_name(rows->store), n, table, list->n);
        return pfg_hint(rows->err, "only perfgate may write to it");
    }
    return got;
}

/* Adds a row of `table` for each series, all in one batch. The benchmarks of
 * series must be stored. */
static int add_list(struct pfg_series_ids *in, enum pfg_row row,
                    const char *table, const struct series_list *list,
                    place_in *at)
{
    struct pfg_rows *rows = in->rows;
    struct pfg_statement *to = pfg_rows_bulk(rows, row);
    int64_t last;

    pfg_str_clear(&in->text);
    pfg_str_printf(&in->text, "SELECT MAX(id) FROM %s", table);
    if (!to || pfg_sql_number(rows->store, &last, in->text.ptr, rows->err)) {
        return -1;
    }
    for (size_t i = 0; i < list->n; i++) {
        pfg_arena_clear(rows->arena);
        if (row == PFG_ROW_SERIES) {
            pfg_bind_integer(to, NULL,
                             (intptr_t)*benchmark_of(in, list->at[i]));
        }
        pfg_rows_bind(rows, row, to, list->at[i]);
        if (pfg_statement_run(to, rows->err)) {
            return -1;
        }
    }
    return pfg_statement_flush(to, rows->err)
               ? -1
               : learn_ids(in, table, last, list, at);
}

/* Each once. */
static void push_new(struct pfg_series_ids *in, struct series_list *list,
                     const struct pfg_series *series, void **place)
{
    if (!*place) {
        pfg_vec_push(list, NULL, series);
        *place = in;
    }
}

static int add_missing(struct pfg_series_ids *in,
                       const struct series_list *missing)
{
    struct series_list series = {0}, benchmarks = {0};
    int failed = 0;

    for (size_t i = 0; i < missing->n && !failed; i++) {
        failed = know_benchmarks(in, missing->at[i]->suite);
        push_new(in, &series, missing->at[i], place_of(in, missing->at[i]));
    }
    for (size_t i = 0; i < series.n && !failed; i++) {
        push_new(in, &benchmarks, series.at[i], benchmark_of(in, series.at[i]));
    }
    failed = failed ||
             add_list(in, PFG_ROW_BENCHMARK, "benchmark", &benchmarks,
                      benchmark_of) ||
             add_list(in, PFG_ROW_SERIES, "series", &series, place_of);
    pfg_vec_free(&benchmarks);
    pfg_vec_free(&series);
    return failed;
}

int pfg_series_ids_prepare(struct pfg_series_ids *in, const struct pfg_run *run)
{
    struct series_list missing = {0};
    int failed = look_up_run(in, run);

    for (size_t i = 0; i < run->series.n && !failed; i++) {
        const struct pfg_series *series = run->series.at[i];

        if (series->pieces.n && !*place_of(in, series)) {
            pfg_vec_push(&missing, NULL, series);
        }
    }
    if (missing.n >= MANY) {
        failed = add_missing(in, &missing);
    }
    pfg_vec_free(&missing);
    return failed ? -1 : 0;
}

int pfg_series_ids_find(struct pfg_series_ids *in,
                        const struct pfg_series *series, int64_t *id)
{
    void **known = place_of(in, series);

    if (!*known) {
        if (add_series(in, series, id)) {
            return -1;
        }
        *known = (void *)(uintptr_t)*id;
    }
    *id = (int64_t)(uintptr_t)*known;
    return 0;
}
