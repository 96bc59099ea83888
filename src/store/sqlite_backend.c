#include "store/backend.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "store/database.h"
#include "store/fingerprint.h"
#include "store/insert.h"
#include "store/load_run.h"
#include "store/maintenance.h"
#include "store/merge.h"
#include "store/named.h"
#include "store/query.h"
#include "store/schema.h"

/* The file is a cache, not a source: git shall not see it. Somebody's own
 * .gitignore stays. */
static int write_gitignore(const char *folder, struct pfg_arena *arena,
                           struct pfg_error *err)
{
    const char *path = pfg_path_join(arena, folder, ".gitignore");

    if (strcmp(pfg_path_name(folder), ".perfgate") != 0 ||
        pfg_file_exists(path)) {
        return 0;
    }
    return pfg_file_write(path, PFG_LIT("*\n"), err);
}

static int make_folder(const char *path, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    const char *folder = pfg_path_folder(arena, path);
    int failed = pfg_file_make_directories(folder, err) ||
                 write_gitignore(folder, arena, err);

    /* SQLite would report what its second, read-only attempt ran into. */
    if (!failed && access(folder, W_OK)) {
        failed = pfg_fail(err, PFG_SYSTEM, "cannot make '%s': %s", path,
                          strerror(errno));
    }
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}

static int check_path(const char *path, bool create, struct pfg_error *err)
{
    bool there = pfg_file_exists(path);

    if (!there && (!create || !*path)) {
        int why = errno;

        pfg_fail(err, PFG_SYSTEM, "cannot open '%s': %s", path, strerror(why));
        return why == ENOENT ? pfg_hint(err, "'perfgate ingest' makes it, "
                                             "--db names another")
                             : -1;
    }
    if (there && pfg_file_is_directory(path)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot open '%s': %s", path,
                        strerror(EISDIR));
    }
    /* A database that came out of a CI cache is there without the folder's
     * .gitignore; where that cannot be written, reading goes on. */
    if (create && make_folder(path, there ? NULL : err) && !there) {
        return -1;
    }
    return 0;
}

/*
 * Where locks or a journal beside the file are impossible (a read-only file
 * system, say), nobody can be changing it: then, and only then, it is read
 * without them.
 */
static int open_sqlite(void **self, const char *path, bool create,
                       struct pfg_error *err)
{
    struct pfg_database *database;
    bool frozen;

    *self = NULL;
    if (check_path(path, create, err) ||
        pfg_database_open(&database, path, create, err)) {
        return -1;
    }
    if (pfg_schema_prepare(database, create, err)) {
        frozen = pfg_database_cannot_lock(database);
        pfg_database_close(database);
        if (!frozen || pfg_database_open_frozen(&database, path, err)) {
            return -1;
        }
        if (pfg_schema_prepare(database, false, err)) {
            pfg_database_close(database);
            return -1;
        }
    }
    *self = database;
    return 0;
}

static bool claims_any(const char *path)
{
    (void)path;
    return true;
}

static void close_sqlite(void *self)
{
    pfg_database_close(self);
}

static int add(void *self, enum pfg_stored *out, struct pfg_run *const *runs,
               size_t n, struct pfg_error *err)
{
    return pfg_insert_runs(self, out, runs, n, err);
}

static int find(void *self, struct pfg_run_info **out, size_t *n,
                const struct pfg_run_query *query, struct pfg_arena *arena,
                struct pfg_error *err)
{
    return pfg_query_find(self, out, n, query, arena, err);
}

static int load(void *self, struct pfg_run **out, long id,
                struct pfg_error *err)
{
    return pfg_load_run(self, out, id, err);
}

static int revisions(void *self, const char ***out, size_t *n,
                     const char *fingerprint, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    return pfg_query_revisions(self, out, n, fingerprint, arena, err);
}

static int history(void *self, struct pfg_history_point **out, size_t *n,
                   const char *key, const char *fingerprint, long limit,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    return pfg_query_history(self, out, n, key, fingerprint, limit, arena, err);
}

