#ifndef PFG_HW_CHECK_H
#define PFG_HW_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "model/profile.h"

enum pfg_hw_state {
    PFG_HW_NOISY,   /* makes results vary, and can be fixed */
    PFG_HW_NOTABLE, /* makes them vary a little, or cannot be fixed */
    PFG_HW_UNKNOWN, /* could not be checked */
    PFG_HW_FINE,
};

/* The result of a check, in texts for people. */
struct pfg_hw_finding {
    const char *check; /* "governor" */
    enum pfg_hw_state state;
    const char *found;  /* "powersave"; NULL where unknown */
    const char *why;    /* its effect on results, or why it is unknown */
    const char *remedy; /* a command, or other advice; NULL: none */
    bool command;       /* `remedy` is a shell command */
    bool root;          /* that needs root */
};

struct pfg_hw_findings {
    struct pfg_hw_finding *at; /* by state, noisy ones first */
    size_t n;
};

/*
 * Finds what makes this machine noisy, from the notes of its profile and by
 * watching it for a second (with another `root`, PERFGATE_HARDWARE_ROOT: over
 * the time since boot). The limits are 1 % of steal, 5 % of load and 85 degrees
 * Celsius. Texts belong to `arena` or to the profile. This function can't fail.
 */
struct pfg_hw_findings pfg_hw_check(const struct pfg_profile *profile,
                                    const char *root, struct pfg_arena *arena);

/* "noisy", "notable", "unknown", "fine" */
const char *pfg_hw_state_name(enum pfg_hw_state state);

#endif
