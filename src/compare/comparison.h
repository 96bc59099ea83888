#ifndef PFG_COMPARE_COMPARISON_H
#define PFG_COMPARE_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/gate.h"
#include "model/report.h"
#include "model/run.h"
#include "policy/accept.h"

/* What is compared: two sides of runs, their history, and a policy. */

struct pfg_side {
    struct pfg_run *const *runs; /* oldest first */
    size_t n;
    struct pfg_report_origin origin;
};

/* From here on a series is another program: somebody accepted a change. */
struct pfg_segment {
    const struct pfg_acceptance *of; /* its patterns say of which series */
    size_t from; /* the first run that has it: an index into the history, then
                    into the base's runs behind it */
};

struct pfg_comparison {
    struct pfg_side base, head; /* base.n 0: nothing to compare with */
    const char *no_base;        /* why */
    /* The base is a window: runs of several versions, each a sample of what
     * the program does, none of them in turn with the head's. */
    bool window;
    /* Earlier results on the same hardware, oldest first, without the base. */
    struct pfg_run *const *history;
    size_t n_history;
    const struct pfg_segment *segments;
    size_t n_segments;
    const struct pfg_policy *policy;
    bool alternating;      /* the user says that the processes were
                              measured in turn */
    bool has_profile;      /* the head's hardware counts */
    const char **profiles; /* that have any data, for "no base" */
    size_t n_profiles;
    PFG_VEC(const char *) notes; /* lines for the report, before its own */
    const char *const *filter;   /* see group/filter.h; NULL: all */
    size_t n_filter;
};

#endif
