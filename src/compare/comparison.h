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

/* Where an accepted change begins: results before it are those of another
 * program. */
struct pfg_segment {
    const struct pfg_acceptance *of; /* its patterns select the series */
    size_t from; /* index of the first run with the change, in the history
                    followed by the base's runs */
};

struct pfg_comparison {
    struct pfg_side base, head; /* base.n 0: there is no base */
    const char *no_base;        /* why */
    /* The base is a window: runs of several versions, each a sample of the
     * program's performance, none of them in turn with the head's. */
    bool window;
    /* Earlier results on the same hardware, oldest first, without the base. */
    struct pfg_run *const *history;
    size_t n_history;
    const struct pfg_segment *segments;
    size_t n_segments;
    const struct pfg_policy *policy;
    bool alternating; /* the user states that the processes were measured in
                         turn */
    bool has_profile; /* the head's hardware counts */
    /* with any data, for the message that there is no base */
    const char **profiles;
    size_t n_profiles;
    /* lines for the report, before those of the comparison */
    PFG_VEC(const char *) notes;
    const char *const *filter; /* see group/filter.h; NULL: all */
    size_t n_filter;
};

#endif
