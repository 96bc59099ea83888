#include "stats/row/channel.h"

#include <math.h>

#include "stats/row/limit.h"
#include "stats/row/noise.h"
#include "stats/sample.h"

#define SECOND_CHANNEL_MIN 7
#define ADVISORY_P         0.01

bool pfg_channel_second(bool replicated, size_t n)
{
    return replicated && n >= SECOND_CHANNEL_MIN;
}

bool pfg_change_wants_bulk(const struct pfg_change *change)
{
    return pfg_channel_second(change->replicated, change->n) &&
           pfg_reaches(change->effect, change->floor);
}

double pfg_change_p(const struct pfg_change *change, double p_bulk)
{
    double p = 1;

    if (pfg_reaches(change->effect, change->floor) &&
        pfg_reaches(change->low_shift, change->floor)) {
        p = pfg_shift_p(change->low_shift, change->error, change->replicated,
                        change->n);
    }
    if (!pfg_channel_second(change->replicated, change->n)) {
        return p;
    }
    if (pfg_change_wants_bulk(change)) {
        p = fmin(p, p_bulk);
    }
    return fmin(1, 2 * p);
}

bool pfg_distribution_changed(const double *base, size_t n_base,
                              const double *head, size_t n_head,
                              double low_shift, double limit, double p_bulk)
{
    const double slow = pfg_quantile_sorted(head, n_head, 0.9) -
                        pfg_quantile_sorted(base, n_base, 0.9);

    return p_bulk < ADVISORY_P && !pfg_reaches(low_shift, limit) &&
           pfg_reaches(slow, 3 * limit);
}
