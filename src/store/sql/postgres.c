#include "store/sql/postgres.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/arena.h"
#include "base/memory.h"
#include "store/sql/connection.h"
#include "store/sql/postgres_address.h"
#include "store/sql/sql.h"

/* How long to wait for a server that is full or starting. */
#define PATIENCE_MILLISECONDS 30000
/* How long a connection attempt may take unless the connection string or
 * PGCONNECT_TIMEOUT sets it. */
#define CONNECT_SECONDS "10"

/* --- errors --- */

/* Joins the lines of a message. libpq indents lines of advice and quotes the
 * query after "LINE "; both are left out. */
static void join_lines(struct pfg_str *out, const char *text)
{
    struct pfg_slice rest = pfg_slice_of(text);

    while (rest.len) {
        struct pfg_slice line = pfg_take_until(&rest, '\n');

        if (line.len && *line.ptr != '\t' && *line.ptr != ' ' &&
            !pfg_slice_starts(line, "LINE ")) {
            pfg_str_printf(out, "%s%.*s", out->len ? "; " : "",
                           PFG_SLICE(line));
        }
    }
}

static bool is_state(const struct postgres *pg, const char *state)
{
    return !strcmp(pg->state, state);
}

static int hint(const struct postgres *pg, const char *theirs,
                struct pfg_error *err)
{
    if (is_state(pg, "42501")) {
        return pfg_hint(err,
                        "grant it to the role, or connect as another role");
    }
    if (is_state(pg, "57014") || is_state(pg, "55P03")) {
        return pfg_hint(err, "statement_timeout and lock_timeout are set by "
                             "the server, the role or PGOPTIONS");
    }
    if (pg->lost) {
        return pfg_hint(
            err,
            pg->store.writing
                ? "run it again: a write is stored completely or not at all"
                : "run it again");
    }
    return theirs ? pfg_hint(err, "%s", theirs) : -1;
}

int pfg_postgres_fail(struct postgres *pg, PGresult *result,
                      struct pfg_error *err)
{
    const char *message = pg->pq.PQresultErrorField(result, PG_FIELD_MESSAGE);
    const char *state = pg->pq.PQresultErrorField(result, PG_FIELD_STATE);
    struct pfg_str words;
    struct pfg_error own = {0};

    err = err ? err : &own;
    pfg_str_init(&words, 0);
    join_lines(&words,
               message ? message : pg->pq.PQerrorMessage(pg->connection));
    snprintf(pg->state, sizeof pg->state, "%s", state ? state : "");
    pg->lost = pg->pq.PQstatus(pg->connection) != CONNECTION_OK;
    pfg_fail(err, PFG_SYSTEM, "cannot %s '%s': %s",
             pg->store.writing ? "write" : "read", pg->store.name, words.ptr);
    hint(pg, pg->pq.PQresultErrorField(result, PG_FIELD_HINT), err);
    if (!pg->failure.code) {
        pg->failure = *err;
    }
    pfg_str_free(&words);
    pg->pq.PQclear(result);
    return -1;
}

static bool is_forbidden(const struct pfg_store *store)
{
    const struct postgres *pg = (const struct postgres *)store;

    return is_state(pg, "25006") || is_state(pg, "42501");
}

/* A connection was lost, or two transactions were in conflict. */
static bool may_repeat(const struct pfg_store *store)
{
    const struct postgres *pg = (const struct postgres *)store;

    return !pg->unsure &&
           (pg->lost || is_state(pg, "40001") || is_state(pg, "40P01"));
}

/* What perfgate wrote on a server never causes a read error there. */
static int readable(const struct pfg_store *store, struct pfg_error *err)
{
    const struct postgres *pg = (const struct postgres *)store;

    if (!pg->failure.code) {
        return 0;
    }
    *err = pg->failure;
    return -1;
}

/* --- connecting --- */

static void ignore_notice(void *self, const PGresult *result)
{
    (void)self;
    (void)result;
}

/* The server is there, and will soon have room or be ready. libpq gives no code
 * for errors before there is a connection. */
static bool is_passing(const char *message)
{
    static const char *const passing[] = {
        "too many clients",     "connection slots are reserved",
        "too many connections", "no more connections allowed",
        "starting up",
    };

    for (size_t i = 0; i < PFG_COUNT(passing); i++) {
        if (strstr(message, passing[i])) {
            return true;
        }
    }
    return false;
}

