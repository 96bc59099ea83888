#include "store/named.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/vec.h"

/* The runs of a profile. NULL stands for every profile. */
#define ON_PROFILE                                                             \
    " (:fingerprint IS NULL OR baseline.run IN (SELECT run.id FROM run"        \
    " JOIN hardware ON hardware.id = run.hardware"                             \
    " WHERE hardware.fingerprint = :fingerprint))"

/* Fails where there is no such run; *fingerprint is its profile's. */
static int find_profile(struct pfg_database *database, const char **fingerprint,
                        long run, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    struct pfg_statement *row;
    int got;

    if (pfg_statement_new(&row, database,
                          "SELECT hardware.fingerprint FROM run"
                          " JOIN hardware ON hardware.id = run.hardware"
                          " WHERE run.id = :run",
                          err)) {
        return -1;
    }
    pfg_bind_integer(row, ":run", run);
    got = pfg_statement_step(row, err);
    if (got == 1) {
        *fingerprint = pfg_take_text(row, arena);
    }
    pfg_statement_free(row);
    if (!got) {
        return pfg_fail(err, PFG_DATA, "no run %ld in '%s'", run,
                        pfg_database_path(database));
    }
    return got < 0 ? -1 : 0;
}

/* Inside a transaction. */
static int forget(struct pfg_database *database, size_t *out, const char *name,
                  const char *fingerprint, struct pfg_error *err)
{
    struct pfg_statement *row;
    int got;

    *out = 0;
    if (pfg_statement_new(&row, database,
                          "DELETE FROM baseline WHERE name = :name"
                          " AND" ON_PROFILE " RETURNING run",
                          err)) {
        return -1;
    }
    pfg_bind_text(row, ":name", name);
    pfg_bind_text(row, ":fingerprint", fingerprint);
    while ((got = pfg_statement_step(row, err)) == 1) {
        ++*out;
    }
    pfg_statement_free(row);
    return got;
}

static int add(struct pfg_database *database, const char *name, pfg_time saved,
               const long *runs, size_t n, struct pfg_error *err)
{
    struct pfg_statement *row;
    int failed = 0;

    if (pfg_statement_new(&row, database,
                          "INSERT INTO baseline (name, run, saved)"
                          " VALUES (:name, :run, :saved)"
                          " ON CONFLICT DO NOTHING",
                          err)) {
        return -1;
    }
    for (size_t i = 0; i < n && !failed; i++) {
        pfg_bind_text(row, ":name", name);
        pfg_bind_integer(row, ":run", runs[i]);
        pfg_bind_integer(row, ":saved", saved);
        failed = pfg_statement_run(row, err);
    }
    pfg_statement_free(row);
    return failed;
}

static int replace(struct pfg_database *database, const char *name,
                   pfg_time saved, const long *runs, size_t n,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    for (size_t i = 0; i < n; i++) {
        const char *fingerprint = NULL;
        size_t forgotten;

        if (find_profile(database, &fingerprint, runs[i], arena, err) ||
            forget(database, &forgotten, name, fingerprint, err)) {
            return -1;
        }
    }
    return add(database, name, saved, runs, n, err);
}

int pfg_named_set(struct pfg_database *database, const char *name,
                  pfg_time saved, const long *runs, size_t n,
                  struct pfg_error *err)
{
    struct pfg_arena *arena;
    int failed;

    if (pfg_database_begin(database, err)) {
        return -1;
    }
    arena = pfg_arena_new();
    failed = replace(database, name, saved, runs, n, arena, err);
    pfg_arena_free(arena);
    if (failed) {
        pfg_database_rollback(database);
        return -1;
    }
    return pfg_database_commit(database, err);
}

int pfg_named_get(struct pfg_database *database, long **out, size_t *n,
                  const char *name, const char *fingerprint,
                  struct pfg_arena *arena, struct pfg_error *err)
{
    PFG_VEC(long) ids = {0};
    struct pfg_statement *row;
    int got;

    *out = NULL;
    *n = 0;
    if (pfg_statement_new(&row, database,
                          "SELECT baseline.run FROM baseline"
                          " JOIN run ON run.id = baseline.run"
                          " WHERE baseline.name = :name AND" ON_PROFILE
                          " ORDER BY run.time DESC, run.id DESC",
                          err)) {
        return -1;
    }
    pfg_bind_text(row, ":name", name);
    pfg_bind_text(row, ":fingerprint", fingerprint);
    while ((got = pfg_statement_step(row, err)) == 1) {
        pfg_vec_push(&ids, arena, (long)pfg_take_integer(row));
    }
    pfg_statement_free(row);
    *out = ids.at;
    *n = ids.n;
    return got;
}

int pfg_named_list(struct pfg_database *database,
                   struct pfg_named_baseline **out, size_t *n,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    PFG_VEC(struct pfg_named_baseline) list = {0};
    struct pfg_statement *row;
    int got;

    *out = NULL;
    *n = 0;
    if (pfg_statement_new(
            &row, database,
            "SELECT baseline.name, MIN(hardware.name), hardware.fingerprint,"
            " MAX(baseline.saved), COUNT(*) FROM baseline"
            " JOIN run ON run.id = baseline.run"
            " JOIN hardware ON hardware.id = run.hardware"
            " GROUP BY baseline.name, hardware.fingerprint"
            " ORDER BY baseline.name, MIN(hardware.name),"
            " hardware.fingerprint",
            err)) {
        return -1;
    }
    while ((got = pfg_statement_step(row, err)) == 1) {
        struct pfg_named_baseline item;

        item.name = pfg_take_text(row, arena);
        item.profile = pfg_take_text(row, arena);
        item.fingerprint = pfg_take_text(row, arena);
        item.saved = pfg_take_integer(row);
        item.n_runs = (size_t)pfg_take_integer(row);
        pfg_vec_push(&list, arena, item);
    }
    pfg_statement_free(row);
    *out = list.at;
    *n = list.n;
    return got;
}

int pfg_named_delete(struct pfg_database *database, size_t *out,
                     const char *name, const char *fingerprint,
                     struct pfg_error *err)
{
    if (pfg_database_begin(database, err)) {
        return -1;
    }
    if (forget(database, out, name, fingerprint, err)) {
        pfg_database_rollback(database);
        return -1;
    }
    return pfg_database_commit(database, err);
}
