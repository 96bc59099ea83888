#ifndef PFG_COMPARE_ROW_ROW_H
#define PFG_COMPARE_ROW_ROW_H

#include <stdbool.h>

#include "compare/sides/pool.h"
#include "model/gate.h"
#include "model/metric.h"
#include "model/report.h"
#include "model/verdict.h"
#include "stats/history/changepoint.h"
#include "stats/row/lower_quartile.h"
#include "stats/test/rank.h"

/*
 * A series under comparison, until it has its verdict. Logs are signed so
 * that up is worse: x = ln(value) if lower is better, -ln(value) if higher
 * is (verdict.md 1); neutral series are treated as lower.
 */
struct pfg_sorted {
    double *x; /* ascending */
    size_t n;
};

struct pfg_row_side {
    const struct pfg_pooled *pooled; /* NULL: the side has no such series */
    struct pfg_low low; /* L and s at the row's size; unset for weak evidence */
    struct pfg_sorted bulk; /* samples of the effect and of the rank test */
    double center;          /* median of bulk */
    double value;           /* of all observations as written, base units */
    struct pfg_interval interval; /* of a median, as written; NAN: none */
    double error;                 /* the tool's own, relative; NAN: none */
    double range; /* half the range of values, relative to its middle */
    bool all_zero, all_equal;
};

struct pfg_row_history {
    double *low;    /* signed logs of L, oldest first, the base's run last */
    double *center; /* signed logs of the medians */
    const struct pfg_revision **revision; /* of what was measured */
    size_t *at;    /* index of the run, in the history followed by the base */
    size_t n;      /* of the current segment, the base's run included */
    size_t before; /* this many points of earlier segments lie in front: low[-1]
                      is the newest */
    struct pfg_changepoints changes; /* indexes from the oldest point of all */
};

struct pfg_row {
    const char *key;
    const struct pfg_series *series; /* the head's, else the base's */
    const char *label;               /* see pfg_key_label() */
    size_t benchmark; /* a number that only rows of one benchmark share */
    struct pfg_metric metric;
    const struct pfg_limit *limit;         /* shared by many rows */
    const struct pfg_acceptance *accepted; /* NULL: nobody accepted it */
    double theta;                          /* the limit in signed logs */
    double shift; /* added to all values if some are zero */
    struct pfg_row_side base, head;
    struct pfg_row_history *history; /* rows without earlier runs share an empty
                                        one, which is never written */
    const char *window_from; /* id of the first version after the window was
                                cut; NULL: it was not */

    enum pfg_evidence evidence;
    bool window;           /* the base is a window */
    bool comparable;       /* both sides have numbers that have logs */
    const char *forbidden; /* why it must not be compared; NULL: it may be */
    const char *why_not;   /* why it is not comparable */
    bool repeats;          /* a count that is nearly the same each time */
    bool by_process;       /* processes are the samples */
    bool alternating;
    bool vanished;       /* the head has nothing of the benchmark */
    bool with_suite;     /* nor of its suite, and the policy forbids that */
    bool measured;       /* the head has a number of the benchmark */
    bool family;         /* takes part in the test over the suite */
    size_t n;            /* samples of the smaller side */
    size_t rounds;       /* up to its newest numbers; 0: not known */
    double first_spread; /* S of the first measurement, scaled to the samples of
                            this second one; 0: there was none */
    double share,        /* of the level that this look may spend
                            (stats/test/sequential.h) */
        last_share; /* the larger of this and the share of the last look, which
                       a row that is decided early would have reached */

    double low_shift;        /* dL */
    struct pfg_shift middle; /* dM and its interval, signed logs */
    struct pfg_shift effect; /* what is shown and compared with the limit: dM,
                                or dL if that decided */
    double own_variance;     /* within a side, pooled over both */
    double apart; /* see pfg_noise_apart(), signed log; NAN: does not apply */
    double tau, spread;            /* tau0, S */
    double prior, variance, error; /* P, V, SE */
    double p_worse, p_better, p_bulk;
    double p_once;                /* p_worse if there had been one look */
    bool worse, better, screened; /* selected over the suite */
    bool by_low;                  /* the effect is dL */
    bool separate;                /* selected because it is `apart` */
    bool shift_member;            /* part of a shift of the whole suite */
    bool distribution; /* advisory: the slow half moved, the fast did not */
    size_t tests;      /* T: of the family */
    double seen; /* for point evidence, the error that its values show; NAN */
    /* smallest change that weak evidence can call, signed log */
    double effective;
    double detectable; /* smallest callable change, signed log; NAN */

    enum pfg_verdict verdict;
    enum pfg_decider by; /* what decided */
    const char *reason;
    enum pfg_target_status budget; /* if the limit has a budget */
    double budget_value;           /* the value compared with it */
    const char *budget_reason;     /* why it cannot be judged; "" */
};

/* The relative difference between two counts of a series that is still no
 * change: 0, except for instructions that are not declared exact. */
double pfg_count_noise(const struct pfg_series *series);

/* The change of the written value that a signed log stands for: 0.10 is ten per
 * cent more. */
double pfg_row_change(const struct pfg_row *row, double signed_log);

/* The written value that a signed log of the row stands for. */
double pfg_row_value(const struct pfg_row *row, double signed_log);

/* The signed log of a limit: ln(1 + t) if lower is better, -ln(1 - t) if higher
 * is (infinite from t = 1 on). */
double pfg_row_limit(enum pfg_direction better, double threshold);

/* What preparing the rows of a comparison shares. */
struct pfg_preparing {
    bool alternating; /* the user states that processes were measured in turn */
    struct pfg_arena *arena;
    struct pfg_arena *scratch;     /* may be cleared after each row */
    struct pfg_median_ranks ranks; /* for as many values as the last side had */
};

/* Prepares a row: reads both sides' samples into signed logs and decides what
 * evidence they are (verdict.md 0.5). */
void pfg_row_prepare(struct pfg_row *row, struct pfg_preparing *preparing);

/* Processes per side for replicated evidence, samples for single. */
#define PFG_MIN_REPLICATED 3
#define PFG_MIN_SINGLE     4

/* What evidence the samples of both sides are (verdict.md 0.5). */
enum pfg_evidence pfg_row_evidence(const struct pfg_row *row,
                                   struct pfg_arena *arena);

/* Instructions that threads, seeds and addresses move a little: less than
 * times, but more than nothing. */
bool pfg_row_is_repeating(const struct pfg_row *row);

/* The usual number of samples in a run of a side. */
size_t pfg_row_usual_run(const struct pfg_pooled *pooled,
                         struct pfg_arena *arena);

/* The evidence is history, summary or point: judged by the plain rule. */
bool pfg_row_is_weak(const struct pfg_row *row);

/* One number per side and no history: nothing shows the noise. */
bool pfg_row_is_lone(const struct pfg_row *row);

/* Allocations or bytes per iteration, one or two values of each side, with
 * different numbers of iterations, with which they vary. */
bool pfg_row_is_amortised(const struct pfg_row *row);

/* Events per trial on both sides: judged by counting. */
bool pfg_row_is_rate(const struct pfg_row *row);

#endif
