#ifndef PFG_RENDER_WORDS_BECAUSE_H
#define PFG_RENDER_WORDS_BECAUSE_H

#include "base/arena.h"
#include "model/report.h"

/* A sentence that tells what decided a row, with its numbers; in the arena. */
const char *pfg_because(const struct pfg_decision *decision,
                        struct pfg_arena *arena);

/* The whole row in one sentence: "+31%, certain: all 10 head runs were slower
 * than all 10 base runs; limit 5%". In the arena. */
const char *pfg_plainly(const struct pfg_report_row *row,
                        struct pfg_arena *arena);

#endif
