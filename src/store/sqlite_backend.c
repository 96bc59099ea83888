#include "store/backend.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "store/sqlite.h"

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
static int open_sqlite(struct pfg_store **out, const char *path, bool create,
                       struct pfg_error *err)
{
    struct pfg_database *database;
    bool frozen;

    *out = NULL;
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
    *out = pfg_database_store(database);
    return 0;
}

static int open_reading(struct pfg_store **out,
                        struct pfg_store_version *version, const char *path,
                        struct pfg_error *err)
{
    struct pfg_database *database;
    int64_t file = 0;

    *out = NULL;
    if (check_path(path, false, err) ||
        pfg_schema_open_reading(&database, &file, path, err)) {
        return -1;
    }
    *out = pfg_database_store(database);
    if (version) {
        version->file = (long)file;
        version->newest = (long)pfg_schema_version();
    }
    return 0;
}

static int open_scratch(struct pfg_store **out, struct pfg_error *err)
{
    struct pfg_database *database;

    *out = NULL;
    if (pfg_database_open_memory(&database, "memory", err)) {
        return -1;
    }
    if (pfg_schema_migrate(database, pfg_schema_version(), err)) {
        pfg_database_close(database);
        return -1;
    }
    *out = pfg_database_store(database);
    return 0;
}

static bool claims_any(const char *path)
{
    (void)path;
    return true;
}

static void close_sqlite(struct pfg_store *store)
{
    pfg_database_close(pfg_database_of(store));
}

const struct pfg_store_backend pfg_store_sqlite = {
    .name = "sqlite",
    .claims = claims_any,
    .open = open_sqlite,
    .open_reading = open_reading,
    .open_scratch = open_scratch,
    .close = close_sqlite,
    .add = pfg_sqlite_add,
    .find = pfg_sqlite_find,
    .load = pfg_sqlite_load,
    .revisions = pfg_sqlite_revisions,
    .series = pfg_sqlite_series,
    .history = pfg_sqlite_history,
    .verdicts_add = pfg_sqlite_verdicts_add,
    .verdicts = pfg_sqlite_verdicts,
    .baseline_set = pfg_sqlite_baseline_set,
    .baseline_get = pfg_sqlite_baseline_get,
    .baseline_list = pfg_sqlite_baseline_list,
    .baseline_changes = pfg_sqlite_baseline_changes,
    .baseline_note = pfg_sqlite_baseline_note,
    .baseline_delete = pfg_sqlite_baseline_delete,
    .merge = pfg_sqlite_merge,
    .remove = pfg_sqlite_remove,
    .removed = pfg_sqlite_removed,
    .compact = pfg_sqlite_compact,
    .stats = pfg_sqlite_stats,
    .check = pfg_sqlite_check,
    .repair = pfg_sqlite_repair,
};
