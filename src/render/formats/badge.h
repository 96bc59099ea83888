#ifndef PFG_RENDER_FORMATS_BADGE_H
#define PFG_RENDER_FORMATS_BADGE_H

#include "base/arena.h"
#include "model/report.h"

/* What a badge says, in a word or two. */
struct pfg_badge {
    const char *label, *message;
    const char *color; /* "#2da44e" */
    const char *named; /* the same in shields.io's words, "brightgreen" */
};

struct pfg_badge pfg_badge_of(const struct pfg_report *report,
                              struct pfg_arena *arena);

#endif
