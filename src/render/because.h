#ifndef PFG_RENDER_BECAUSE_H
#define PFG_RENDER_BECAUSE_H

#include "base/arena.h"
#include "model/report.h"

/* What decided a row, in a sentence with its numbers; in the arena. */
const char *pfg_because(const struct pfg_decision *decision,
                        struct pfg_arena *arena);

#endif
