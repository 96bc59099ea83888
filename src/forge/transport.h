#ifndef PFG_FORGE_TRANSPORT_H
#define PFG_FORGE_TRANSPORT_H

#include <stddef.h>

#include "base/slice.h"
#include "base/str.h"

/*
 * One exchange over HTTP by the program `curl`: one request, one answer or the
 * reason why there is none. It neither retries nor follows redirects, which
 * http.h decides. curl is a separate program because libcurl brings twenty
 * libraries to every start of perfgate and cannot be linked statically. Inside
 * this folder only.
 */
enum pfg_transport_result {
    PFG_TRANSPORT_ANSWER,    /* status and the members after it are set */
    PFG_TRANSPORT_UNSENT,    /* no connection, so nothing was sent */
    PFG_TRANSPORT_BROKEN,    /* sent, perhaps carried out; no complete answer */
    PFG_TRANSPORT_UNTRUSTED, /* the server's certificate is not valid */
    PFG_TRANSPORT_TOO_LARGE, /* the answer has more than `most` bytes */
    PFG_TRANSPORT_IMPOSSIBLE, /* a bad address, a bad CA file, no curl */
};

struct pfg_exchange {
    const char *method, *url;
    const char *const *headers; /* "Name: value", ended by NULL */
    struct pfg_slice body;      /* empty: none */
    const char *ca_file;        /* NULL: curl's default */
    long connect_ms, total_ms;
    size_t most; /* maximum bytes of an answer */

    long status;
    struct pfg_str text; /* initialised by the caller, cleared here */
    char location[2048]; /* headers of the answer; "" if missing */
    char retry_after[64];
    char remaining[32]; /* requests before a rate limit */
    char reset[32];     /* when the limit ends, seconds since 1970 */
    char trouble[512];  /* why there is no answer */
};

enum pfg_transport_result pfg_transport_exchange(struct pfg_exchange *exchange);

/*
 * Resolves a redirect: 0 with the address in `out` if scheme, host and port are
 * those of `from`; 1 with only the host in `out` if not; -1 if it is not an
 * address.
 */
int pfg_transport_redirect(struct pfg_str *out, const char *from,
                           const char *location);

/* The kind of an address: 0 for https, 1 for http on this machine, 2 for http
 * to another one; -1 if it is neither. */
int pfg_transport_check(const char *url);

#endif
