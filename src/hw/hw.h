#ifndef PFG_HW_HW_H
#define PFG_HW_HW_H

#include "base/error.h"
#include "model/profile.h"

struct pfg_arena;

struct pfg_hw_options {
    const char *root; /* instead of "/", for tests: PERFGATE_HARDWARE_ROOT */
    const char *name; /* --hardware; NULL: derive one */
};

/*
 * The profile of this machine, from /proc, /sys and nvidia-smi (with a root:
 * from <root>/nvidia-smi.txt instead of running it). Every source may be
 * absent. This function can't fail.
 */
struct pfg_profile pfg_hw_detect(const struct pfg_hw_options *options,
                                 struct pfg_arena *arena);

#endif
