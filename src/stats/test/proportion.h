#ifndef PFG_STATS_TEST_PROPORTION_H
#define PFG_STATS_TEST_PROPORTION_H

/*
 * One-sided exact p of "the head's proportion is larger": given that
 * base_events + head_events happened in all, the chance that so many or more
 * fall on the head, binomial with head_trials / (head_trials + base_trials)
 * (the conditional test of two Poisson rates, exact in the limit of rare
 * events and conservative for proportions). No trials on a side: 1.
 */
double pfg_proportion_greater(double base_events, double base_trials,
                              double head_events, double head_trials);

#endif
