#include "store/parts.h"

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

/* Reads each run as a comparison would. With `corrects` what is derived from
 * its samples is corrected. */
static int check_runs(struct check *c, bool corrects)
{
    const char *corrected = corrects ? "corrected: " : "";
    struct pfg_statement *row;
    struct pfg_run_check found;
    int got = -1;

    pfg_statement_new(&row, c->store, "SELECT id FROM run ORDER BY id", c->err);
    while (row && (got = pfg_statement_step(row, c->err)) == 1) {
        long id = (long)pfg_take_integer(row);

        if (pfg_check_run(c->store, &found, id, corrects, c->arena, c->err)) {
            got = -1;
            break;
        }
        if (found.problem) {
            find(c, found.problem);
            pfg_vec_push(&c->damaged, c->arena, id);
        }
        if (found.wrong_series) {
            find(c, pfg_arena_printf(c->arena, "%s%s", corrected,
                                     found.wrong_series));
        }
        if (found.wrong_history) {
            find(c, pfg_arena_printf(
                        c->arena,
                        "%srun %ld: its history does not match its samples",
                        corrected, id));
        }
    }
    pfg_statement_free(row);
    return got;
}

/* Rows that a history would read besides those of its runs: packed runs have
 * all of theirs in `point`, in their block, and others have none there. No
 * constraint of the database says so. */
static const struct {
    const char *table, *rows, *which;
} strays[] = {
    {"point", "no packed run",
     "block <> run / 32 OR run NOT IN (SELECT run FROM pack)"},
    {"measurement", "packed runs", "run IN (SELECT run FROM pack)"},
};

static int check_strays(struct check *c, bool corrects)
{
    for (size_t i = 0; i < PFG_COUNT(strays); i++) {
        const char *table = strays[i].table, *which = strays[i].which;
        const char *found =
            pfg_arena_printf(c->arena,
                             "SELECT 'table %s has rows of %s'"
                             " WHERE EXISTS (SELECT 1 FROM %s WHERE %s)",
                             table, strays[i].rows, table, which);

        if (check_rows(c, found, corrects ? "corrected: " : "") ||
            (corrects &&
             pfg_sql_run(c->store,
                         pfg_arena_printf(c->arena, "DELETE FROM %s WHERE %s",
                                          table, which),
                         c->err))) {
            return -1;
        }
    }
    return 0;
}

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
    failed =
        (c->store->driver->is_file && check_file(c)) || check_strays(c, false);

    /* A failure caused by damage is a finding. */
    c->err = &own;
    if (!failed && check_runs(c, false)) {
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
    int failed = 0;

    for (size_t i = 0; i < c->damaged.n && !failed; i++) {
        long id = c->damaged.at[i];
        struct pfg_run_check found;

        failed = pfg_check_run(c->store, &found, id, false, c->arena, c->err);
        if (!failed && found.problem) {
            find(c, pfg_arena_printf(c->arena, "removed: %s", found.problem));
            failed = report_baselines(c, id) ||
                     pfg_remove_runs(c->store, &id, 1, c->err);
        }
    }
    return failed || pfg_sql_readable(c->store, c->err);
}

static int repair(struct check *c)
{
    return remove_damaged(c) || check_runs(c, true) || check_strays(c, true) ||
           pfg_remove_unused(c->store, c->err);
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
