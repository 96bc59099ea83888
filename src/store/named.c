#include "store/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/name.h"

/* The runs of a profile. NULL stands for every profile. */
#define ON_PROFILE                                                             \
    " (:fingerprint IS NULL OR baseline.run IN (SELECT run.id FROM run"        \
    " JOIN hardware ON hardware.id = run.hardware"                             \
    " WHERE hardware.fingerprint = :fingerprint))"

/* ---- the changes of a name ---- */

/* A deletion is noted on every profile. */
static int check_names(const struct pfg_baseline_change *change,
                       struct pfg_error *err)
{
    return pfg_name_check(change->name, "a baseline", PFG_DATA,
                          (struct pfg_pos){0}, err) ||
                   (*change->profile &&
                    pfg_name_check(change->profile, "hardware", PFG_DATA,
                                   (struct pfg_pos){0}, err))
               ? -1
               : 0;
}

int pfg_named_note(struct pfg_store *store,
                   const struct pfg_baseline_change *change,
                   struct pfg_error *err)
{
    struct pfg_statement *row;
    int failed;

    if (change->n_runs && check_names(change, err)) {
        return -1;
    }
    if (pfg_statement_new(
            &row, store,
            "INSERT INTO baseline_change (name, fingerprint, profile, time,"
            " how, revision, n_runs) VALUES (:name, :fingerprint, :profile,"
            " :time, :how, :revision, :n_runs) ON CONFLICT DO NOTHING",
            err)) {
        return -1;
    }
    pfg_bind_text(row, ":name", change->name);
    pfg_bind_text(row, ":fingerprint", change->fingerprint);
    pfg_bind_text(row, ":profile", change->profile);
    pfg_bind_integer(row, ":time", change->time);
    pfg_bind_text(row, ":how", change->how);
    pfg_bind_text(row, ":revision", change->revision);
    pfg_bind_integer(row, ":n_runs", (int64_t)change->n_runs);
    failed = pfg_statement_run(row, err);
    pfg_statement_free(row);
    return failed;
}

int pfg_store_baseline_changes(struct pfg_store *store,
                               struct pfg_baseline_change **out, size_t *n,
                               const char *name, struct pfg_arena *arena,
                               struct pfg_error *err)
{
    PFG_VEC(struct pfg_baseline_change) list = {0};
    struct pfg_statement *row;
    int got;

    *out = NULL;
    *n = 0;
    if (pfg_statement_new(
            &row, store,
            "SELECT name, profile, fingerprint, time, how, revision, n_runs"
            " FROM baseline_change WHERE :name IS NULL OR name = :name"
            " ORDER BY time DESC, id DESC",
            err)) {
        return -1;
    }
    pfg_bind_text(row, ":name", name);
    while ((got = pfg_statement_step(row, err)) == 1) {
        struct pfg_baseline_change change;

        change.name = pfg_take_text(row, arena);
        change.profile = pfg_take_text(row, arena);
        change.fingerprint = pfg_take_text(row, arena);
        change.time = pfg_take_integer(row);
        change.how = pfg_take_text(row, arena);
        change.revision = pfg_take_text(row, arena);
        change.n_runs = (size_t)pfg_take_integer(row);
        pfg_vec_push(&list, arena, change);
    }
    pfg_statement_free(row);
    *out = list.at;
    *n = list.n;
    return got;
}

/* ---- the runs of a name ---- */

static int read_list(struct pfg_store *store, struct pfg_named_baseline **out,
                     size_t *n, const char *name, const char *fingerprint,
                     struct pfg_arena *arena, struct pfg_error *err)
{
    const struct pfg_columns revision =
        pfg_columns_of(NULL, &pfg_kind_revision);
    PFG_VEC(struct pfg_named_baseline) list = {0};
    struct pfg_statement *row;
    int got;

    *out = NULL;
    *n = 0;
    if (pfg_statement_new(
            &row, store,
            "SELECT baseline.name, hardware.name, hardware.fingerprint,"
            " baseline.saved, revision.sha, revision.tree, revision.subject,"
            " run.branch, run.merged, revision.time, run.dirty,"
            " revision.named, run.time FROM baseline"
            " JOIN run ON run.id = baseline.run"
            " JOIN revision ON revision.id = run.revision"
            " JOIN hardware ON hardware.id = run.hardware"
            " WHERE (:name IS NULL OR baseline.name = :name) AND" ON_PROFILE
            " ORDER BY baseline.name, hardware.fingerprint, run.time DESC,"
            " run.id DESC",
            err)) {
        return -1;
    }
    pfg_bind_text(row, ":name", name);
    pfg_bind_text(row, ":fingerprint", fingerprint);
    while ((got = pfg_statement_step(row, err)) == 1) {
        struct pfg_named_baseline item = {.n_runs = 1};
        struct pfg_named_baseline *last = list.n ? &list.at[list.n - 1] : NULL;

        item.name = pfg_take_text(row, arena);
        item.profile = pfg_take_text(row, arena);
        item.fingerprint = pfg_take_text(row, arena);
        item.saved = pfg_take_integer(row);
        pfg_columns_take(row, &revision, &item.revision,
                         &(struct pfg_taking){arena});
        item.time = pfg_take_integer(row);
        if (last && !strcmp(last->name, item.name) &&
            !strcmp(last->fingerprint, item.fingerprint)) {
            last->n_runs++;
        } else {
            pfg_vec_push(&list, arena, item);
        }
    }
    pfg_statement_free(row);
    *out = list.at;
    *n = list.n;
    return got;
}

