#include "store/database.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/str.h"
#include "store/backend.h"

/* How long one waits for another writer. */
#define BUSY_MILLISECONDS 30000

extern const struct pfg_store_backend pfg_store_sqlite;

struct pfg_database {
    struct pfg_store store; /* first: one is the other */
    sqlite3 *handle;
    char *path;
    bool writing;     /* inside a transaction: for the words of errors */
    int last;         /* the extended code of the last error */
    int surroundings; /* of the last that is none of the file's content, or 0 */
};

struct pfg_statement {
    struct pfg_database *database;
    sqlite3_stmt *handle;
    int column;    /* the next one to be taken */
    int parameter; /* the last one that was bound in order */
    int bound;     /* what was wrong with the first bad parameter */
};

struct pfg_database *pfg_database_of(struct pfg_store *store)
{
    return (struct pfg_database *)store;
}

struct pfg_store *pfg_database_store(struct pfg_database *database)
{
    return &database->store;
}

int pfg_database_readable(const struct pfg_database *database,
                          struct pfg_error *err)
{
    int why = 0;

    sqlite3_file_control(database->handle, "main", SQLITE_FCNTL_LAST_ERRNO,
                         &why);
    if (why == EIO || why == ENXIO) {
        pfg_fail(err, PFG_SYSTEM, "cannot read '%s': %s", database->path,
                 strerror(why));
        return pfg_hint(err, "it is the disk that fails, or its file system: "
                             "the database may be whole");
    }
    return database->surroundings
               ? pfg_fail(err, PFG_SYSTEM, "cannot read '%s': %s",
                          database->path,
                          sqlite3_errstr(database->surroundings))
               : 0;
}

/* Errors that say nothing about what is in the file. */
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

/* The one place where SQLite's errors become ours. */
static int fail_with(struct pfg_database *database, int code,
                     const char *message, struct pfg_error *err)
{
    const char *path = database->path;
    const char *verb = database->writing ? "write" : "read";

    database->last = code;
    if (is_of_surroundings(code)) {
        database->surroundings = code;
    }
    switch (code & 0xff) {
    case SQLITE_NOTADB:
        return pfg_fail(err, PFG_SYSTEM, "'%s' is not a perfgate database",
                        path);
    case SQLITE_CORRUPT:
        if (pfg_database_readable(database, err)) {
            return -1;
        }
        pfg_fail(err, PFG_SYSTEM, "'%s' is damaged: %s", path, message);
        return pfg_hint(err, "restore it from a copy, or start a new one");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        pfg_fail(err, PFG_SYSTEM, "cannot %s '%s': in use by another process",
                 verb, path);
        return pfg_hint(err, "waited %d seconds for it",
                        BUSY_MILLISECONDS / 1000);
    default:
        break;
    }
    if (code == SQLITE_READONLY_ROLLBACK) {
        pfg_fail(err, PFG_SYSTEM,
                 "cannot read '%s': somebody was stopped while writing it",
                 path);
        return pfg_hint(err, "open it once where it may be written, with its "
                             "'-journal' beside it");
    }
    return pfg_fail(err, PFG_SYSTEM, "cannot %s '%s': %s", verb, path, message);
}

static int fail(struct pfg_database *database, struct pfg_error *err)
{
    return fail_with(database, sqlite3_extended_errcode(database->handle),
                     sqlite3_errmsg(database->handle), err);
}

/* Other people's databases are opened as well (CI artifacts): nothing in
 * their schema gets to run more than it must. */
