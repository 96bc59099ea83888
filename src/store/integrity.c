#include "store/parts.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "store/sql/driver.h"
#include "store/sql/sqlite.h"

#define MAX_FINDINGS 50

struct check {
    struct pfg_store *store;
    struct pfg_arena *arena;
    PFG_VEC(const char *) findings;
    PFG_VEC(long) damaged; /* runs that are not what was stored */
    struct pfg_error *err;
};

static void find(struct check *c, const char *text)
{
    if (c->findings.n < MAX_FINDINGS) {
        pfg_vec_push(&c->findings, c->arena, text);
    }
}

/* Each row of the query is a finding, one text, which `what` introduces. */
static int check_rows(struct check *c, const char *sql, const char *what)
{
    struct pfg_statement *row;
    struct pfg_error own;
    int got;

    if (pfg_statement_new(&row, c->store, sql, &own)) {
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

/* Compares the tables and indexes with those that this program creates. */
static int check_schema(struct check *c)
{
    static const char sql[] = "SELECT type || ' ' || name, sql FROM"
                              " sqlite_schema WHERE sql IS NOT NULL"
                              " ORDER BY 1";
    struct pfg_store *model;
    struct pfg_statement *want = NULL, *have = NULL;
    int failed = pfg_sqlite_open_memory(&model, "memory", c->err) ||
                 pfg_schema_migrate(model, pfg_schema_version(), c->err) ||
                 pfg_statement_new(&want, model, sql, c->err) ||
                 pfg_statement_new(&have, c->store,
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
                                     "%s differs from what perfgate creates",
                                     name));
        }
        failed = pfg_statement_step(have, c->err) < 0;
    }
    pfg_statement_free(have);
    pfg_statement_free(want);
    pfg_store_close(model);
    return failed || got < 0 ? -1 : 0;
}

/* What is wrong with a run; NULL if it is as it was stored. */
static const char *problem_of(struct check *c, long id)
{
    struct pfg_contents contents;
    struct pfg_error why;
    struct pfg_run *run;

    if (pfg_load_rows(c->store, &run, &contents, id, &why)) {
        return pfg_arena_printf(c->arena, "run %ld cannot be read: %s", id,
                                why.message);
    }
    pfg_run_free(run);
    return strcmp(contents.stored, contents.found) != 0
               ? pfg_arena_printf(c->arena, "run %ld does not match its digest",
                                  id)
               : NULL;
}

/* Reads each run as a comparison would. */
static int check_runs(struct check *c)
{
    struct pfg_statement *row;
    int got = -1;

    pfg_statement_new(&row, c->store, "SELECT id FROM run ORDER BY id", c->err);
    while (row && (got = pfg_statement_step(row, c->err)) == 1) {
        long id = (long)pfg_take_integer(row);
        const char *problem = problem_of(c, id);

        if (problem) {
            find(c, problem);
            pfg_vec_push(&c->damaged, c->arena, id);
        }
    }
    pfg_statement_free(row);
    return got;
}

