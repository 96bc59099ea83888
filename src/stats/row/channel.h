#ifndef PFG_STATS_ROW_CHANNEL_H
#define PFG_STATS_ROW_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The one-sided p of a change from its two channels (verdict.md section 3):
 * the shift of the undisturbed mode against the noise between runs, and,
 * with enough alternating processes, the rank test of the bulk. Shifts are
 * positive in the direction that is tested; to test the other one, exchange
 * the sides, which changes both signs.
 */
struct pfg_change {
    double low_shift; /* dL */
    double effect;    /* dM */
    double error;     /* SE, see pfg_noise_error() */
    double floor;     /* see pfg_limit_floor() */
    bool replicated;
    size_t n; /* the smaller side */
};

/* The design has a second channel: replicated and n >= 7 (with fewer the rank
 * test cannot reach q alone). */
bool pfg_channel_second(bool replicated, size_t n);

/* Whether the rank test counts for this change: the design has the second
 * channel and the bulk is over the floor. If it does not, p_bulk need not be
 * computed. */
bool pfg_change_wants_bulk(const struct pfg_change *change);

/*
 * p: 1 unless both shifts are over the floor, else pfg_shift_p(); with a
 * second channel min(1, 2 * min(p, p_bulk)), where p_bulk counts only if
 * pfg_change_wants_bulk() (it is not read otherwise).
 */
double pfg_change_p(const struct pfg_change *change, double p_bulk);

/*
 * For advice only: the slow end moved and the fast mode did not. The shift
 * of the 90th percentile is at least 3 * limit (theta', in logs) while dL is
 * below the limit, and the rank test says p_bulk < 0.01. Both sides are
 * sorted, and their processes alternated.
 */
bool pfg_distribution_changed(const double *base, size_t n_base,
                              const double *head, size_t n_head,
                              double low_shift, double limit, double p_bulk);

#endif
