#ifndef PFG_APP_DATABASE_SHARE_H
#define PFG_APP_DATABASE_SHARE_H

#include <stdint.h>

#include "app/input/context.h"
#include "base/error.h"

/* The history that is shared on a branch of the repository: see docs/history.md
 * and history_branch.h. */
struct pfg_shared_options {
    const char *database;
    const char *remote; /* NULL: origin */
    const char *branch; /* NULL: perfgate-history */
    uint64_t limit;     /* push: bytes of history, and it is rewritten as one
                           commit; 0: never */
};

#define PFG_SHARED_LIMIT ((uint64_t)100000000)

/* Adds to the branch what it lacks of the database, and removes from it what
 * was pruned; again where others were faster. */
int pfg_db_push(const struct pfg_context *context,
                const struct pfg_shared_options *options,
                struct pfg_error *err);

/* Adds to the database, which is made where it is not there, what it lacks of
 * the branch. A branch that is not there yet is none. */
int pfg_db_pull(const struct pfg_context *context,
                const struct pfg_shared_options *options,
                struct pfg_error *err);

#endif
