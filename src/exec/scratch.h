#ifndef PFG_EXEC_SCRATCH_H
#define PFG_EXEC_SCRATCH_H

#include "base/error.h"
#include "base/memory.h"

struct pfg_arena;

/* A folder of a process's own for temporary files. As long as it is open it is
 * locked: that of a process that was killed is known by that, and removed by
 * the next one. */
struct pfg_scratch {
    const char *path; /* absolute; NULL: not open */
    int lock;
    struct pfg_partial partial; /* it goes when memory runs out, too */
};

/* Makes `folder`/perfgate-XXXXXX, and removes what killed processes of this
 * user left there. The path belongs to the arena. PFG_SYSTEM. */
int pfg_scratch_open(struct pfg_scratch *out, const char *folder,
                     struct pfg_arena *arena, struct pfg_error *err);

/* Removes it with all that is in it; one that is not open is fine. */
int pfg_scratch_close(struct pfg_scratch *scratch, struct pfg_error *err);

#endif
