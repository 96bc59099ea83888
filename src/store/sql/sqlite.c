#include "store/sql/sqlite.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/str.h"
#include "store/sql/driver.h"

/* How long to wait for another writer. */
#define BUSY_MILLISECONDS 30000

struct sqlite {
    struct pfg_store store; /* first, so that the pointers convert */
    sqlite3 *handle;
    int last;         /* the extended code of the last error */
    int surroundings; /* the last error that is not about the file's content; 0:
                         none */
};

struct query {
    struct pfg_statement statement; /* first, as above */
    sqlite3_stmt *handle;
    int bound; /* the error of the first parameter that failed */
};

static struct sqlite *sqlite_of(struct pfg_store *store)
{
    return (struct sqlite *)store;
}

static struct query *query_of(struct pfg_statement *statement)
{
    return (struct query *)statement;
}

static int readable(const struct pfg_store *store, struct pfg_error *err)
{
    const struct sqlite *sqlite = (const struct sqlite *)store;
    int why = 0;

    sqlite3_file_control(sqlite->handle, "main", SQLITE_FCNTL_LAST_ERRNO, &why);
    if (why == EIO || why == ENXIO) {
        pfg_fail(err, PFG_SYSTEM, "cannot read '%s': %s", store->name,
                 strerror(why));
        return pfg_hint(
            err,
            "the disk or its file system failed; the database may be intact");
    }
    return sqlite->surroundings
               ? pfg_fail(err, PFG_SYSTEM, "cannot read '%s': %s", store->name,
                          sqlite3_errstr(sqlite->surroundings))
               : 0;
}

/* Errors that say nothing about the file's content. */
static bool is_of_surroundings(int code)
{
    switch (code & 0xff) {
    case SQLITE_NOMEM:
    case SQLITE_IOERR:
    case SQLITE_INTERRUPT:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return true;
    default:
        return false;
    }
}

/* The one place that turns SQLite's errors into perfgate's. */
static int fail_with(struct sqlite *sqlite, int code, const char *message,
                     struct pfg_error *err)
{
    const char *path = sqlite->store.name;
    const char *verb = sqlite->store.writing ? "write" : "read";

    sqlite->last = code;
    if (is_of_surroundings(code)) {
        sqlite->surroundings = code;
    }
    switch (code & 0xff) {
    case SQLITE_NOTADB:
        return pfg_fail(err, PFG_SYSTEM, "'%s' is not a perfgate database",
                        path);
    case SQLITE_CORRUPT:
        if (readable(&sqlite->store, err)) {
            return -1;
        }
        pfg_fail(err, PFG_SYSTEM, "'%s' is damaged: %s", path, message);
        return pfg_hint(err, "restore it from a copy, or start a new one");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        pfg_fail(err, PFG_SYSTEM, "cannot %s '%s': another process is using it",
                 verb, path);
        return pfg_hint(err, "waited %d seconds for it",
                        BUSY_MILLISECONDS / 1000);
    default:
        break;
    }
    if (code == SQLITE_READONLY_ROLLBACK) {
        pfg_fail(err, PFG_SYSTEM,
                 "cannot read '%s': a process was stopped while writing it",
                 path);
        return pfg_hint(err, "open it once from a place where it is writable, "
                             "together with its '-journal' file");
    }
    return pfg_fail(err, PFG_SYSTEM, "cannot %s '%s': %s", verb, path, message);
}

static int fail(struct sqlite *sqlite, struct pfg_error *err)
{
    return fail_with(sqlite, sqlite3_extended_errcode(sqlite->handle),
                     sqlite3_errmsg(sqlite->handle), err);
}

static void close_sqlite(struct pfg_store *store)
{
    if (store) {
        sqlite3_close(sqlite_of(store)->handle);
        free(store->name);
        free(store);
    }
}

