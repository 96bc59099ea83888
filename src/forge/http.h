#ifndef PFG_FORGE_HTTP_H
#define PFG_FORGE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "json/json.h"

/*
 * A client for one API: retries what may be retried, waits when told to,
 * follows redirects on the same host only, and turns every failure into a
 * message. The token is sent in a header of each request and nowhere else: it
 * is removed from whatever the server answers.
 *
 * Pauses double from the first one on, without random numbers.
 */
struct pfg_http;

/* Milliseconds, except for `tries`. */
struct pfg_http_limits {
    long connect_ms; /* for connecting */
    long total_ms;   /* for one request with its answer */
    long pause_ms;   /* before the second try; doubles from then on */
    long wait_ms;    /* the longest wait that a forge may demand */
    long overall_ms; /* for all requests and pauses together */
    long tries;      /* for one request */
};

#define PFG_HTTP_LIMITS                                                        \
    ((struct pfg_http_limits){10000, 30000, 1000, 60000, 300000, 4})

struct pfg_http_options {
    const char *name;           /* the forge's name for people: "GitHub" */
    const char *api_url;        /* without a slash at the end */
    const char *const *headers; /* "Name: value", ended by NULL */
    const char *authorization;  /* the whole header; NULL: none */
    const char *token;          /* removed from all messages; NULL: none */
    const char *ca_file;        /* NULL: curl's default */
    struct pfg_http_limits limits;
    /* Called before a pause with its reason, "GitHub answers 503"; may be NULL.
     */
    void (*waiting)(void *self, long ms, const char *why);
    void *self;
};

/* The result of a request. All but OK set an error. */
enum pfg_http_result {
    PFG_HTTP_OK,           /* 2xx */
    PFG_HTTP_UNAUTHORIZED, /* 401: the token is invalid */
    PFG_HTTP_FORBIDDEN,    /* 403: the token lacks a permission */
    PFG_HTTP_GONE,         /* 404, 410 */
    PFG_HTTP_REFUSED,      /* another 4xx: the request is invalid */
    PFG_HTTP_UNCERTAIN,    /* sent, perhaps carried out: look before trying
                              again; only of what is not repeatable */
    PFG_HTTP_TOO_LARGE,    /* the answer has more than PFG_HTTP_MOST bytes */
    PFG_HTTP_FAILED,       /* no answer, or an unusable one */
};

#define PFG_HTTP_MOST ((size_t)8 << 20)

struct pfg_http_request {
    const char *method;
    const char *path;      /* "/repos/a/b/issues/1/comments?page=2" */
    struct pfg_slice body; /* JSON; empty: none */
    bool repeatable;       /* sending it twice has the effect of once */
};

struct pfg_http_answer {
    long status;
    struct pfg_json_document *json; /* NULL: none, or not readable */
};

/* Borrows the options' strings. PFG_USAGE for an invalid address. */
int pfg_http_open(struct pfg_http **out, const struct pfg_http_options *options,
                  struct pfg_error *err);
void pfg_http_close(struct pfg_http *http); /* NULL is fine */

/* Sends a request. `out` may be NULL; else the caller frees its document, and
 * for a GET one that cannot be parsed is PFG_HTTP_FAILED. Errors are
 * PFG_SYSTEM. */
enum pfg_http_result pfg_http_send(struct pfg_http_answer *out,
                                   struct pfg_http *http,
                                   const struct pfg_http_request *request,
                                   struct pfg_error *err);

/* Pauses before try number `tried` + 1. False, without pausing, if the time for
 * all requests is over. */
bool pfg_http_pause(struct pfg_http *http, long tried, const char *why);

/* Whether the token would cross a network unencrypted. */
bool pfg_http_is_open(const char *api_url);

#endif
