#ifndef PFG_HW_CHECK_H
#define PFG_HW_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "model/profile.h"

enum pfg_hw_state {
    PFG_HW_NOISY,   /* makes results vary, and something can be done */
    PFG_HW_NOTABLE, /* makes them vary a little, or cannot be helped */
    PFG_HW_UNKNOWN, /* could not be looked at */
    PFG_HW_FINE,
};

/* What one look at the machine gave. Texts for people. */
struct pfg_hw_finding {
    const char *check; /* "governor" */
    enum pfg_hw_state state;
    const char *found;  /* "powersave"; NULL where unknown */
    const char *why;    /* what it does to results, or why nobody knows */
    const char *remedy; /* a command or what else to do; NULL: nothing helps */
    bool command;       /* `remedy` is for a shell */
    bool root;          /* and only root can do it */
};

struct pfg_hw_findings {
    struct pfg_hw_finding *at; /* noisy ones first, each kind in one order */
    size_t n;
};

/*
 * What makes this machine noisy: from the notes of its profile, and from a
 * second of its life (PERFGATE_HARDWARE_ROOT, `root`, has none: there it is
 * the time since boot). Steal and load count above one and five percent, heat
 * above 85 degrees Celsius. Texts belong to `arena` or are the profile's. This
 * function can't fail.
 */
struct pfg_hw_findings pfg_hw_check(const struct pfg_profile *profile,
                                    const char *root, struct pfg_arena *arena);

/* "noisy", "notable", "unknown", "fine" */
const char *pfg_hw_state_name(enum pfg_hw_state state);

#endif