static int connect(struct postgres *pg, struct pfg_error *err)
{
    /* The string overrides the parameters before "dbname" and is overridden by
     * those after it. */
    static const char *const names[] = {"connect_timeout", "application_name",
                                        "dbname", "client_encoding", NULL};
    const char *const values[] = {
        getenv("PGCONNECT_TIMEOUT") ? NULL : CONNECT_SECONDS,
        getenv("PGAPPNAME") ? NULL : "perfgate", pg->address, "UTF8", NULL};
    struct pfg_str words;

    pg->transaction++;
    pg->lost = false;
    for (long waited = 0, wait = 100;; waited += wait, wait = wait * 3 / 2) {
        struct timespec time = {wait / 1000, wait % 1000 * 1000000};

        pg->connection = pg->pq.PQconnectdbParams(names, values, 1);
        if (pg->pq.PQstatus(pg->connection) == CONNECTION_OK) {
            pg->pq.PQsetNoticeReceiver(pg->connection, ignore_notice, NULL);
            return 0;
        }
        if (waited > PATIENCE_MILLISECONDS ||
            !is_passing(pg->pq.PQerrorMessage(pg->connection))) {
            break;
        }
        pg->pq.PQfinish(pg->connection);
        nanosleep(&time, NULL);
    }
    pfg_str_init(&words, 0);
    join_lines(&words, pg->pq.PQerrorMessage(pg->connection));
    pfg_fail(err, PFG_SYSTEM, "cannot open '%s': %s", pg->store.name,
             words.ptr);
    pfg_str_free(&words);
    return -1;
}

static void close_postgres(struct pfg_store *store)
{
    struct postgres *pg = pfg_postgres_of(store);

    if (pg->connection) {
        pg->pq.PQfinish(pg->connection);
    }
    pfg_str_free(&pg->prepared);
    free(pg->address);
    free(pg->project);
    free(pg->schema);
    free(store->name);
    free(pg);
}

/* --- transactions --- */

int pfg_postgres_execute(struct postgres *pg, const char *sql,
                         struct pfg_error *err)
{
    PGresult *result = pg->pq.PQexec(pg->connection, sql);
    int status = pg->pq.PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return pfg_postgres_fail(pg, result, err);
    }
    pg->pq.PQclear(result);
    return 0;
}

/*
 * A reading transaction sees the database as it was at its first query. A
 * writing one is the only one in its schema, as with SQLite, so nothing is
 * stored twice and there are no deadlocks. The lock timeout ends every wait.
 */
