#ifndef PFG_MODEL_TREND_H
#define PFG_MODEL_TREND_H

#include "model/history.h"

/* What changed for good in a suite, on one hardware profile. */

enum pfg_trend_state {
    PFG_TREND_CANDIDATE, /* of the last one or two versions */
    PFG_TREND_CONFIRMED,
    PFG_TREND_ACCEPTED,  /* by a trailer, or by perfgate.json */
    PFG_TREND_RECOVERED, /* a later change took most of it back */
    PFG_N_TREND_STATES,
};

/* "candidate", "confirmed", ... */
const char *pfg_trend_state_name(enum pfg_trend_state state);

/* A shift of one series; or one that most benchmarks have at the same place:
 * a change of the machine or the toolchain, more likely than of the code. */
struct pfg_trend_change {
    const struct pfg_history_series *series; /* of many: one of them */
    struct pfg_history_shift shift;          /* of many: the median of theirs */
    size_t good, bad;    /* commits: the last before it, the likeliest */
    size_t last;         /* the last that it may have come with */
    size_t n_members;    /* benchmarks that have it; 0: it is of one series */
    size_t n_benchmarks; /* that were measured there */
    enum pfg_trend_state state;
    bool gated;               /* its metric is gated by default */
    bool fails;               /* what --fail-on regressed is about */
    const char *accepted;     /* by whom, and why; "" */
    const char **environment; /* what differs, "kernel: 6.1 before, 6.8 now" */
    size_t n_environment;
};

/* What came together in one series. */
struct pfg_trend_total {
    const struct pfg_history_series *series;
    double change; /* from the level at the beginning to the one at the end */
    size_t n;      /* shifts */
    bool worse;
};

/* What came together over the series of a suite that have one metric. */
struct pfg_trend_suite {
    const char *suite, *metric;
    double change; /* the geometric mean of what came together in each series,
                      those that did not change among them */
    size_t n_series;
    size_t n; /* shifts, those that may have come with one commit as one */
    bool worse;
};

struct pfg_trend {
    const struct pfg_history *history;
    const char *since;                /* as it was asked for; "" */
    struct pfg_trend_change *changes; /* biggest first */
    size_t n_changes;
    struct pfg_trend_total *totals; /* of series with two shifts or more, the
                                       biggest first */
    size_t n_totals;
    struct pfg_trend_suite *suites; /* with two series and two shifts or more,
                                       the biggest first */
    size_t n_suites;
    size_t n_fails;
    const char **warnings; /* about acceptances */
    size_t n_warnings;
};

#endif
