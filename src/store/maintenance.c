#include "store/maintenance.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"
#include "store/load_run.h"
#include "store/schema.h"

/* More than these help nobody. */
#define MAX_FINDINGS 50

/* --- removing --- */

/* Children first: what a row is used by is gone before it is looked at. */
static const char remove_unused[] =
    "DELETE FROM series WHERE id NOT IN (SELECT series FROM measurement);"
    "DELETE FROM benchmark WHERE id NOT IN (SELECT benchmark FROM series);"
    "DELETE FROM revision WHERE id NOT IN (SELECT revision FROM run);"
    "DELETE FROM hardware WHERE id NOT IN (SELECT hardware FROM run)";

static int remove_runs(struct pfg_database *database, size_t *out,
                       const long *runs, size_t n, struct pfg_error *err)
{
    struct pfg_statement *row;
    int64_t id;
    int got = 0;

    if (pfg_statement_new(&row, database,
                          "DELETE FROM run WHERE id = :run AND id NOT IN"
                          " (SELECT run FROM baseline) RETURNING id",
                          err)) {
        return -1;
    }
    for (size_t i = 0; i < n && got >= 0; i++) {
        pfg_bind_integer(row, ":run", runs[i]);
        got = pfg_statement_number(row, &id, err);
        *out += got == 1;
    }
    pfg_statement_free(row);
    return got < 0 ? -1 : 0;
}

int pfg_care_remove(struct pfg_database *database, size_t *out,
                    const long *runs, size_t n, struct pfg_error *err)
{
    *out = 0;
    if (pfg_database_begin(database, err)) {
        return -1;
    }
    if (remove_runs(database, out, runs, n, err) ||
        pfg_database_run(database, remove_unused, err)) {
        pfg_database_rollback(database);
        return -1;
    }
    return pfg_database_commit(database, err);
}

int pfg_care_compact(struct pfg_database *database, struct pfg_error *err)
{
    return pfg_database_run(database, "VACUUM", err);
}

/* --- counting --- */

int pfg_care_stats(struct pfg_database *database, struct pfg_store_stats *out,
                   struct pfg_error *err)
{
    struct pfg_statement *row;
    int got;

