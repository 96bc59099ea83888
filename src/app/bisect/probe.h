#ifndef PFG_APP_BISECT_PROBE_H
#define PFG_APP_BISECT_PROBE_H

#include "app/measure/measure_options.h"
#include "vcs/vcs.h"

/* Whether one commit is worse than another: what was measured of them in
 * turn. */

enum pfg_probe_answer {
    PFG_PROBE_UNKNOWN, /* the two were not measured in turn */
    PFG_PROBE_SAME,
    PFG_PROBE_WORSE,
    PFG_PROBE_BROKEN, /* the head could not be built or measured */
};

struct pfg_probe {
    enum pfg_probe_answer answer;
    bool proven; /* WORSE by more than the limit, at the suite's level */
    bool stored; /* it was measured before */
    double change, change_lower, change_upper;
    size_t rounds;
    const char *key, *label, *metric; /* of the row that was looked at */
    const char *why;                  /* broken: a sentence */
};

struct pfg_probing {
    const struct pfg_context *context;
    const struct pfg_measure_options *options; /* without revisions */
    struct pfg_vcs *vcs;
    struct pfg_arena *arena; /* for what probes say */
};

/* What is asked: the row of `key` (NULL: that which got worst), and whether it
 * is worse by more than half of `change` (as written; NAN: by the policy's
 * limit). */
struct pfg_question {
    const char *base, *head; /* ids of commits */
    const char *key;
    double change;
    const char *const *filter; /* of all that is measured */
    size_t n_filter;
};

/* By the stored runs that were measured in turn: three rounds or more. */
int pfg_probe_stored(struct pfg_probe *out, const struct pfg_probing *probing,
                     const struct pfg_question *question,
                     struct pfg_error *err);

/* Measures them, and stores the results. A base that cannot be measured is
 * PFG_NOBASE. */
int pfg_probe_measure(struct pfg_probe *out, const struct pfg_probing *probing,
                      const struct pfg_question *question,
                      struct pfg_error *err);

#endif
