#include "store/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "stats/sample.h"
#include "store/sql/driver.h"

/* A condition of a query. Values are bound, never part of the text. */
struct filter {
    const char *condition, *name, *value; /* without a value it is left out */
};

/* Selects the columns, which may be NULL, and then `select`. */
static struct pfg_statement *filtered(struct pfg_store *store,
                                      const struct pfg_columns *columns,
                                      const char *select,
                                      const struct filter *filters, size_t n,
                                      const char *order, struct pfg_error *err)
{
    struct pfg_statement *statement;
    struct pfg_str sql;
    const char *joint = " WHERE ";

    pfg_str_init(&sql, 0);
    pfg_str_puts(&sql, "SELECT ");
    if (columns) {
        pfg_columns_names(&sql, columns, true);
    }
    pfg_str_puts(&sql, select);
    for (size_t i = 0; i < n; i++) {
        if (filters[i].value) {
            pfg_str_printf(&sql, "%s%s = %s", joint, filters[i].condition,
                           filters[i].name);
            joint = " AND ";
        }
    }
    pfg_str_puts(&sql, order);
    pfg_statement_new(&statement, store, sql.ptr, err);
    pfg_str_free(&sql);
    for (size_t i = 0; statement && i < n; i++) {
        if (filters[i].value) {
            pfg_bind_text(statement, filters[i].name, filters[i].value);
        }
    }
    return statement;
}

/* Texts that equal those of the row before are shared. */
static void read_info(struct pfg_run_info *info, struct pfg_statement *row,
                      const struct pfg_columns *revision, bool brief,
                      struct pfg_arena *arena)
{
    pfg_columns_take(row, revision, &info->revision,
                     &(struct pfg_taking){arena});
    info->id = (long)pfg_take_integer(row);
    info->profile = pfg_take_shared(row, info->profile, arena);
    info->fingerprint = pfg_take_shared(row, info->fingerprint, arena);
    info->time = pfg_take_integer(row);
    if (brief) {
        return;
    }
    info->tool = pfg_take_shared(row, info->tool, arena);
    info->source = pfg_take_shared(row, info->source, arena);
    info->n_series = (size_t)pfg_take_integer(row);
    info->failed = pfg_take_bytes(row).len > 0;
    info->content = pfg_take_text(row, arena);
}

static int newest_first(const void *left, const void *right)
{
    const struct pfg_run_info *a = left, *b = right;

    return a->time != b->time ? (a->time < b->time) - (a->time > b->time)
                              : (a->id < b->id) - (a->id > b->id);
}

#define BRIEF ", run.id, hardware.name, hardware.fingerprint, run.time"
#define REST  ", run.tool, run.source, run.n_series, run.failure, run.content"
#define FROM_RUNS                                                              \
    " FROM run JOIN revision ON revision.id = run.revision"                    \
    " JOIN hardware ON hardware.id = run.hardware"

int pfg_store_find(struct pfg_store *store, struct pfg_run_info **out,
                   size_t *n, const struct pfg_run_query *query,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    const struct filter filters[] = {
        {"revision.sha", ":revision", query->revision},
        {"revision.tree", ":tree", query->tree},
        {"hardware.fingerprint", ":fingerprint", query->fingerprint},
        {"run.tool", ":tool", query->tool},
    };
    const struct pfg_columns revision =
        pfg_columns_of(NULL, &pfg_kind_revision);
    struct pfg_statement *row = filtered(
        store, &revision, query->brief ? BRIEF FROM_RUNS : BRIEF REST FROM_RUNS,
        filters, PFG_COUNT(filters),
        query->limit > 0 ? " ORDER BY run.time DESC, run.id DESC LIMIT :limit"
                         : "",
        err);
    PFG_VEC(struct pfg_run_info) infos = {0};
    struct pfg_run_info info = {0};
    int got = -1;

    if (row && query->limit > 0) {
        pfg_bind_integer(row, ":limit", query->limit);
    }
    while (row && (got = pfg_statement_step(row, err)) == 1) {
        read_info(&info, row, &revision, query->brief, arena);
        pfg_vec_push(&infos, NULL, info);
    }
    pfg_statement_free(row);
    *out = pfg_arena_new_array(arena, struct pfg_run_info, infos.n);
    *n = infos.n;
    /* SQLite would sort whole rows, texts and all. */
    if (infos.n) {
        qsort(infos.at, infos.n, sizeof *infos.at, newest_first);
        memcpy(*out, infos.at, infos.n * sizeof **out);
    }
    pfg_vec_free(&infos);
    return got;
}

/* Reads the one column of a query and frees it; NULL: it has failed. */
static int take_texts(struct pfg_statement *row, const char ***out, size_t *n,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    PFG_VEC(const char *) texts = {0};
    int got = -1;

    while (row && (got = pfg_statement_step(row, err)) == 1) {
        pfg_vec_push(&texts, arena, pfg_take_text(row, arena));
    }
    pfg_statement_free(row);
    *out = texts.at;
    *n = texts.n;
    return got;
}

int pfg_store_removed(struct pfg_store *store, const char ***out, size_t *n,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_statement *row = NULL;

    pfg_statement_new(&row, store,
                      "SELECT content FROM pruned ORDER BY content", err);
    return take_texts(row, out, n, arena, err);
}