/* By name, then profile. */
static int compare_items(const void *a, const void *b)
{
    const struct pfg_named_baseline *left = a, *right = b;
    int order = strcmp(left->name, right->name);

    order = order ? order : strcmp(left->profile, right->profile);
    return order ? order : strcmp(left->fingerprint, right->fingerprint);
}

int pfg_store_baseline_list(struct pfg_store *store,
                            struct pfg_named_baseline **out, size_t *n,
                            struct pfg_arena *arena, struct pfg_error *err)
{
    if (read_list(store, out, n, NULL, NULL, arena, err)) {
        return -1;
    }
    if (*n) {
        qsort(*out, *n, sizeof **out, compare_items);
    }
    return 0;
}

int pfg_store_baseline_note(struct pfg_store *store,
                            const struct pfg_baseline_change *changes, size_t n,
                            struct pfg_error *err)
{
    int failed = pfg_sql_begin(store, err);

    for (size_t i = 0; i < n && !failed; i++) {
        failed = pfg_named_note(store, &changes[i], err);
    }
    return pfg_sql_end(store, failed, err);
}

/* Finds the fingerprint of a run's profile; fails if there is no such run. */
static int find_profile(struct pfg_store *store, const char **fingerprint,
                        long run, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    struct pfg_statement *row;
    int got;

    if (pfg_statement_new(&row, store,
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
                        pfg_store_name(store));
    }
    return got < 0 ? -1 : 0;
}

/* Inside a transaction. */
static int forget(struct pfg_store *store, size_t *out, const char *name,
                  const char *fingerprint, struct pfg_error *err)
{
    struct pfg_statement *row;
    int got;

    *out = 0;
    if (pfg_statement_new(&row, store,
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

int pfg_named_add(struct pfg_store *store, const char *name, pfg_time saved,
                  const long *runs, size_t n, struct pfg_error *err)
{
    struct pfg_statement *row;
    int failed = 0;

    if (pfg_name_check(name, "a baseline", PFG_DATA, (struct pfg_pos){0},
                       err)) {
        return -1;
    }
    if (pfg_statement_new(&row, store,
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

/* Notes what the name means now on every profile it was just changed on:
 * those of `runs`. */
static int note_meaning(struct pfg_store *store, const char *name,
                        pfg_time saved, const char *how,
                        const char *const *fingerprints, size_t n,
                        struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_named_baseline *items;
    size_t n_items;

    for (size_t i = 0; i < n; i++) {
        struct pfg_baseline_change change = {
            .name = name,
            .fingerprint = fingerprints[i],
            .time = saved,
            .how = how,
        };

        if (read_list(store, &items, &n_items, name, fingerprints[i], arena,
                      err)) {
            return -1;
        }
        change.profile = items[0].profile;
        change.revision = items[0].revision.id;
        change.n_runs = items[0].n_runs;
        if (pfg_named_note(store, &change, err)) {
            return -1;
        }
    }
    return 0;
}

static int replace(struct pfg_store *store, const char *name, pfg_time saved,
                   const char *how, const long *runs, size_t n,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    const char **fingerprints = pfg_arena_new_array(arena, const char *, n);

    for (size_t i = 0; i < n; i++) {
        size_t forgotten;

        if (find_profile(store, &fingerprints[i], runs[i], arena, err) ||
            forget(store, &forgotten, name, fingerprints[i], err)) {
            return -1;
        }
    }
    return pfg_named_add(store, name, saved, runs, n, err) ||
                   note_meaning(store, name, saved, how, fingerprints, n, arena,
                                err)
               ? -1
               : 0;
}

int pfg_store_baseline_set(struct pfg_store *store, const char *name,
                           pfg_time saved, const char *how, const long *runs,
                           size_t n, struct pfg_error *err)
{
    struct pfg_arena *arena;
    int failed;

    if (pfg_sql_begin(store, err)) {
        return -1;
    }
    arena = pfg_arena_new();
    failed = replace(store, name, saved, how, runs, n, arena, err);
    pfg_arena_free(arena);
    return pfg_sql_end(store, failed, err);
}

int pfg_store_baseline_get(struct pfg_store *store, long **out, size_t *n,
                           const char *name, const char *fingerprint,
                           struct pfg_arena *arena, struct pfg_error *err)
{
    PFG_VEC(long) ids = {0};
    struct pfg_statement *row;
    int got;

    *out = NULL;
    *n = 0;
    if (pfg_statement_new(&row, store,
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

static int forget_and_note(struct pfg_store *store, size_t *out,
                           const char *name, const char *fingerprint,
                           pfg_time now, struct pfg_arena *arena,
                           struct pfg_error *err)
{
    struct pfg_named_baseline *items;
    size_t n;

    if (read_list(store, &items, &n, name, fingerprint, arena, err) ||
        forget(store, out, name, fingerprint, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        struct pfg_baseline_change change = {
            .name = name,
            .profile = items[i].profile,
            .fingerprint = items[i].fingerprint,
            .time = now,
            .how = "deleted",
            .revision = "",
        };

        if (pfg_named_note(store, &change, err)) {
            return -1;
        }
    }
    return 0;
}

int pfg_store_baseline_delete(struct pfg_store *store, size_t *out,
                              const char *name, const char *fingerprint,
                              pfg_time now, struct pfg_error *err)
{
    struct pfg_arena *arena;
    int failed;

    if (pfg_sql_begin(store, err)) {
        return -1;
    }
    arena = pfg_arena_new();
    failed = forget_and_note(store, out, name, fingerprint, now, arena, err);
    pfg_arena_free(arena);
    return pfg_sql_end(store, failed, err);
}
