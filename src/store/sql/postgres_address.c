#include "store/sql/postgres_address.h"

#include <string.h>

#include "base/slice.h"

static const char *const schemes[] = {"postgresql://", "postgres://"};

/* The text after the scheme; NULL if this is not a URL. */
static const char *after_scheme(const char *address)
{
    for (size_t i = 0; i < PFG_COUNT(schemes); i++) {
        if (!strncmp(address, schemes[i], strlen(schemes[i]))) {
            return address + strlen(schemes[i]);
        }
    }
    return NULL;
}

bool pfg_postgres_claims(const char *path)
{
    return after_scheme(path) || !strncmp(path, "service=", 8);
}

/* If an '@' follows the '#', the '#' is part of a password. */
const char *pfg_postgres_project(const char *path)
{
    const char *mark = strrchr(path, '#');

    return mark && !strchr(mark, '@') ? mark + 1 : NULL;
}

/* If a password contains a bare '@' or '/', the rest of it is parsed as the
 * host or the name of the database, which messages show. */
static bool is_ambiguous(const char *rest)
{
    struct pfg_slice url = pfg_slice_make(rest, strcspn(rest, "?"));
    size_t n = 0;

    for (size_t i = 0; i < url.len; i++) {
        n += url.ptr[i] == '@';
    }
    return n > 1 || (n && memchr(url.ptr, '/', url.len) &&
                     (const char *)memchr(url.ptr, '/', url.len) <
                         (const char *)memchr(url.ptr, '@', url.len));
}

static const char *value_of(const struct pg_option *options, const char *name)
{
    for (; options->keyword; options++) {
        if (!strcmp(options->keyword, name)) {
            return options->val;
        }
    }
    return NULL;
}

static void put(struct pfg_str *out, const char *before, const char *text,
                const char *after)
{
    if (text && *text) {
        pfg_str_printf(out, "%s%s%s", before, text, after);
    }
}

int pfg_postgres_name(struct pfg_str *out, const struct pfg_libpq *pq,
                      const char *address, struct pfg_error *err)
{
    const char *rest = after_scheme(address), *host;
    struct pg_option *options = NULL;
    char *said = NULL;

    if (!rest || !is_ambiguous(rest)) {
        options = pq->PQconninfoParse(address, &said);
        pq->PQfreemem(said); /* it may quote a password */
    }
    if (!options) {
        pfg_fail(err, PFG_USAGE,
                 "--db is not a valid PostgreSQL connection string");
        return pfg_hint(
            err, "use postgresql://USER@HOST:PORT/DATABASE; write '@', ':', "
                 "'/' and '%%' in a password as %%40, %%3A, %%2F and %%25, or "
                 "put the password in PGPASSWORD or ~/.pgpass");
    }
    if (rest) {
        host = value_of(options, "host");
        pfg_str_puts(out, "postgresql://");
        put(out, "", value_of(options, "user"), "@");
        put(out, "", host && *host == '/' ? NULL : host, "");
        put(out, ":", value_of(options, "port"), "");
        put(out, "/", value_of(options, "dbname"), "");
    } else {
        put(out, "service=", value_of(options, "service"), "");
    }
    pq->PQconninfoFree(options);
    return 0;
}
