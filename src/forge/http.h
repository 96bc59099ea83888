#ifndef PFG_FORGE_HTTP_H
#define PFG_FORGE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "json/json.h"

/*
 * Talks to one API: retries what may be retried, waits when it is told to,
 * follows redirects on the same host and none to another, and turns every
 * failure into words. The token goes into a header of each request and
 * nowhere else: it is taken out of whatever the other side says.
 *
 * The pauses double from the first one on; no random number takes part.
 */
struct pfg_http;

/* Milliseconds, but for `tries`. */
struct pfg_http_limits {
    long connect_ms; /* to connect */
    long total_ms;   /* one request, answer included */
    long pause_ms;   /* before the second try; then twice that */
    long wait_ms;    /* the longest a forge may ask us to wait */
    long overall_ms; /* all requests and pauses together */
    long tries;      /* of one request */
};

#define PFG_HTTP_LIMITS                                                        \
    ((struct pfg_http_limits){10000, 30000, 1000, 60000, 300000, 4})

struct pfg_http_options {
    const char *name;           /* of the forge, for people: "GitHub" */
    const char *api_url;        /* no slash at its end */
    const char *const *headers; /* "Name: value", ended by NULL */
    const char *authorization;  /* the whole header; NULL: none */
    const char *token;          /* what is taken out of all words; NULL */
    const char *ca_file;        /* NULL: curl's own */
    struct pfg_http_limits limits;
    /* Told of a pause before it begins, "GitHub answers 503"; may be NULL. */
    void (*waiting)(void *self, long ms, const char *why);
    void *self;
};

/* How a request ended. Whatever is not OK comes with an error. */
enum pfg_http_result {
    PFG_HTTP_OK,           /* 2xx */
    PFG_HTTP_UNAUTHORIZED, /* 401: the token is none */
    PFG_HTTP_FORBIDDEN,    /* 403: it may not do this */
    PFG_HTTP_GONE,         /* 404, 410 */
    PFG_HTTP_REFUSED,      /* another 4xx: the request is wrong */
    PFG_HTTP_UNCERTAIN,    /* sent, perhaps carried out: look before trying
                              again; only of what is not repeatable */
    PFG_HTTP_TOO_LARGE,    /* the answer has more than PFG_HTTP_MOST bytes */
    PFG_HTTP_FAILED,       /* no answer, or one that is of no use */
};

#define PFG_HTTP_MOST ((size_t)8 << 20)

struct pfg_http_request {
    const char *method;
    const char *path;      /* "/repos/a/b/issues/1/comments?page=2" */
    struct pfg_slice body; /* JSON; empty: none */
    bool repeatable;       /* twice is the same as once */
};

struct pfg_http_answer {
    long status;
    struct pfg_json_document *json; /* NULL: none, or none that can be read */
};

/* Borrows the options' strings. PFG_USAGE for an address that is none. */
int pfg_http_open(struct pfg_http **out, const struct pfg_http_options *options,
                  struct pfg_error *err);
void pfg_http_close(struct pfg_http *http); /* NULL is fine */

/* `out` may be NULL; else its document is the caller's, and one that cannot
 * be read is PFG_HTTP_FAILED for a GET. Errors are PFG_SYSTEM. */
enum pfg_http_result pfg_http_send(struct pfg_http_answer *out,
                                   struct pfg_http *http,
                                   const struct pfg_http_request *request,
                                   struct pfg_error *err);

/* The pause before try number `tried` + 1; false, at once, where the time for
 * everything together is over. */
bool pfg_http_pause(struct pfg_http *http, long tried, const char *why);

/* Whether the token would cross a network in the clear. */
bool pfg_http_is_open(const char *api_url);

#endif