static int baseline_set(void *self, const char *name, pfg_time saved,
                        const char *how, const long *runs, size_t n,
                        struct pfg_error *err)
{
    return pfg_named_set(self, name, saved, how, runs, n, err);
}

static int baseline_get(void *self, long **out, size_t *n, const char *name,
                        const char *fingerprint, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    return pfg_named_get(self, out, n, name, fingerprint, arena, err);
}

static int baseline_list(void *self, struct pfg_named_baseline **out, size_t *n,
                         struct pfg_arena *arena, struct pfg_error *err)
{
    return pfg_named_list(self, out, n, arena, err);
}

static int baseline_changes(void *self, struct pfg_baseline_change **out,
                            size_t *n, const char *name,
                            struct pfg_arena *arena, struct pfg_error *err)
{
    return pfg_named_changes(self, out, n, name, arena, err);
}

static int baseline_note(void *self, const struct pfg_baseline_change *changes,
                         size_t n, struct pfg_error *err)
{
    int failed = pfg_database_begin(self, err);

    for (size_t i = 0; i < n && !failed; i++) {
        failed = pfg_named_note(self, &changes[i], err);
    }
    if (failed) {
        pfg_database_rollback(self);
        return -1;
    }
    return pfg_database_commit(self, err);
}

static int baseline_delete(void *self, size_t *out, const char *name,
                           const char *fingerprint, pfg_time now,
                           struct pfg_error *err)
{
    return pfg_named_delete(self, out, name, fingerprint, now, err);
}

static int open_reading(void **self, struct pfg_store_version *version,
                        const char *path, struct pfg_error *err)
{
    struct pfg_database *database = NULL;
    int64_t file = 0;
    int failed = check_path(path, false, err) ||
                 pfg_schema_open_reading(&database, &file, path, err);

    *self = database;
    if (version) {
        version->file = (long)file;
        version->newest = (long)pfg_schema_version();
    }
    return failed ? -1 : 0;
}

static int open_scratch(void **self, struct pfg_error *err)
{
    struct pfg_database *database;

    *self = NULL;
    if (pfg_database_open_memory(&database, "memory", err)) {
        return -1;
    }
    if (pfg_schema_migrate(database, pfg_schema_version(), err)) {
        pfg_database_close(database);
        return -1;
    }
    *self = database;
    return 0;
}

static int content(void *self, char *out, long run, struct pfg_error *err)
{
    return pfg_content_of(self, out, run, err);
}

static int merge(void *self, struct pfg_merged *out, void *const *sources,
                 size_t n, struct pfg_error *err)
{
    return pfg_merge_databases(self, out, sources, n, err);
}

static int remove_runs(void *self, size_t *out, const long *runs, size_t n,
                       struct pfg_error *err)
{
    return pfg_care_remove(self, out, runs, n, err);
}

static int compact(void *self, struct pfg_error *err)
{
    return pfg_care_compact(self, err);
}

static int stats(void *self, struct pfg_store_stats *out, struct pfg_error *err)
{
    return pfg_care_stats(self, out, err);
}

static int check(void *self, const char ***out, size_t *n,
                 struct pfg_arena *arena, struct pfg_error *err)
{
    return pfg_care_check(self, out, n, arena, err);
}

const struct pfg_store_backend pfg_store_sqlite = {
    .name = "sqlite",
    .claims = claims_any,
    .open = open_sqlite,
    .close = close_sqlite,
    .add = add,
    .find = find,
    .load = load,
    .revisions = revisions,
    .history = history,
    .baseline_set = baseline_set,
    .baseline_get = baseline_get,
    .baseline_list = baseline_list,
    .baseline_changes = baseline_changes,
    .baseline_note = baseline_note,
    .baseline_delete = baseline_delete,
    .open_reading = open_reading,
    .open_scratch = open_scratch,
    .content = content,
    .merge = merge,
    .remove = remove_runs,
    .compact = compact,
    .stats = stats,
    .check = check,
};
