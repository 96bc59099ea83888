#include <math.h>

#include "compare/report/advice.h"
#include "compare/row/suite_test.h"
#include "stats/dist.h"
#include "stats/row/detect.h"
#include "stats/row/noise.h"

struct pfg_advice_design pfg_advice_design(bool replicated, size_t n,
                                           size_t tests)
{
    const struct pfg_design design = {replicated, n, tests, PFG_Q};

    return (struct pfg_advice_design){
        .replicated = replicated,
        .n = n,
        .factor = pfg_detect_factor(&design),
        .ranks = pfg_detect_ranks_factor(&design),
        /* The rank interval of normal samples, and the assumed one. */
        .width = replicated ? pfg_normal_quantile_upper(0.025) / sqrt((double)n)
                            : pfg_noise_half_width(1, false, n),
    };
}

/* SE in the other design: processes in turn are trusted further than one that
 * stands alone. */
static double error_in(const struct pfg_report_row *row, bool replicated)
{
    const struct pfg_report_working *w = &row->working;
    double alone = M_SQRT2 * PFG_TAU_ALONE;

    if (!pfg_evidence_is_tested(row->evidence)) {
        return w->prior;
    }
    if (replicated && row->evidence == PFG_SINGLE && w->prior <= alone &&
        w->tau >= PFG_TAU_ALONE && row->kind == PFG_METRIC_MICRO) {
        double prior = pfg_noise_prior(PFG_TAU_MICRO, w->spread);

        return sqrt(fmax(0, w->error * w->error - w->prior * w->prior) +
                    prior * prior);
    }
    return w->error;
}

/* As many processes as many short rounds have, but not in turn. */
static bool is_many(const struct pfg_report_row *row)
{
    return row->evidence == PFG_SINGLE && row->working.by_process &&
           row->working.n >= PFG_DETECT_MANY;
}

/* Half the width of the interval of a side's median, a log. */
static double half_width(const struct pfg_report_side *side)
{
    return 0.5 * log(side->interval.upper / side->interval.lower);
}

double pfg_advice_detectable(const struct pfg_report_row *row,
                             const struct pfg_advice_design *design)
{
    const struct pfg_report_working *w = &row->working;
    double error = error_in(row, design->replicated);
    double shrink = sqrt((double)w->n / (double)design->n);
    double half = design->width * error, size;

    if (!w->present || !isfinite(w->prior)) {
        return NAN;
    }
    if (design->replicated && row->evidence == PFG_REPLICATED) {
        half = 0.5 * (w->effect_upper - w->effect_lower) * shrink;
    }
    if (design->replicated && is_many(row)) {
        half = hypot(half_width(&row->base), half_width(&row->head)) * shrink;
    }
    size = pfg_detectable(w->theta, half, error, design->factor);
    if (isfinite(design->ranks)) {
        size = fmin(size, pfg_detectable(w->theta, half, half, design->ranks));
    }
    return row->better == PFG_HIGHER ? -expm1(-size) : expm1(size);
}

size_t pfg_advice_rounds(const struct pfg_report_row *row)
{
    return row->evidence == PFG_REPLICATED ? row->working.n
           : is_many(row)                  ? row->working.n - 1
                                           : 0;
}

bool pfg_advice_between_runs(const struct pfg_report_row *row)
{
    const struct pfg_report_working *w = &row->working;

    return row->evidence == PFG_SINGLE &&
           w->variance >= 0.5 * (w->smear_base * w->smear_base +
                                 w->smear_head * w->smear_head);
}