/* Libraries round logarithms differently. */
static bool is_close(double a, double b)
{
    return isnan(a) || isnan(b) ? isnan(a) && isnan(b)
                                : fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

/* The level of a piece, and its primary key. */
struct level_row {
    long run;
    int64_t series, number;
    struct pfg_level level;
};

/* Whether the stored level differs from that of the samples, which goes to
 * *out. */
static bool is_wrong_level(struct level_row *out, struct pfg_statement *row,
                           struct pfg_arena *scratch)
{
    enum pfg_direction better = PFG_LOWER;
    struct pfg_piece piece = {0};
    struct pfg_level have;

    pfg_arena_clear(scratch);
    out->run = (long)pfg_take_integer(row);
    out->series = pfg_take_integer(row);
    out->number = pfg_take_integer(row);
    if (pfg_take_samples(row, &piece, scratch)) {
        return false; /* reported by problem_of() */
    }
    piece.has_summary = pfg_take_integer(row) != 0;
    piece.summary.value = pfg_take_real(row);
    have.median = pfg_take_real(row);
    have.low = pfg_take_real(row);
    pfg_direction_parse(&better, pfg_slice_of(pfg_take_text(row, scratch)));
    out->level = pfg_level_of(&piece, better, scratch);
    return !is_close(out->level.median, have.median) ||
           !is_close(out->level.low, have.low);
}

static int write_level(struct pfg_statement *update,
                       const struct level_row *row, struct pfg_error *err)
{
    pfg_bind_real(update, ":median", row->level.median);
    pfg_bind_real(update, ":low", row->level.low);
    pfg_bind_integer(update, ":run", row->run);
    pfg_bind_integer(update, ":series", row->series);
    pfg_bind_integer(update, ":number", row->number);
    return pfg_statement_run(update, err);
}

/* The levels of one run. With `update` wrong ones are corrected. */
static int check_levels_of(struct check *c, long run, struct pfg_statement *row,
                           struct pfg_statement *update,
                           struct pfg_arena *scratch)
{
    struct level_row level;
    bool told = false;
    int got;

    pfg_bind_integer(row, ":run", run);
    while ((got = pfg_statement_step(row, c->err)) == 1) {
        if (!is_wrong_level(&level, row, scratch)) {
            continue;
        }
        if (!told) {
            find(c, pfg_arena_printf(c->arena,
                                     "%srun %ld: a median does not match its "
                                     "samples",
                                     update ? "corrected: " : "", run));
            told = true;
        }
        if (update && write_level(update, &level, c->err)) {
            return -1;
        }
    }
    return got;
}

/* Compares the medians and levels that histories are read from with the
 * samples, a run at a time, because libpq keeps the whole result of a query in
 * memory. */
static int check_levels(struct check *c, struct pfg_statement *update)
{
    struct pfg_arena *scratch = pfg_arena_new();
    struct pfg_statement *runs, *row = NULL;
    int got = -1;

    pfg_statement_new(&runs, c->store, "SELECT id FROM run ORDER BY id",
                      c->err);
    pfg_statement_new(&row, c->store,
                      "SELECT run, series, number, n, samples, is_summary,"
                      " value, median, low, better FROM measurement"
                      " JOIN series ON series.id = measurement.series"
                      " WHERE run = :run",
                      c->err);
    while (runs && row && (got = pfg_statement_step(runs, c->err)) == 1) {
        got = check_levels_of(c, (long)pfg_take_integer(runs), row, update,
                              scratch);
        if (got) {
            break;
        }
    }
    pfg_statement_free(row);
    pfg_statement_free(runs);
    pfg_arena_free(scratch);
    return got < 0 ? -1 : 0;
}

#define COUNTS_OF_SERIES                                                       \
    "SELECT 'run ' || run.id || ' says that it has ' || n_series ||"           \
    " ' series, and has ' || COUNT(DISTINCT series) FROM run"                  \
    " LEFT JOIN measurement ON measurement.run = run.id"                       \
    " GROUP BY run.id HAVING n_series <> COUNT(DISTINCT series)"

/* Damage below the rows, which on a server is not our business. */
static int check_file(struct check *c)
{
    return check_rows(c, "PRAGMA integrity_check(20)", "") ||
                   check_rows(c,
                              "SELECT DISTINCT \"table\" || ' has rows that"
                              " belong to no ' || parent"
                              " FROM pragma_foreign_key_check",
                              "table ") ||
                   check_schema(c)
               ? -1
               : 0;
}

/* In one transaction, as others may write meanwhile. */
static int check_all(struct check *c)
{
    struct pfg_error *err = c->err, own;
    int failed;

    if (pfg_sql_look(c->store, err)) {
        return -1;
    }
    failed = (c->store->driver->is_file && check_file(c)) ||
             check_rows(c, COUNTS_OF_SERIES, "");

    /* A failure caused by damage is a finding. */
    c->err = &own;
    if (!failed && (check_runs(c) || check_levels(c, NULL))) {
        find(c, pfg_arena_strdup(c->arena, own.message));
    }
    c->err = err;
    /* Asked before the lock is released. */
    failed = failed || (c->findings.n && pfg_sql_readable(c->store, err));
    pfg_sql_rollback(c->store);
    return failed ? -1 : 0;
}

int pfg_store_check(struct pfg_store *store, const char ***out, size_t *n,
                    struct pfg_arena *arena, struct pfg_error *err)
{
    struct check c = {.store = store, .arena = arena, .err = err};
    int failed = check_all(&c);

    *out = c.findings.at;
    *n = c.findings.n;
    return failed;
}

/* --- repairing --- */

/* Derived from the measurements, so it can be corrected. */
static const char recount[] =
    "UPDATE run SET n_series = (SELECT COUNT(DISTINCT series) FROM measurement"
    " WHERE measurement.run = run.id)";

/* Reports the baselines that lose this run. */
static int report_baselines(struct check *c, long id)
{
    struct pfg_statement *row;
    int got;

    if (pfg_statement_new(&row, c->store,
                          "SELECT name FROM baseline WHERE run = :run",
                          c->err)) {
        return -1;
    }
    pfg_bind_integer(row, ":run", id);
    while ((got = pfg_statement_step(row, c->err)) == 1) {
        find(c, pfg_arena_printf(c->arena, "baseline '%s' pointed to run %ld",
                                 pfg_take_text(row, c->arena), id));
    }
    pfg_statement_free(row);
    return got;
}

/* Checks them again first: others may have written since. */
static int remove_damaged(struct check *c)
{
    struct pfg_statement *row;
    int failed = 0;

    if (pfg_statement_new(&row, c->store, "DELETE FROM run WHERE id = :run",
                          c->err)) {
        return -1;
    }
    for (size_t i = 0; i < c->damaged.n && !failed; i++) {
        long id = c->damaged.at[i];
        const char *problem = problem_of(c, id);

        if (problem) {
            find(c, pfg_arena_printf(c->arena, "removed: %s", problem));
            pfg_bind_integer(row, ":run", id);
            failed = report_baselines(c, id) || pfg_statement_run(row, c->err);
        }
    }
    pfg_statement_free(row);
    return failed || pfg_sql_readable(c->store, c->err);
}

static int repair(struct check *c)
{
    struct pfg_statement *update;
    int failed;

    if (pfg_statement_new(&update, c->store,
                          "UPDATE measurement SET median = :median, low = :low"
                          " WHERE run = :run AND series = :series"
                          " AND number = :number",
                          c->err)) {
        return -1;
    }
    failed = remove_damaged(c) || check_levels(c, update) ||
             check_rows(c, COUNTS_OF_SERIES, "corrected: ") ||
             pfg_sql_run(c->store, recount, c->err) ||
             pfg_remove_unused(c->store, c->err);
    pfg_statement_free(update);
    return failed;
}

static void remove_aside(void *path)
{
    remove(path);
}

int pfg_store_repair(struct pfg_store *store, const char *aside,
                     const char ***out, size_t *n, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    struct check c = {.store = store, .arena = arena, .err = err};
    struct pfg_partial partial = {remove_aside, (void *)(uintptr_t)aside, NULL};
    int failed;

    *n = 0;
    failed = check_all(&c);
    if (failed || !c.findings.n) {
        return failed;
    }
    if (!store->driver->is_file) {
        pfg_fail(err, PFG_USAGE, "'%s' is not a file that can be copied",
                 store->name);
        return pfg_hint(err,
                        "save it with pg_dump; 'perfgate db prune' removes "
                        "a version");
    }
    c.findings.n = 0;
    pfg_partial_register(&partial);
    failed = pfg_sqlite_copy_to(c.store, aside, err) ||
             pfg_sql_begin(c.store, err) ||
             pfg_sql_end(c.store, repair(&c), err);
    if (failed || !c.findings.n) {
        remove(aside); /* nothing was removed from the database */
    }
    pfg_partial_forget(&partial);
    *out = c.findings.at;
    *n = c.findings.n;
    return failed ? -1 : 0;
}