static const char looking[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                              "SET LOCAL search_path TO %s";
static const char writing[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED;"
    "SET LOCAL search_path TO %s;"
    "SELECT set_config('lock_timeout', '300s', true)"
    " WHERE current_setting('lock_timeout') = '0';"
    "SELECT pg_advisory_xact_lock(%d, hashtext(current_schemas(false)::text))";

int pfg_postgres_begin(struct postgres *pg, bool may_write,
                       struct pfg_error *err)
{
    struct pfg_str sql;
    int failed;

    pg->transaction++;
    pg->lost = pg->unsure = false;
    pg->state[0] = '\0';
    pg->failure.code = PFG_OK;
    pfg_str_init(&sql, 0);
    if (may_write) {
        pfg_str_printf(&sql, writing, pg->schema, PFG_SCHEMA_APPLICATION);
    } else {
        pfg_str_printf(&sql, looking, pg->schema);
    }
    failed = pfg_postgres_execute(pg, sql.ptr, err);
    /* The server went away since the last transaction: nothing has begun. */
    if (failed && pg->lost) {
        pg->pq.PQfinish(pg->connection);
        pg->failure.code = PFG_OK;
        failed = connect(pg, err) || pfg_postgres_execute(pg, sql.ptr, err);
    }
    pfg_str_free(&sql);
    pg->in_transaction = !failed;
    if (failed) {
        pg->pq.PQclear(pg->pq.PQexec(pg->connection, "ROLLBACK"));
    }
    return failed ? -1 : 0;
}

int pfg_postgres_end(struct postgres *pg, bool commit, struct pfg_error *err)
{
    struct pfg_str sql;
    int failed = 0;

    if (!pg->in_transaction) {
        return 0;
    }
    /* A failed transaction accepts only ROLLBACK, so that goes first. */
    pfg_str_init(&sql, 0);
    pfg_str_printf(&sql, commit ? "%sCOMMIT" : "ROLLBACK;%s", pg->prepared.ptr);
    if (commit || !pg->lost) {
        failed = pfg_postgres_execute(pg, sql.ptr, err);
        pg->unsure = failed && pg->lost;
    }
    pfg_str_free(&sql);
    pfg_str_clear(&pg->prepared);
    pg->in_transaction = commit && failed && !pg->lost;
    return failed;
}

static int begin(struct pfg_store *store, struct pfg_error *err)
{
    return pfg_postgres_begin(pfg_postgres_of(store), store->writing, err);
}

static int end(struct pfg_store *store, bool commit, struct pfg_error *err)
{
    return pfg_postgres_end(pfg_postgres_of(store), commit, err);
}

static int run(struct pfg_store *store, const char *sql, struct pfg_error *err)
{
    struct pfg_str words;
    int failed;

    pfg_str_init(&words, 0);
    pfg_postgres_words(&words, sql);
    failed = pfg_postgres_execute(pfg_postgres_of(store), words.ptr, err);
    pfg_str_free(&words);
    return failed;
}

static const struct pfg_driver driver = {
    .size = "SELECT CAST(SUM(pg_total_relation_size(oid)) AS BIGINT)"
            " FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace ="
            " to_regnamespace(quote_ident(current_schema()))",
    .close = close_postgres,
    .run = run,
    .begin = begin,
    .end = end,
    .prepare = pfg_postgres_prepare,
    .discard = pfg_postgres_discard,
    .place = pfg_postgres_place,
    .bind = pfg_postgres_bind,
    .step = pfg_postgres_step,
    .reset = pfg_postgres_reset,
    .flush = pfg_postgres_flush,
    .integer = pfg_postgres_integer,
    .real = pfg_postgres_real,
    .bytes = pfg_postgres_bytes,
    .is_forbidden = is_forbidden,
    .may_repeat = may_repeat,
    .readable = readable,
    .state = pfg_postgres_state,
    .mark = pfg_postgres_mark,
};

/* --- opening --- */

/* PostgreSQL silently truncates longer names. */
static int quote_schema(struct postgres *pg, struct pfg_error *err)
{
    struct pfg_str quoted;

    if (!*pg->project || strlen(pg->project) > 63) {
        pfg_fail(err, PFG_USAGE,
                 "a project name must have 1 to 63 bytes, but '%s' has %zu",
                 pg->project, strlen(pg->project));
        return pfg_hint(err,
                        "set another name with --project or PERFGATE_PROJECT");
    }
    pfg_str_init(&quoted, 0);
    pfg_str_putc(&quoted, '"');
    for (const char *c = pg->project; *c; c++) {
        pfg_str_puts(&quoted, *c == '"' ? "\"" : "");
        pfg_str_putc(&quoted, *c);
    }
    pfg_str_putc(&quoted, '"');
    pg->schema = pfg_strdup(quoted.ptr);
    pfg_str_free(&quoted);
    return 0;
}

/* A prefix for prepared statements: behind a pooler, other clients have their
 * own in the same server process. */
static void make_prefix(struct postgres *pg)
{
    uint64_t random = (uint64_t)time(NULL);

    if (getrandom(&random, sizeof random, 0) < 0) {
        random ^= (uint64_t)(uintptr_t)pg;
    }
    snprintf(pg->prefix, sizeof pg->prefix, "perfgate_%016" PRIx64, random);
}

/* Connects, whether or not the project exists. */
static int open_server(struct pfg_store **out, const char *path,
                       struct pfg_error *err)
{
    struct postgres *pg = pfg_alloc(sizeof *pg);
    const char *project = pfg_postgres_project(path);
    struct pfg_str name;
    int failed;

    *out = &pg->store;
    pg->store.driver = &driver;
    pg->project = pfg_strdup(project ? project : "perfgate");
    pg->address = pfg_strdup(path);
    if (project) {
        pg->address[project - 1 - path] = '\0';
    }
    pfg_str_init(&pg->prepared, 0);
    make_prefix(pg);
    pfg_str_init(&name, 0);
    failed = pfg_libpq_load(&pg->pq, err) ||
             pfg_postgres_name(&name, &pg->pq, pg->address, err) ||
             quote_schema(pg, err);
    pfg_str_printf(&name, "#%s", pg->project);
    pg->store.name = pfg_strdup(name.ptr);
    pfg_str_free(&name);
    if (failed || connect(pg, err)) {
        close_postgres(*out);
        *out = NULL;
        return -1;
    }
    return 0;
}

int pfg_postgres_open(struct pfg_store **out, const char *path, bool create,
                      struct pfg_error *err)
{
    if (open_server(out, path, err)) {
        return -1;
    }
    if (pfg_postgres_find_schema(pfg_postgres_of(*out), create, err)) {
        close_postgres(*out);
        *out = NULL;
        return -1;
    }
    return 0;
}

int pfg_postgres_projects(const char *path, const char ***out, size_t *n,
                          struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_store *store;
    int failed;

    if (open_server(&store, path, err)) {
        return -1;
    }
    failed = pfg_postgres_list_schemas(store, out, n, arena, err);
    close_postgres(store);
    return failed;
}
