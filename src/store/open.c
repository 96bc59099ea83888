#include "store/store.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "store/parts.h"
#include "store/sql/driver.h"
#include "store/sql/postgres.h"
#include "store/sql/postgres_address.h"
#include "store/sql/sqlite.h"

/* The database is a cache, which git should ignore. An existing .gitignore is
 * left alone. */
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

    /* SQLite would report the error of its second, read-only attempt. */
    if (!failed && access(folder, W_OK)) {
        failed = pfg_fail(err, PFG_SYSTEM, "cannot create '%s': %s", path,
                          strerror(errno));
    }
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}

bool pfg_store_is_server(const char *path)
{
    return pfg_postgres_claims(path);
}

const char *pfg_store_project(const char *path)
{
    return pfg_postgres_project(path);
}

const char *pfg_store_with_project(const char *path, const char *project,
                                   struct pfg_arena *arena)
{
    const char *named = pfg_store_project(path);
    size_t length = named ? (size_t)(named - 1 - path) : strlen(path);

    return pfg_arena_printf(arena, "%.*s#%s", (int)length, path, project);
}

int pfg_store_projects(const char *path, const char ***out, size_t *n,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    return pfg_postgres_projects(path, out, n, arena, err);
}

bool pfg_store_exists(const char *path)
{
    return pfg_store_is_server(path) || pfg_file_exists(path);
}

static int check_path(const char *path, bool create, struct pfg_error *err)
{
    bool there = pfg_file_exists(path);

    if (!there && (!create || !*path)) {
        int why = errno;

        pfg_fail(err, PFG_SYSTEM, "cannot open '%s': %s", path, strerror(why));
        return why == ENOENT ? pfg_hint(err, "'perfgate ingest' creates it; "
                                             "use --db to name another")
                             : -1;
    }
    if (there && pfg_file_is_directory(path)) {
        return pfg_fail(err, PFG_SYSTEM, "cannot open '%s': %s", path,
                        strerror(EISDIR));
    }
    /* A database restored from a CI cache lacks the folder's .gitignore. If
     * that cannot be written, the database can still be read. */
    if (create && make_folder(path, there ? NULL : err) && !there) {
        return -1;
    }
    return 0;
}

void pfg_store_close(struct pfg_store *store)
{
    if (store) {
        store->driver->close(store);
    }
}

const char *pfg_store_name(const struct pfg_store *store)
{
    return store->name;
}

static int closed_if(int failed, struct pfg_store **store)
{
    if (failed) {
        pfg_store_close(*store);
        *store = NULL;
    }
    return failed ? -1 : 0;
}

/* If neither locks nor a journal are possible, as on a read-only file system,
 * nobody can be changing the file, and only then it is read without them. */
int pfg_store_open(struct pfg_store **out, const char *path, bool create,
                   struct pfg_error *err)
{
    bool frozen;

    *out = NULL;
    if (pfg_store_is_server(path)) {
        return pfg_postgres_open(out, path, create, err)
                   ? -1
                   : closed_if(pfg_schema_prepare(*out, create, err), out);
    }
    if (check_path(path, create, err) ||
        pfg_sqlite_open(out, path, create, err)) {
        return -1;
    }
    if (!pfg_schema_prepare(*out, create, err)) {
        return 0;
    }
    frozen = pfg_sql_is_forbidden(*out);
    pfg_store_close(*out);
    *out = NULL;
    if (!frozen || pfg_sqlite_open_frozen(out, path, err)) {
        return -1;
    }
    return closed_if(pfg_schema_prepare(*out, false, err), out);
}

/* A file of an older version is not changed: a copy is migrated in memory. */
static int renew(struct pfg_store **store, struct pfg_error *err)
{
    struct pfg_store *copy;
    int failed = pfg_sqlite_copy(&copy, *store, err);

    if (!failed && pfg_schema_migrate(copy, pfg_schema_version(), err)) {
        pfg_store_close(copy);
        failed = -1;
    }
    if (!failed) {
        pfg_store_close(*store);
        *store = copy;
    }
    return failed;
}

/* With what the file says about itself. */
static int open_file(struct pfg_store **out, struct pfg_schema_state *state,
                     const char *path, struct pfg_error *err)
{
    int failed;

    if (pfg_sqlite_open(out, path, false, err)) {
        return -1;
    }
    failed = pfg_schema_look(*out, state, false, err);
    if (failed && pfg_sql_is_forbidden(*out)) {
        pfg_store_close(*out);
        failed = pfg_sqlite_open_frozen(out, path, err) ||
                 pfg_schema_look(*out, state, false, err);
    }
    if (!failed && state->version < pfg_schema_version()) {
        failed = renew(out, err);
    }
    return closed_if(failed, out);
}

/* One of an older version is not a file that could be copied. */
static int open_server(struct pfg_store **out, struct pfg_schema_state *state,
                       const char *path, struct pfg_error *err)
{
    if (pfg_postgres_open(out, path, false, err)) {
        return -1;
    }
    if (pfg_schema_look(*out, state, false, err)) {
        return closed_if(-1, out);
    }
    if (state->version < pfg_schema_version()) {
        pfg_fail(err, PFG_SYSTEM,
                 "'%s' has version %ld, but this perfgate reads version %ld",
                 pfg_store_name(*out), (long)state->version,
                 (long)pfg_schema_version());
        pfg_hint(err, "the next 'perfgate ingest' upgrades it");
        return closed_if(-1, out);
    }
    return 0;
}

int pfg_store_open_reading(struct pfg_store **out,
                           struct pfg_store_version *version, const char *path,
                           struct pfg_error *err)
{
    struct pfg_schema_state state = {0};

    *out = NULL;
    if (pfg_store_is_server(path) ? open_server(out, &state, path, err)
                                  : check_path(path, false, err) ||
                                        open_file(out, &state, path, err)) {
        return -1;
    }
    if (version) {
        version->file = (long)state.version;
        version->newest = (long)pfg_schema_version();
    }
    return 0;
}

int pfg_store_open_scratch(struct pfg_store **out, struct pfg_error *err)
{
    *out = NULL;
    return pfg_sqlite_open_memory(out, "memory", err)
               ? -1
               : closed_if(pfg_schema_migrate(*out, pfg_schema_version(), err),
                           out);
}