static int run(struct pfg_store *store, const char *sql, struct pfg_error *err)
{
    struct sqlite *sqlite = sqlite_of(store);
    int code = sqlite3_exec(sqlite->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? 0 : fail(sqlite, err);
}

/* A writing transaction waits here for other writers. What it changes stays in
 * the cache, if it fits, and is written and synced once. */
static int begin(struct pfg_store *store, struct pfg_error *err)
{
    if (store->writing) {
        sqlite3_exec(sqlite_of(store)->handle, "PRAGMA cache_size = -32768",
                     NULL, NULL, NULL);
    }
    return run(store, store->writing ? "BEGIN IMMEDIATE" : "BEGIN", err);
}

static int end(struct pfg_store *store, bool commit, struct pfg_error *err)
{
    if (commit) {
        return run(store, "COMMIT", err);
    }
    sqlite3_exec(sqlite_of(store)->handle, "ROLLBACK", NULL, NULL, NULL);
    return 0;
}

static bool is_forbidden(const struct pfg_store *store)
{
    int last = ((const struct sqlite *)store)->last;

    switch (last & 0xff) {
    case SQLITE_READONLY:
        return last != SQLITE_READONLY_ROLLBACK;
    case SQLITE_CANTOPEN:
        return true;
    case SQLITE_IOERR:
        return last == SQLITE_IOERR_LOCK || last == SQLITE_IOERR_RDLOCK ||
               last == SQLITE_IOERR_CHECKRESERVEDLOCK;
    default:
        return false;
    }
}

static int state(struct pfg_store *store, struct pfg_schema_state *out,
                 struct pfg_error *err)
{
    *out = (struct pfg_schema_state){0};
    return pfg_sql_number(store, &out->application, "PRAGMA application_id",
                          err) ||
                   pfg_sql_number(store, &out->version, "PRAGMA user_version",
                                  err) ||
                   pfg_sql_number(store, &out->tables,
                                  "SELECT COUNT(*) FROM sqlite_schema", err)
               ? -1
               : 0;
}

static int mark(struct pfg_store *store, int64_t version, struct pfg_error *err)
{
    char sql[96];

    /* A pragma takes no parameters. */
    snprintf(sql, sizeof sql,
             "PRAGMA application_id = %d; PRAGMA user_version = %" PRId64,
             PFG_SCHEMA_APPLICATION, version);
    return run(store, sql, err);
}

/* --- statements --- */

static int prepare(struct pfg_statement **out, struct pfg_store *store,
                   const char *sql, struct pfg_error *err)
{
    struct sqlite *sqlite = sqlite_of(store);
    struct query *query;
    sqlite3_stmt *handle;

    if (sqlite3_prepare_v2(sqlite->handle, sql, -1, &handle, NULL) !=
        SQLITE_OK) {
        return fail(sqlite, err);
    }
    query = pfg_alloc(sizeof *query);
    query->handle = handle;
    *out = &query->statement;
    return 0;
}

static void discard(struct pfg_statement *statement)
{
    sqlite3_finalize(query_of(statement)->handle);
    free(statement);
}

static int place(struct pfg_statement *statement, const char *name)
{
    return sqlite3_bind_parameter_index(query_of(statement)->handle, name);
}

static int bind(sqlite3_stmt *handle, int at, const struct pfg_value *value)
{
    if (value->null) {
        return sqlite3_bind_null(handle, at);
    }
    switch (value->kind) {
    case PFG_VALUE_INTEGER:
        return sqlite3_bind_int64(handle, at, value->integer);
    case PFG_VALUE_REAL:
        return sqlite3_bind_double(handle, at, value->real);
    case PFG_VALUE_TEXT:
        return sqlite3_bind_text64(handle, at, value->text.ptr, value->text.len,
                                   SQLITE_STATIC, SQLITE_UTF8);
    default:
        return sqlite3_bind_blob64(handle, at,
                                   value->text.len ? value->text.ptr : "",
                                   value->text.len, SQLITE_STATIC);
    }
}

/* Without this, a text that is too long would silently become null. */
static void bind_noting(struct pfg_statement *statement, int at,
                        const struct pfg_value *value)
{
    struct query *query = query_of(statement);
    int code = bind(query->handle, at, value);

    if (!query->bound) {
        query->bound = code;
    }
}

static int step(struct pfg_statement *statement, struct pfg_error *err)
{
    struct sqlite *sqlite = sqlite_of(statement->store);
    struct query *query = query_of(statement);
    int code = query->bound;

    if (code) {
        query->bound = SQLITE_OK;
        return fail_with(sqlite, code, sqlite3_errstr(code), err);
    }
    code = sqlite3_step(query->handle);
    if (code == SQLITE_ROW) {
        return 1;
    }
    if (code != SQLITE_DONE) {
        fail(sqlite, err);
    }
    sqlite3_reset(query->handle);
    return code == SQLITE_DONE ? 0 : -1;
}

static void reset(struct pfg_statement *statement)
{
    sqlite3_reset(query_of(statement)->handle);
}

static int64_t integer(struct pfg_statement *statement, int column)
{
    return sqlite3_column_int64(query_of(statement)->handle, column);
}

static double real(struct pfg_statement *statement, int column)
{
    /* An unprotected value, which is safe because no connection is used by two
     * threads. */
    sqlite3_value *in =
        sqlite3_column_value(query_of(statement)->handle, column);

    return sqlite3_value_type(in) == SQLITE_NULL ? NAN
                                                 : sqlite3_value_double(in);
}

/* The stored bytes of a text, which is UTF-8. */
static struct pfg_slice bytes(struct pfg_statement *statement, int column,
                              bool *is_null)
{
    sqlite3_value *in =
        sqlite3_column_value(query_of(statement)->handle, column);
    int type = sqlite3_value_type(in);
    const char *at = NULL;

    *is_null = type == SQLITE_NULL;
    if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
        at = sqlite3_value_blob(in);
    }
    return pfg_slice_make(at, at ? (size_t)sqlite3_value_bytes(in) : 0);
}

static const struct pfg_driver driver = {
    .is_file = true,
    .size = "SELECT page_count * page_size FROM pragma_page_count(),"
            " pragma_page_size()",
    .close = close_sqlite,
    .run = run,
    .begin = begin,
    .end = end,
    .prepare = prepare,
    .discard = discard,
    .place = place,
    .bind = bind_noting,
    .step = step,
    .reset = reset,
    .integer = integer,
    .real = real,
    .bytes = bytes,
    .is_forbidden = is_forbidden,
    .readable = readable,
    .state = state,
    .mark = mark,
};

