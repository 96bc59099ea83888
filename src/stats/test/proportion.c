#include "stats/test/proportion.h"

#include "stats/dist.h"

double pfg_proportion_greater(double base_events, double base_trials,
                              double head_events, double head_trials)
{
    if (!(base_trials > 0 && head_trials > 0 && head_events > 0 &&
          base_events >= 0)) {
        return 1;
    }
    /* P(X >= k) of n throws at p is I_p(k, n - k + 1). */
    return pfg_beta_regularised(head_trials / (head_trials + base_trials),
                                head_events, base_events + 1);
}
