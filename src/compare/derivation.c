#include "compare/derivation.h"

#include <math.h>

#include "compare/decide.h"
#include "stats/lower_quartile.h"
#include "stats/noise.h"

static bool is_tested(const struct pfg_row *row)
{
    return row->evidence == PFG_REPLICATED || row->evidence == PFG_SINGLE;
}

static struct pfg_report_working nothing_known(void)
{
    return (struct pfg_report_working){
        .theta = NAN,
        .effective = NAN,
        .low_base = NAN,
        .low_head = NAN,
        .smear_base = NAN,
        .smear_head = NAN,
        .low_shift = NAN,
        .effect = NAN,
        .effect_lower = NAN,
        .effect_upper = NAN,
        .tau = NAN,
        .spread = NAN,
        .prior = NAN,
        .history = NAN,
        .variance = NAN,
        .error = NAN,
        .freedom = NAN,
        .gain = NAN,
        .p_worse = NAN,
        .p_better = NAN,
        .p_bulk = NAN,
        .share = NAN,
        .q = NAN,
    };
}

static void fill_levels(struct pfg_report_working *out,
                        const struct pfg_row *row)
{
    struct pfg_low base = pfg_row_low(&row->base, row->n);
    struct pfg_low head = pfg_row_low(&row->head, row->n);

    out->low_base = base.level;
    out->low_head = head.level;
    out->smear_base = base.smear;
    out->smear_head = head.smear;
}

static void fill_test(struct pfg_report_working *out, const struct pfg_row *row)
{
    bool replicated = row->evidence == PFG_REPLICATED;

    fill_levels(out, row);
    out->variance = row->variance;
    out->freedom = pfg_noise_freedom(replicated, row->n);
    out->gain = pfg_noise_gain(replicated, row->n);
    out->p_worse = row->p_worse;
    out->p_better = row->p_better;
    out->p_bulk = row->p_bulk;
    out->share = row->share < 1 ? row->share : NAN;
    out->tests = row->tests;
    out->q = row->worse || row->better ? PFG_Q
             : row->screened           ? PFG_Q_SCREEN
                                       : NAN;
}

/* More of a history is told than was used, but not all of a long one. */
enum { MOST_POINTS = 100 };

/* Where the level changed, of the last `n` points of a history. */
static void fill_changes(struct pfg_report_working *out,
                         const struct pfg_row_history *history, double sign,
                         struct pfg_arena *arena)
{
    const struct pfg_changepoints *found = &history->changes;
    size_t skipped = history->before + history->n - out->n_points;
    struct pfg_report_jump *jumps =
        pfg_arena_new_array(arena, struct pfg_report_jump, found->n);

    for (size_t i = 0; i < found->n; i++) {
        const struct pfg_changepoint *change = &found->at[i];

        if (change->at > skipped) {
            jumps[out->n_jumps++] = (struct pfg_report_jump){
                .at = change->at - skipped,
                .before = exp(sign * change->before),
                .after = exp(sign * change->after),
            };
        }
    }
    out->jumps = jumps;
}

/* Back from signed logs to what was measured. */
static void fill_points(struct pfg_report_working *out,
                        const struct pfg_row *row, struct pfg_arena *arena)
{
    const struct pfg_row_history *history = &row->history;
    double sign = row->series->better == PFG_HIGHER ? -1 : 1;
    size_t all = history->before + history->n;
    size_t from = all > MOST_POINTS ? all - MOST_POINTS : 0;
    size_t n = all - from;
    struct pfg_report_point *points =
        pfg_arena_new_array(arena, struct pfg_report_point, n);

    for (size_t i = 0; i < n; i++) {
        const double *center = history->center - history->before + from;
        const double *low = history->low - history->before + from;
        const char **revision = history->revision - history->before + from;

        points[i] = (struct pfg_report_point){
            .value = exp(sign * center[i]),
            .level = exp(sign * low[i]),
            .revision = pfg_arena_strdup(arena, revision[i]),
        };
    }
    out->points = points;
    out->n_points = n;
    fill_changes(out, history, sign, arena);
    out->earlier = history->n - 1;
    out->history = pfg_rice(history->low, history->n);
}

void pfg_derivation_fill(struct pfg_report_working *out,
                         const struct pfg_row *row, struct pfg_arena *arena)
{
    *out = nothing_known();
    if (!row->comparable) {
        return;
    }
    out->present = true;
    out->by_process = row->by_process;
    out->alternating = row->alternating;
    out->family = row->family;
    out->worse = row->worse;
    out->better = row->better;
    out->screened = row->screened;
    out->n = row->n;
    out->theta = row->theta;
    out->effective = row->effective;
    out->low_shift = row->low_shift;
    out->effect = row->middle.estimate;
    out->effect_lower = row->middle.interval.lower;
    out->effect_upper = row->middle.interval.upper;
    if (row->history.n) {
        fill_points(out, row, arena);
    }
    if (row->evidence == PFG_EXACT || !row->base.bulk.n || !row->head.bulk.n) {
        return;
    }
    out->tau = row->tau;
    out->spread = row->spread;
    out->prior = row->prior;
    out->error = row->error;
    if (is_tested(row)) {
        fill_test(out, row);
    } else if (row->metric.kind == PFG_METRIC_RATE) {
        out->p_worse = row->p_worse;
        out->p_better = row->p_better;
    }
}