/* --- opening --- */

/* Databases from elsewhere (CI artifacts) are opened as well: their schema must
 * not run more code than necessary. */
static int prepare_connection(struct sqlite *sqlite, struct pfg_error *err)
{
    sqlite3_extended_result_codes(sqlite->handle, 1);
    sqlite3_busy_timeout(sqlite->handle, BUSY_MILLISECONDS);
    sqlite3_db_config(sqlite->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (run(&sqlite->store,
            "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
            /* There may be no folder for temporary files. */
            "PRAGMA temp_store = MEMORY",
            err)) {
        return -1;
    }
    /* A reader rarely comes back to a page, and reading it again costs less
     * than new memory for each. The statement reads the schema, which fails for
     * a read-only database in WAL mode; the first real read then reports the
     * error, or opens the database as frozen. */
    sqlite3_exec(sqlite->handle, "PRAGMA cache_size = -512", NULL, NULL, NULL);
    return 0;
}

static int open_file(struct pfg_store **out, const char *path, const char *name,
                     int flags, struct pfg_error *err)
{
    struct sqlite *sqlite = pfg_alloc(sizeof *sqlite);
    int code;

    sqlite->store.driver = &driver;
    sqlite->store.name = pfg_strdup(path);
    /* No connection is used by two threads. */
    code = sqlite3_open_v2(name, &sqlite->handle, flags | SQLITE_OPEN_NOMUTEX,
                           NULL);
    *out = &sqlite->store;
    if (code == SQLITE_OK && !prepare_connection(sqlite, err)) {
        return 0;
    }
    if (code != SQLITE_OK) {
        /* "unable to open database file" hides the reason. */
        int why = sqlite->handle ? sqlite3_system_errno(sqlite->handle) : 0;

        if (why) {
            pfg_fail(err, PFG_SYSTEM, "cannot open '%s': %s", path,
                     strerror(why));
        } else {
            fail_with(sqlite, code, sqlite3_errstr(code), err);
        }
    }
    close_sqlite(*out);
    *out = NULL;
    return -1;
}

int pfg_sqlite_open(struct pfg_store **out, const char *path, bool create,
                    struct pfg_error *err)
{
    struct pfg_str name;
    int result;

    /* To SQLite ":memory:" is not a file, and "file:..." is a URI that may ask
     * for a temporary database. */
    pfg_str_init(&name, 0);
    pfg_str_printf(&name, "%s%s", *path == '/' ? "" : "./", path);
    result = open_file(
        out, path, name.ptr,
        SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), err);
    pfg_str_free(&name);
    return result;
}

int pfg_sqlite_open_frozen(struct pfg_store **out, const char *path,
                           struct pfg_error *err)
{
    struct pfg_str uri;
    int result;

    pfg_str_init(&uri, 0);
    pfg_str_puts(&uri, *path == '/' ? "file://" : "file:");
    for (const char *c = path; *c; c++) {
        if (strchr("%?#", *c)) {
            pfg_str_printf(&uri, "%%%02x", (unsigned)(unsigned char)*c);
        } else {
            pfg_str_putc(&uri, *c);
        }
    }
    pfg_str_puts(&uri, "?immutable=1");
    result = open_file(out, path, uri.ptr,
                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
    pfg_str_free(&uri);
    return result;
}

int pfg_sqlite_open_memory(struct pfg_store **out, const char *name,
                           struct pfg_error *err)
{
    return open_file(
        out, name, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);
}

/* Copies all pages into *to, which is closed on failure. */
static int copy(struct pfg_store **to, struct pfg_store *from,
                struct pfg_error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(
        sqlite_of(*to)->handle, "main", sqlite_of(from)->handle, "main");
    int code;

    sqlite3_backup_step(backup, -1);
    code = sqlite3_backup_finish(backup);
    if (code == SQLITE_OK) {
        return 0;
    }
    fail_with(sqlite_of(from), code, sqlite3_errstr(code), err);
    close_sqlite(*to);
    *to = NULL;
    return -1;
}

int pfg_sqlite_copy(struct pfg_store **out, struct pfg_store *from,
                    struct pfg_error *err)
{
    return pfg_sqlite_open_memory(out, from->name, err) || copy(out, from, err)
               ? -1
               : 0;
}

int pfg_sqlite_copy_to(struct pfg_store *store, const char *path,
                       struct pfg_error *err)
{
    struct pfg_store *to = NULL;
    int failed = pfg_sqlite_open(&to, path, true, err) || copy(&to, store, err);

    close_sqlite(to);
    if (failed) {
        struct pfg_str journal;

        pfg_str_init(&journal, 0);
        pfg_str_printf(&journal, "%s-journal", path);
        remove(path);
        remove(journal.ptr);
        pfg_str_free(&journal);
    }
    return failed ? -1 : 0;
}