int pfg_store_revisions(struct pfg_store *store, const char ***out, size_t *n,
                        const char *fingerprint, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    const struct filter filters[] = {
        {"hardware.fingerprint", ":fingerprint", fingerprint},
    };
    struct pfg_statement *row = filtered(
        store, NULL,
        "revision.sha FROM run"
        " JOIN revision ON revision.id = run.revision"
        " JOIN hardware ON hardware.id = run.hardware",
        filters, 1,
        " GROUP BY revision.sha ORDER BY MAX(run.time) DESC, MAX(run.id) DESC",
        err);

    return take_texts(row, out, n, arena, err);
}

#define BY_NAME                                                                \
    " ORDER BY benchmark.suite, benchmark.name, benchmark.params,"             \
    " series.variant, series.metric, series.id"
/* The benchmarks first: an index has all their names. */
#define WITHIN                                                                 \
    " WHERE benchmark.id IN"                                                   \
    " (SELECT id FROM benchmark WHERE instr(:within, name) > 0)"

int pfg_store_series(struct pfg_store *store, const char *within,
                     struct pfg_stored_series **out, size_t *n,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    const struct pfg_columns columns = pfg_columns_of(NULL, &pfg_kind_series);
    struct pfg_statement *row =
        filtered(store, &columns,
                 ", series.id FROM series"
                 " JOIN benchmark ON benchmark.id = series.benchmark",
                 NULL, 0, within ? WITHIN BY_NAME : BY_NAME, err);
    PFG_VEC(struct pfg_stored_series) all = {0};
    struct pfg_stored_series one = {0};
    struct pfg_map facts;
    int got = -1;

    pfg_map_init(&facts, arena);

    if (row && within) {
        pfg_bind_text(row, ":within", within);
    }
    while (row && (got = pfg_statement_step(row, err)) == 1) {
        if (pfg_columns_take(row, &columns, &one.series,
                             &(struct pfg_taking){arena, &facts})) {
            got = pfg_fail(err, PFG_SYSTEM, "'%s' is damaged: a series",
                           pfg_store_name(store));
            break;
        }
        one.id = (long)pfg_take_integer(row);
        pfg_vec_push(&all, arena, one);
    }
    pfg_statement_free(row);
    *out = all.at;
    *n = all.n;
    return got;
}

/* A history that is being read. The medians of a run's processes, which are
 * adjacent rows, are collected until the run ends. */
struct history {
    PFG_VEC(struct pfg_history_point) points;
    PFG_VEC(double) medians;
};

static void end_point(struct history *history)
{
    if (history->medians.n) {
        history->points.at[history->points.n - 1].median =
            pfg_median(history->medians.at, history->medians.n);
        history->medians.n = 0;
    }
}

/* One process. */
static void read_point(struct history *history, struct pfg_statement *row,
                       struct pfg_arena *arena)
{
    struct pfg_history_point point = {.run = (long)pfg_take_integer(row)};
    int64_t n = pfg_take_integer(row);
    struct pfg_level level = pfg_take_level(row, n);

    point.low = level.low;
    if (!history->points.n ||
        history->points.at[history->points.n - 1].run != point.run) {
        end_point(history);
        pfg_vec_push(&history->points, arena, point);
    }
    history->points.at[history->points.n - 1].n += (size_t)n;
    pfg_vec_push(&history->medians, NULL, level.median);
}

static int read_points(struct history *history, struct pfg_store *store,
                       const char *sql, long series, struct pfg_arena *arena,
                       struct pfg_error *err)
{
    struct pfg_statement *row;
    int got;

    if (pfg_statement_new(&row, store, sql, err)) {
        return -1;
    }
    pfg_bind_integer(row, ":series", series);
    while ((got = pfg_statement_step(row, err)) == 1) {
        read_point(history, row, arena);
    }
    pfg_statement_free(row);
    return got;
}

/* Runs that are not packed were stored by an older perfgate: their ids are
 * smaller. */
static const char unpacked_points[] =
    "SELECT run, n, median, low FROM measurement"
    " WHERE series = :series AND median IS NOT NULL ORDER BY run, number";
/* SQLite runs a CROSS JOIN in the order of its tables, here that of the runs. A
 * sort would take as long as reading them. */
static const char packed_points[] =
    PFG_WITH_BLOCKS "SELECT run, n, median, low FROM blocks CROSS JOIN point"
                    " WHERE point.block = blocks.id AND series = :series"
                    " AND median IS NOT NULL";
/* PostgreSQL has an index for this. */
static const char packed_on_server[] =
    "SELECT run, n, median, low FROM point"
    " WHERE series = :series AND median IS NOT NULL ORDER BY run, number";

int pfg_store_history(struct pfg_store *store, struct pfg_history_point **out,
                      size_t *n, long series, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    struct history history = {0};
    int failed =
        read_points(&history, store, unpacked_points, series, arena, err) ||
        read_points(&history, store,
                    store->driver->is_file ? packed_points : packed_on_server,
                    series, arena, err);

    end_point(&history);
    pfg_vec_free(&history.medians);
    *out = history.points.at;
    *n = history.points.n;
    return failed ? -1 : 0;
}