static int prepare_connection(struct pfg_database *database,
                              struct pfg_error *err)
{
    sqlite3_extended_result_codes(database->handle, 1);
    sqlite3_busy_timeout(database->handle, BUSY_MILLISECONDS);
    sqlite3_db_config(database->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return pfg_database_run(
        database, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF", err);
}

static int open_file(struct pfg_database **out, const char *path,
                     const char *name, int flags, struct pfg_error *err)
{
    struct pfg_database *database = pfg_alloc(sizeof *database);
    int code;

    database->store.backend = &pfg_store_sqlite;
    database->path = pfg_strdup(path);
    /* No connection is used by two threads. */
    code = sqlite3_open_v2(name, &database->handle, flags | SQLITE_OPEN_NOMUTEX,
                           NULL);
    *out = database;
    if (code == SQLITE_OK && !prepare_connection(database, err)) {
        return 0;
    }
    if (code != SQLITE_OK) {
        /* "unable to open database file" hides why. */
        int why = database->handle ? sqlite3_system_errno(database->handle) : 0;

        if (why) {
            pfg_fail(err, PFG_SYSTEM, "cannot open '%s': %s", path,
                     strerror(why));
        } else {
            fail_with(database, code, sqlite3_errstr(code), err);
        }
    }
    pfg_database_close(database);
    *out = NULL;
    return -1;
}

int pfg_database_open(struct pfg_database **out, const char *path, bool create,
                      struct pfg_error *err)
{
    struct pfg_str name;
    int result;

    /* To SQLite ":memory:" is no file, and "file:..." an address, which may say
     * that nothing is to be kept. */
    pfg_str_init(&name, 0);
    pfg_str_printf(&name, "%s%s", *path == '/' ? "" : "./", path);
    result = open_file(
        out, path, name.ptr,
        SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), err);
    pfg_str_free(&name);
    return result;
}

int pfg_database_open_frozen(struct pfg_database **out, const char *path,
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

int pfg_database_open_memory(struct pfg_database **out, const char *name,
                             struct pfg_error *err)
{
    return open_file(
        out, name, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);
}

/* All pages of one into another, which is closed where that fails. */
static int copy(struct pfg_database **to, struct pfg_database *from,
                struct pfg_error *err)
{
    sqlite3_backup *backup =
        sqlite3_backup_init((*to)->handle, "main", from->handle, "main");
    int code;

    sqlite3_backup_step(backup, -1);
    code = sqlite3_backup_finish(backup);
    if (code == SQLITE_OK) {
        return 0;
    }
    fail_with(from, code, sqlite3_errstr(code), err);
    pfg_database_close(*to);
    *to = NULL;
    return -1;
}

int pfg_database_copy(struct pfg_database **out, struct pfg_database *from,
                      struct pfg_error *err)
{
    return pfg_database_open_memory(out, from->path, err) ||
                   copy(out, from, err)
               ? -1
               : 0;
}

int pfg_database_copy_to(struct pfg_database *database, const char *path,
                         struct pfg_error *err)
{
    struct pfg_database *to = NULL;
    int failed =
        pfg_database_open(&to, path, true, err) || copy(&to, database, err);

    pfg_database_close(to);
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

void pfg_database_close(struct pfg_database *database)
{
    if (database) {
        sqlite3_close(database->handle);
        free(database->path);
        free(database);
    }
}

const char *pfg_database_path(const struct pfg_database *database)
{
    return database->path;
}

bool pfg_database_cannot_lock(const struct pfg_database *database)
{
    switch (database->last & 0xff) {
    case SQLITE_READONLY:
        return database->last != SQLITE_READONLY_ROLLBACK;
    case SQLITE_CANTOPEN:
        return true;
    case SQLITE_IOERR:
        return database->last == SQLITE_IOERR_LOCK ||
               database->last == SQLITE_IOERR_RDLOCK ||
               database->last == SQLITE_IOERR_CHECKRESERVEDLOCK;
    default:
        return false;
    }
}

int pfg_database_run(struct pfg_database *database, const char *sql,
                     struct pfg_error *err)
{
    int code = sqlite3_exec(database->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? 0 : fail(database, err);
}

int pfg_database_number(struct pfg_database *database, int64_t *out,
                        const char *sql, struct pfg_error *err)
{
    struct pfg_statement *statement;
    int got;

    *out = 0;
    if (pfg_statement_new(&statement, database, sql, err)) {
        return -1;
    }
    got = pfg_statement_number(statement, out, err);
    pfg_statement_free(statement);
    return got < 0 ? -1 : 0;
}

int pfg_database_look(struct pfg_database *database, struct pfg_error *err)
{
    return pfg_database_run(database, "BEGIN", err);
}

int pfg_database_begin(struct pfg_database *database, struct pfg_error *err)
{
    database->writing = true;
    if (pfg_database_run(database, "BEGIN IMMEDIATE", err)) {
        database->writing = false;
        return -1;
    }
    return 0;
}

int pfg_database_commit(struct pfg_database *database, struct pfg_error *err)
{
    if (pfg_database_run(database, "COMMIT", err)) {
        pfg_database_rollback(database);
        return -1;
    }
    database->writing = false;
    return 0;
}

void pfg_database_rollback(struct pfg_database *database)
{
    /* Some errors have rolled back by themselves: nothing to do, then. */
    sqlite3_exec(database->handle, "ROLLBACK", NULL, NULL, NULL);
    database->writing = false;
}

int pfg_database_end(struct pfg_database *database, int failed,
                     struct pfg_error *err)
{
    if (failed) {
        pfg_database_rollback(database);
        return -1;
    }
    return pfg_database_commit(database, err);
}

int pfg_statement_new(struct pfg_statement **out, struct pfg_database *database,
                      const char *sql, struct pfg_error *err)
{
    sqlite3_stmt *handle;

    *out = NULL;
    if (sqlite3_prepare_v2(database->handle, sql, -1, &handle, NULL) !=
        SQLITE_OK) {
        return fail(database, err);
    }
    *out = pfg_alloc(sizeof **out);
    (*out)->database = database;
    (*out)->handle = handle;
    return 0;
}

void pfg_statement_free(struct pfg_statement *statement)
{
    if (statement) {
        sqlite3_finalize(statement->handle);
        free(statement);
    }
}

static int place_of(struct pfg_statement *statement, const char *name)
{
    int place = name ? sqlite3_bind_parameter_index(statement->handle, name)
                     : ++statement->parameter;

    assert(place > 0);
    return place;
}

/* A text that is too long would otherwise become null without a word. */
static void note(struct pfg_statement *statement, int code)
{
    if (!statement->bound) {
        statement->bound = code;
    }
}

void pfg_bind_text(struct pfg_statement *statement, const char *name,
                   const char *text)
{
    note(statement,
         sqlite3_bind_text(statement->handle, place_of(statement, name), text,
                           -1, SQLITE_STATIC));
}

void pfg_bind_integer(struct pfg_statement *statement, const char *name,
                      int64_t value)
{
    note(statement, sqlite3_bind_int64(statement->handle,
                                       place_of(statement, name), value));
}

void pfg_bind_real(struct pfg_statement *statement, const char *name,
                   double value)
{
    note(statement, sqlite3_bind_double(statement->handle,
                                        place_of(statement, name), value));
}

void pfg_bind_bytes(struct pfg_statement *statement, const char *name,
                    struct pfg_slice bytes)
{
    note(statement, sqlite3_bind_blob64(
                        statement->handle, place_of(statement, name),
                        bytes.len ? bytes.ptr : "", bytes.len, SQLITE_STATIC));
}

int pfg_statement_step(struct pfg_statement *statement, struct pfg_error *err)
{
    int code = statement->bound;

    statement->parameter = 0;
    if (code) {
        statement->bound = SQLITE_OK;
        return fail_with(statement->database, code, sqlite3_errstr(code), err);
    }
    code = sqlite3_step(statement->handle);
    statement->column = 0;
    if (code == SQLITE_ROW) {
        return 1;
    }
    if (code != SQLITE_DONE) {
        fail(statement->database, err);
    }
    sqlite3_reset(statement->handle);
    return code == SQLITE_DONE ? 0 : -1;
}

int pfg_statement_run(struct pfg_statement *statement, struct pfg_error *err)
{
    int got = pfg_statement_step(statement, err);

    assert(got != 1);
    return got;
}

int pfg_statement_number(struct pfg_statement *statement, int64_t *out,
                         struct pfg_error *err)
{
    int got = pfg_statement_step(statement, err);

    if (got == 1) {
        *out = pfg_take_integer(statement);
        /* An INSERT is done only when it was stepped to its end. */
        if (pfg_statement_step(statement, err) < 0) {
            return -1;
        }
        sqlite3_reset(statement->handle);
    }
    return got;
}

char *pfg_take_optional(struct pfg_statement *statement,
                        struct pfg_arena *arena)
{
    int column = statement->column++;
    const char *text =
        (const char *)sqlite3_column_text(statement->handle, column);

    return text ? pfg_arena_strdup(arena, text) : NULL;
}

const char *pfg_take_text(struct pfg_statement *statement,
                          struct pfg_arena *arena)
{
    int column = statement->column++;
    const char *text =
        (const char *)sqlite3_column_text(statement->handle, column);
    int length = sqlite3_column_bytes(statement->handle, column);

    return text && length > 0
               ? pfg_arena_slice(arena, pfg_slice_make(text, (size_t)length))
               : "";
}

int64_t pfg_take_integer(struct pfg_statement *statement)
{
    return sqlite3_column_int64(statement->handle, statement->column++);
}

double pfg_take_real(struct pfg_statement *statement)
{
    int column = statement->column++;

    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL
               ? NAN
               : sqlite3_column_double(statement->handle, column);
}

struct pfg_slice pfg_take_bytes(struct pfg_statement *statement)
{
    int column = statement->column++;
    const void *bytes = sqlite3_column_blob(statement->handle, column);
    int length = sqlite3_column_bytes(statement->handle, column);

    return pfg_slice_make(bytes, bytes ? (size_t)length : 0);
}
