#ifndef PFG_APP_PROGRAMS_READY_H
#define PFG_APP_PROGRAMS_READY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

/* Whether a service answers: http://HOST[:PORT][/PATH] and tcp:[HOST:]PORT,
 * HOST 127.0.0.1 where it is not said. Anything else is text for a shell. */

struct pfg_ready {
    const char *host; /* NULL: it is text for a shell */
    const char *port;
    const char *path; /* of http; NULL: it is enough that somebody listens */
};

/* In the arena. PFG_USAGE for an invalid address. */
int pfg_ready_parse(struct pfg_ready *out, const char *text,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Asks once, for two seconds at most. NULL: it listens, and answers http with
 * a status of 200 to 399; else what it does instead, in the arena: "nobody
 * listens", "status 503". */
const char *pfg_ready_ask(const struct pfg_ready *ready,
                          struct pfg_arena *arena);

/* Whether anybody listens there. */
bool pfg_ready_listens(const struct pfg_ready *ready);

/* A port of this machine that is free now, below those that connections are
 * given; *next is where to look, and goes on. 0: there is none. */
int pfg_ready_free_port(int *next);

#endif
