#ifndef PFG_APP_PROGRAMS_READY_H
#define PFG_APP_PROGRAMS_READY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

/* Whether a service is ready: http://HOST[:PORT][/PATH] or tcp:[HOST:]PORT,
 * with 127.0.0.1 as the default HOST. Anything else is a shell command. */

struct pfg_ready {
    const char *host; /* NULL: it is a shell command */
    const char *port;
    const char *path; /* for http; NULL: a connection is enough */
};

/* In the arena. PFG_USAGE for an invalid address. */
int pfg_ready_parse(struct pfg_ready *out, const char *text,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Asks once, for at most two seconds. NULL if it listens and, for http,
 * responds with a status of 200 to 399; else the problem, in the arena: "nobody
 * listens", "status 503". */
const char *pfg_ready_ask(const struct pfg_ready *ready,
                          struct pfg_arena *arena);

/* Whether anybody listens there. */
bool pfg_ready_listens(const struct pfg_ready *ready);

/* A free port of this machine, below those that Linux assigns to connections.
 * *next is the first to try, and is advanced. 0: none is free. */
int pfg_ready_free_port(int *next);

#endif
