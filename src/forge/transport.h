#ifndef PFG_FORGE_TRANSPORT_H
#define PFG_FORGE_TRANSPORT_H

#include <stddef.h>

#include "base/slice.h"
#include "base/str.h"

/*
 * One exchange over HTTP, by the program `curl`: a request goes out, an answer
 * or a reason comes back. No retries, no redirects followed: http.h decides on
 * those. A program of its own and not libcurl, which brings twenty libraries
 * to every start of perfgate and cannot be linked into a static one. Inside
 * this folder only.
 */
enum pfg_transport_result {
    PFG_TRANSPORT_ANSWER,     /* status and what follows it are filled */
    PFG_TRANSPORT_UNSENT,     /* no connection: the request is not known */
    PFG_TRANSPORT_BROKEN,     /* sent, perhaps carried out; no whole answer */
    PFG_TRANSPORT_UNTRUSTED,  /* the other side's certificate is not good */
    PFG_TRANSPORT_TOO_LARGE,  /* the answer has more than `most` bytes */
    PFG_TRANSPORT_IMPOSSIBLE, /* a bad address, a bad CA file, no curl */
};

struct pfg_exchange {
    const char *method, *url;
    const char *const *headers; /* "Name: value", ended by NULL */
    struct pfg_slice body;      /* empty: none */
    const char *ca_file;        /* NULL: curl's */
    long connect_ms, total_ms;
    size_t most; /* bytes of an answer */

    long status;
    struct pfg_str text; /* initialised by the caller, cleared here */
    char location[2048]; /* headers of the answer; "" where missing */
    char retry_after[64];
    char remaining[32]; /* requests before a rate limit */
    char reset[32];     /* when it ends, seconds since 1970 */
    char trouble[512];  /* where there is no answer: why */
};

enum pfg_transport_result pfg_transport_exchange(struct pfg_exchange *exchange);

/*
 * Where a redirect leads: 0 and the address in `out` where scheme, host and
 * port are those of `from`; 1 and the host alone in `out` where they are not;
 * -1 for what is not an address.
 */
int pfg_transport_redirect(struct pfg_str *out, const char *from,
                           const char *location);

/* Whether `url` is an address for https, or for http: 0 for https, 1 for http
 * on this machine, 2 for http to another; -1 for anything else. */
int pfg_transport_check(const char *url);

#endif
