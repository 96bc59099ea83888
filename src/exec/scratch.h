#ifndef PFG_EXEC_SCRATCH_H
#define PFG_EXEC_SCRATCH_H

#include "base/error.h"
#include "base/memory.h"

struct pfg_arena;

/* A temporary folder of this process, locked while it is open. Without a lock
 * it belongs to a process that was killed, and the next process removes it. */
struct pfg_scratch {
    const char *path; /* absolute; NULL: not open */
    int lock;
    struct pfg_partial partial; /* removes it when memory runs out */
};

/* Creates `folder`/perfgate-XXXXXX, and removes those that killed processes of
 * this user left there. The path is in the arena. PFG_SYSTEM. */
int pfg_scratch_open(struct pfg_scratch *out, const char *folder,
                     struct pfg_arena *arena, struct pfg_error *err);

/* Removes it with its contents; does nothing if it is not open. */
int pfg_scratch_close(struct pfg_scratch *scratch, struct pfg_error *err);

#endif
