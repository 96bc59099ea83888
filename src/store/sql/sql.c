#include "store/sql/sql.h"

#include <assert.h>
#include <math.h>

#include "base/arena.h"
#include "store/sql/driver.h"

/* How often to try a transaction that a server or another writer undoes. */
#define ATTEMPTS 3

bool pfg_sql_is_forbidden(const struct pfg_store *store)
{
    return store->driver->is_forbidden(store);
}

int pfg_sql_readable(const struct pfg_store *store, struct pfg_error *err)
{
    return store->driver->readable(store, err);
}

int pfg_sql_run(struct pfg_store *store, const char *sql, struct pfg_error *err)
{
    return store->driver->run(store, sql, err);
}

int pfg_sql_number(struct pfg_store *store, int64_t *out, const char *sql,
                   struct pfg_error *err)
{
    struct pfg_statement *statement;
    int got;

    *out = 0;
    if (pfg_statement_new(&statement, store, sql, err)) {
        return -1;
    }
    got = pfg_statement_number(statement, out, err);
    pfg_statement_free(statement);
    return got < 0 ? -1 : 0;
}

/* --- transactions --- */

int pfg_sql_look(struct pfg_store *store, struct pfg_error *err)
{
    return store->driver->begin(store, err);
}

int pfg_sql_begin(struct pfg_store *store, struct pfg_error *err)
{
    store->writing = true;
    if (store->driver->begin(store, err)) {
        store->writing = false;
        return -1;
    }
    return 0;
}

int pfg_sql_commit(struct pfg_store *store, struct pfg_error *err)
{
    if (store->driver->end(store, true, err)) {
        pfg_sql_rollback(store);
        return -1;
    }
    store->writing = false;
    return 0;
}

void pfg_sql_rollback(struct pfg_store *store)
{
    /* Fails if an error has rolled back already, which does not matter. */
    store->driver->end(store, false, NULL);
    store->writing = false;
}

int pfg_sql_end(struct pfg_store *store, int failed, struct pfg_error *err)
{
    if (failed) {
        pfg_sql_rollback(store);
        return -1;
    }
    return pfg_sql_commit(store, err);
}

bool pfg_sql_again(const struct pfg_store *store, int *attempts)
{
    return store->driver->may_repeat && store->driver->may_repeat(store) &&
           ++*attempts < ATTEMPTS;
}

/* --- statements --- */

int pfg_statement_new(struct pfg_statement **out, struct pfg_store *store,
                      const char *sql, struct pfg_error *err)
{
    *out = NULL;
    if (store->driver->prepare(out, store, sql, err)) {
        return -1;
    }
    (*out)->store = store;
    return 0;
}

int pfg_statement_new_bulk(struct pfg_statement **out, struct pfg_store *store,
                           const char *sql, struct pfg_error *err)
{
    if (pfg_statement_new(out, store, sql, err)) {
        return -1;
    }
    (*out)->in_bulk = true;
    return 0;
}

int pfg_statement_flush(struct pfg_statement *statement, struct pfg_error *err)
{
    const struct pfg_driver *driver = statement->store->driver;

    return driver->flush ? driver->flush(statement, err) : 0;
}

void pfg_statement_free(struct pfg_statement *statement)
{
    if (statement) {
        statement->store->driver->discard(statement);
    }
}

static void bind(struct pfg_statement *statement, const char *name,
                 struct pfg_value value)
{
    const struct pfg_driver *driver = statement->store->driver;
    int place = name ? driver->place(statement, name) : ++statement->parameter;

    assert(place > 0);
    driver->bind(statement, place, &value);
}

void pfg_bind_text(struct pfg_statement *statement, const char *name,
                   const char *text)
{
    bind(statement, name,
         (struct pfg_value){.kind = PFG_VALUE_TEXT,
                            .null = !text,
                            .text = pfg_slice_of(text ? text : "")});
}

void pfg_bind_integer(struct pfg_statement *statement, const char *name,
                      int64_t value)
{
    bind(statement, name,
         (struct pfg_value){.kind = PFG_VALUE_INTEGER, .integer = value});
}

void pfg_bind_real(struct pfg_statement *statement, const char *name,
                   double value)
{
    bind(statement, name,
         (struct pfg_value){
             .kind = PFG_VALUE_REAL, .null = isnan(value), .real = value});
}

void pfg_bind_bytes(struct pfg_statement *statement, const char *name,
                    struct pfg_slice bytes)
{
    bind(statement, name,
         (struct pfg_value){.kind = PFG_VALUE_BYTES, .text = bytes});
}

int pfg_statement_step(struct pfg_statement *statement, struct pfg_error *err)
{
    statement->parameter = 0;
    statement->column = 0;
    return statement->store->driver->step(statement, err);
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
        /* An INSERT ... RETURNING is complete only after the step to its end.
         */
        if (pfg_statement_step(statement, err) < 0) {
            return -1;
        }
        statement->store->driver->reset(statement);
    }
    return got;
}

static struct pfg_slice next_bytes(struct pfg_statement *statement,
                                   bool *is_null)
{
    return statement->store->driver->bytes(statement, statement->column++,
                                           is_null);
}

char *pfg_take_optional(struct pfg_statement *statement,
                        struct pfg_arena *arena)
{
    bool is_null;
    struct pfg_slice text = next_bytes(statement, &is_null);

    return is_null ? NULL : pfg_arena_slice(arena, text);
}

const char *pfg_take_text(struct pfg_statement *statement,
                          struct pfg_arena *arena)
{
    struct pfg_slice text = pfg_take_bytes(statement);

    return text.len ? pfg_arena_slice(arena, text) : "";
}

const char *pfg_take_shared(struct pfg_statement *statement, const char *have,
                            struct pfg_arena *arena)
{
    bool is_null;
    struct pfg_slice text = next_bytes(statement, &is_null);

    if (is_null || (have && pfg_slice_is(text, have))) {
        return is_null ? NULL : have;
    }
    return pfg_arena_slice(arena, text);
}

int64_t pfg_take_integer(struct pfg_statement *statement)
{
    return statement->store->driver->integer(statement, statement->column++);
}

double pfg_take_real(struct pfg_statement *statement)
{
    return statement->store->driver->real(statement, statement->column++);
}

struct pfg_slice pfg_take_bytes(struct pfg_statement *statement)
{
    bool is_null;

    return next_bytes(statement, &is_null);
}

void pfg_take_none(struct pfg_statement *statement, size_t n)
{
    statement->column += (int)n;
}
