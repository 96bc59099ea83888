#include "store/parts.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "store/sql/driver.h"

/* --- removing --- */

/* Children first: a row is unused only after the rows that used it are gone. */
static const char remove_unused[] = PFG_WITH_BLOCKS
    "DELETE FROM series WHERE NOT EXISTS"
    " (SELECT 1 FROM measurement WHERE series = series.id) AND NOT EXISTS"
    " (SELECT 1 FROM blocks CROSS JOIN point WHERE point.block = blocks.id"
    " AND point.series = series.id);"
    "DELETE FROM judgement WHERE id NOT IN (SELECT judgement FROM verdict);"
    "DELETE FROM benchmark WHERE NOT EXISTS"
    " (SELECT 1 FROM series WHERE benchmark = benchmark.id);"
    "DELETE FROM revision WHERE NOT EXISTS"
    " (SELECT 1 FROM run WHERE revision = revision.id);"
    "DELETE FROM hardware WHERE NOT EXISTS"
    " (SELECT 1 FROM run WHERE hardware = hardware.id);"
    "DELETE FROM settled";

int pfg_remove_unused(struct pfg_store *store, struct pfg_error *err)
{
    return pfg_sql_run(store, remove_unused, err);
}

int pfg_remove_runs(struct pfg_store *store, const long *runs, size_t n,
                    struct pfg_error *err)
{
    struct pfg_statement *row;
    int failed = 0;

    if (pfg_statement_new(&row, store, "DELETE FROM run WHERE id = :run",
                          err)) {
        return -1;
    }
    for (size_t i = 0; i < n && !failed; i++) {
        pfg_bind_integer(row, ":run", runs[i]);
        failed = pfg_statement_run(row, err);
    }
    pfg_statement_free(row);
    return failed ? -1 : pfg_points_remove(store, runs, n, err);
}

/* All but those of baselines. */
static int prune_runs(struct pfg_store *store, size_t *out, const long *runs,
                      size_t n, struct pfg_error *err)
{
    struct pfg_statement *row, *note;
    PFG_VEC(long) removed = {0};
    int64_t id;
    int got = 0;

    if (pfg_statement_new(&row, store,
                          "SELECT id FROM run WHERE id = :run AND id NOT IN"
                          " (SELECT run FROM baseline)",
                          err)) {
        return -1;
    }
    if (pfg_statement_new(&note, store,
                          "INSERT INTO pruned SELECT content FROM run"
                          " WHERE id = :run AND id NOT IN"
                          " (SELECT run FROM baseline)"
                          " ON CONFLICT DO NOTHING",
                          err)) {
        pfg_statement_free(row);
        return -1;
    }
    for (size_t i = 0; i < n && got >= 0; i++) {
        pfg_bind_integer(note, ":run", runs[i]);
        pfg_bind_integer(row, ":run", runs[i]);
        got = pfg_statement_run(note, err)
                  ? -1
                  : pfg_statement_number(row, &id, err);
        if (got == 1) {
            pfg_vec_push(&removed, NULL, runs[i]);
        }
    }
    pfg_statement_free(note);
    pfg_statement_free(row);
    *out = removed.n;
    if (got >= 0) {
        got = pfg_remove_runs(store, removed.at, removed.n, err);
    }
    pfg_vec_free(&removed);
    return got < 0 ? -1 : 0;
}

int pfg_store_remove(struct pfg_store *store, size_t *out, const long *runs,
                     size_t n, struct pfg_error *err)
{
    int failed, attempts = 0;

    do {
        *out = 0;
        failed = pfg_sql_begin(store, err);
        if (!failed) {
            failed = pfg_sql_end(store,
                                 prune_runs(store, out, runs, n, err) ||
                                     pfg_remove_unused(store, err),
                                 err);
        }
    } while (failed && pfg_sql_again(store, &attempts));
    return failed;
}

int pfg_store_compact(struct pfg_store *store, struct pfg_error *err)
{
    /* PostgreSQL does this by itself. */
    return store->driver->is_file ? pfg_sql_run(store, "VACUUM", err) : 0;
}

/* --- counting --- */

int pfg_store_stats(struct pfg_store *store, struct pfg_store_stats *out,
                    struct pfg_error *err)
{
    struct pfg_statement *row;
    int got;

    *out = (struct pfg_store_stats){0};
    if (pfg_statement_new(
            &row, store,
            "SELECT (SELECT COUNT(*) FROM run),"
            " (SELECT COUNT(DISTINCT sha) FROM revision"
            "  JOIN run ON run.revision = revision.id),"
            " (SELECT COUNT(DISTINCT fingerprint) FROM hardware"
            "  JOIN run ON run.hardware = hardware.id),"
            " (SELECT COUNT(DISTINCT suite) FROM benchmark),"
            " (SELECT COUNT(*) FROM benchmark),"
            " (SELECT COUNT(DISTINCT key) FROM series),"
            " (SELECT COUNT(*) FROM measurement)"
            " + (SELECT COUNT(*) FROM point),"
            " (SELECT CAST(COALESCE(SUM(n), 0) AS INTEGER) FROM measurement)"
            " + (SELECT CAST(COALESCE(SUM(n), 0) AS INTEGER) FROM point),"
            " (SELECT MIN(time) FROM run), (SELECT MAX(time) FROM run)",
            err)) {
        return -1;
    }
    got = pfg_statement_step(row, err);
    if (got == 1) {
        out->n_runs = (size_t)pfg_take_integer(row);
        out->n_revisions = (size_t)pfg_take_integer(row);
        out->n_profiles = (size_t)pfg_take_integer(row);
        out->n_suites = (size_t)pfg_take_integer(row);
        out->n_benchmarks = (size_t)pfg_take_integer(row);
        out->n_series = (size_t)pfg_take_integer(row);
        out->n_measurements = (size_t)pfg_take_integer(row);
        out->n_samples = (size_t)pfg_take_integer(row);
        out->first = pfg_take_integer(row);
        out->last = pfg_take_integer(row);
    }
    pfg_statement_free(row);
    return got < 0 ? -1 : 0;
}

int pfg_store_size(struct pfg_store *store, int64_t *out, struct pfg_error *err)
{
    return pfg_sql_number(store, out, store->driver->size, err);
}