    *out = (struct pfg_store_stats){0};
    if (pfg_statement_new(
            &row, database,
            "SELECT (SELECT COUNT(*) FROM run),"
            " (SELECT COUNT(DISTINCT sha) FROM revision"
            "  JOIN run ON run.revision = revision.id),"
            " (SELECT COUNT(DISTINCT fingerprint) FROM hardware"
            "  JOIN run ON run.hardware = hardware.id),"
            " (SELECT COUNT(DISTINCT suite) FROM benchmark),"
            " (SELECT COUNT(*) FROM benchmark),"
            " (SELECT COUNT(DISTINCT key) FROM series),"
            " (SELECT COUNT(*) FROM measurement),"
            " (SELECT SUM(n) FROM measurement),"
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

/* --- checking --- */

struct check {
    struct pfg_database *database;
    struct pfg_arena *arena;
    PFG_VEC(const char *) findings;
    struct pfg_error *err;
};

static void find(struct check *c, const char *text)
{
    if (c->findings.n < MAX_FINDINGS) {
        pfg_vec_push(&c->findings, c->arena, text);
    }
}

/* A query whose rows are what is wrong, one text each, and what that is. */
static int check_rows(struct check *c, const char *sql, const char *what)
{
    struct pfg_statement *row;
    struct pfg_error own;
    int got;

    if (pfg_statement_new(&row, c->database, sql, &own)) {
        find(c, pfg_arena_strdup(c->arena, own.message));
        return 0;
    }
    while ((got = pfg_statement_step(row, &own)) == 1) {
        const char *text = pfg_take_text(row, c->arena);

        if (strcmp(text, "ok") != 0) {
            find(c, pfg_arena_printf(c->arena, "%s%s", what, text));
        }
    }
    if (got < 0) {
        find(c, pfg_arena_strdup(c->arena, own.message));
    }
    pfg_statement_free(row);
    return 0;
}

/* The tables and indexes that this program makes, against those that are
 * there. */
static int check_schema(struct check *c)
{
    static const char sql[] = "SELECT type || ' ' || name, sql FROM"
                              " sqlite_schema WHERE sql IS NOT NULL"
                              " ORDER BY 1";
    struct pfg_database *model;
    struct pfg_statement *want = NULL, *have = NULL;
    int failed = pfg_database_open_memory(&model, "memory", c->err) ||
                 pfg_schema_migrate(model, pfg_schema_version(), c->err) ||
                 pfg_statement_new(&want, model, sql, c->err) ||
                 pfg_statement_new(&have, c->database,
                                   "SELECT sql FROM sqlite_schema"
                                   " WHERE type || ' ' || name = :name",
                                   c->err);
    int got = 0;

    while (!failed && (got = pfg_statement_step(want, c->err)) == 1) {
        const char *name = pfg_take_text(want, c->arena);
        const char *text = pfg_take_text(want, c->arena);

        pfg_bind_text(have, ":name", name);
        if (pfg_statement_step(have, NULL) != 1) {
            find(c, pfg_arena_printf(c->arena, "%s is missing", name));
            continue;
        }
        if (strcmp(pfg_take_text(have, c->arena), text) != 0) {
            find(c, pfg_arena_printf(c->arena,
                                     "%s is not the one that "
                                     "perfgate makes",
                                     name));
        }
        failed = pfg_statement_step(have, c->err) < 0;
    }
    pfg_statement_free(have);
    pfg_statement_free(want);
    pfg_database_close(model);
    return failed || got < 0 ? -1 : 0;
}

/* Each run as a comparison would read it. */
static int check_runs(struct check *c)
{
    PFG_VEC(long) ids = {0};
    struct pfg_statement *row;
    struct pfg_error own;

    if (pfg_statement_new(&row, c->database, "SELECT id FROM run ORDER BY id",
                          &own)) {
        find(c, pfg_arena_strdup(c->arena, own.message));
        return 0;
    }
    while (pfg_statement_step(row, &own) == 1) {
        pfg_vec_push(&ids, c->arena, (long)pfg_take_integer(row));
    }
    pfg_statement_free(row);
    for (size_t i = 0; i < ids.n && c->findings.n < MAX_FINDINGS; i++) {
        struct pfg_run *run;

        if (pfg_load_run(c->database, &run, ids.at[i], &own)) {
            find(c, pfg_arena_printf(c->arena, "run %ld cannot be read: %s",
                                     ids.at[i], own.message));
        }
        pfg_run_free(run);
    }
    return 0;
}

static const struct query {
    const char *sql, *what;
} queries[] = {
    {"PRAGMA integrity_check(20)", ""},
    {"SELECT DISTINCT \"table\" || ' has rows that belong to no ' || parent"
     " FROM pragma_foreign_key_check",
     "table "},
    {"SELECT 'run ' || run.id || ' says that it has ' || n_series ||"
     " ' series, and has ' || COUNT(DISTINCT series) FROM run"
     " LEFT JOIN measurement ON measurement.run = run.id"
     " GROUP BY run.id HAVING n_series <> COUNT(DISTINCT series)",
     ""},
};

int pfg_care_check(struct pfg_database *database, const char ***out, size_t *n,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    struct check c = {.database = database, .arena = arena, .err = err};
    int failed = 0;

    for (size_t i = 0; i < sizeof queries / sizeof *queries && !failed; i++) {
        failed = check_rows(&c, queries[i].sql, queries[i].what);
    }
    failed = failed || check_schema(&c) || check_runs(&c) ||
             (c.findings.n && pfg_database_readable(database, err));
    *out = c.findings.at;
    *n = c.findings.n;
    return failed ? -1 : 0;
}
