#include "compare/report/derivation.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "compare/row/decide.h"
#include "stats/row/lower_quartile.h"
#include "stats/row/noise.h"
#include "stats/row/single_value.h"

static void fill_test(struct pfg_report_working *out, const struct pfg_row *row)
{
    bool replicated = row->evidence == PFG_REPLICATED;

    out->low_base = row->base.low.level;
    out->low_head = row->head.low.level;
    out->smear_base = row->base.low.smear;
    out->smear_head = row->head.low.smear;
    out->variance = row->variance;
    out->freedom = pfg_noise_freedom(replicated, row->n);
    out->gain = pfg_noise_gain(replicated, row->n);
    out->apart = row->apart;
    out->p_worse = row->p_worse;
    out->p_better = row->p_better;
    out->p_bulk = row->p_bulk;
    out->share = row->share < 1 ? row->share : NAN;
    out->tests = row->tests;
    out->q = row->separate               ? NAN
             : row->worse || row->better ? PFG_Q
             : row->screened             ? PFG_Q_SCREEN
                                         : NAN;
}

/* The report shows more of a history than was used, but not all of a long one.
 */
enum { MOST_POINTS = 100 };

/* Fills where the level changed among the last points of a history. */
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

/* Fills the points of a history, turned from signed logs to values. */
static void fill_points(struct pfg_report_working *out,
                        const struct pfg_row *row, struct pfg_arena *arena)
{
    const struct pfg_row_history *history = row->history;
    double sign = pfg_direction_sign(row->series->better);
    size_t all = history->before + history->n;
    size_t from = all > MOST_POINTS ? all - MOST_POINTS : 0;
    size_t n = all - from;
    struct pfg_report_point *points =
        pfg_arena_new_array(arena, struct pfg_report_point, n);

    for (size_t i = 0; i < n; i++) {
        const double *center = history->center - history->before + from;
        const double *low = history->low - history->before + from;
        const struct pfg_revision *revision =
            (history->revision - history->before + from)[i];

        points[i] = (struct pfg_report_point){
            .value = exp(sign * center[i]),
            .level = exp(sign * low[i]),
            .revision = pfg_arena_strdup(arena, revision->id),
            .author = pfg_arena_strdup(
                arena, revision->author ? revision->author : ""),
            .time = revision->time,
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
    if (row->history->n) {
        fill_points(out, row, arena);
    }
    if (row->evidence == PFG_EXACT || !row->base.bulk.n || !row->head.bulk.n) {
        return;
    }
    out->tau = row->tau;
    out->spread = row->spread;
    out->prior = row->prior;
    out->error = row->error;
    if (pfg_evidence_is_tested(row->evidence)) {
        fill_test(out, row);
    } else if (row->metric.kind == PFG_METRIC_RATE) {
        out->p_worse = row->p_worse;
        out->p_better = row->p_better;
    }
}

/* --- the same as steps --- */

struct steps {
    const struct pfg_report_row *row;
    struct pfg_arena *arena;
    PFG_VEC(struct pfg_derivation_step) list;
};

/* Adds a step, unless its first number was not computed. */
static void add(struct steps *s, const char *symbol, enum pfg_step_kind kind,
                const double *values, size_t n, const char *formula)
{
    struct pfg_derivation_step step = {symbol, formula, kind, {0}, n};

    memcpy(step.values, values, n * sizeof *values);
    if (isfinite(values[0])) {
        pfg_vec_push(&s->list, s->arena, step);
    }
}

#define ADD(s, symbol, kind, formula, ...)                                     \
    add(s, symbol, kind, (const double[]){__VA_ARGS__},                        \
        sizeof((const double[]){__VA_ARGS__}) / sizeof(double), formula)

/* A constant as people read it: "2.83%". */
static const char *share(struct steps *s, double fraction)
{
    return pfg_arena_printf(s->arena, "%.3g%%", 100 * fraction);
}

static void add_effect(struct steps *s)
{
    const struct pfg_report_working *w = &s->row->working;
    const char *middle =
        isfinite(w->low_base) ? "Hodges-Lehmann: median of all differences"
        : s->row->evidence == PFG_HISTORY
            ? pfg_arena_printf(
                  s->arena,
                  "head minus the median of the newest %d of the history",
                  PFG_SINGLE_BASE_RUNS)
            : "difference of the medians";

    if (s->row->statistic && isfinite(w->low_base)) {
        ADD(s, "X", PFG_STEP_LEVEL,
            pfg_arena_printf(s->arena, "base, head: %s, as set by a rule",
                             pfg_statistic_words(s->row->statistic)),
            w->low_base, w->low_head);
        middle = "X(head) - X(base), in logs, up is worse";
    } else if (isfinite(w->low_base)) {
        ADD(s, "L", PFG_STEP_LEVEL,
            "base, head: mean of the lowest quarter of the samples",
            w->low_base, w->low_head);
        ADD(s, "dL", PFG_STEP_CHANGE, "L(head) - L(base), in logs, up is worse",
            w->low_shift);
    }
    ADD(s, s->row->statistic ? "dX" : "dM", PFG_STEP_CHANGE, middle, w->effect);
    if (w->effect_lower < w->effect_upper) {
        ADD(s, "", PFG_STEP_CHANGE,
            pfg_arena_printf(s->arena, "its interval, at %s",
                             share(s, s->row->change_level)),
            w->effect_lower, w->effect_upper);
    }
}

static const char *weak_noise(struct steps *s)
{
    bool tail = s->row->kind == PFG_METRIC_TAIL;
    const char *least =
        share(s, M_SQRT2 * (s->row->evidence == PFG_HISTORY ? PFG_FLOOR_HISTORY
                            : tail                          ? PFG_FLOOR_TAIL
                                                            : PFG_FLOOR_ALONE));

    switch (s->row->evidence) {
    case PFG_HISTORY:
        return pfg_arena_printf(
            s->arena, "pooled of P and r over m runs; at least %s", least);
    case PFG_SUMMARY:
        return pfg_arena_printf(
            s->arena, "sqrt(P^2 + (%d se)^2 + (%d se)^2); at least %s",
            PFG_UNDERSTATED, PFG_UNDERSTATED, least);
    default:
        return pfg_arena_printf(
            s->arena, "max(P, %s, what the values show): assumed", least);
    }
}

static const char *history_variance(struct steps *s)
{
    return s->row->working.earlier < PFG_MIN_HISTORY
               ? "P^2"
               : pfg_arena_printf(
                     s->arena,
                     "(%d P^2 + w 2 r^2) / (%d + w), w = min(%d, m/2)",
                     PFG_PRIOR_WEIGHT, PFG_PRIOR_WEIGHT, PFG_HISTORY_WEIGHT);
}

static void add_noise(struct steps *s)
{
    const struct pfg_report_working *w = &s->row->working;
    const char *unused =
        w->earlier < PFG_MIN_HISTORY
            ? pfg_arena_printf(s->arena, " (used from %d on)", PFG_MIN_HISTORY)
            : "";

    ADD(s, "tau0", PFG_STEP_SHARE, "assumed repeatability of one run", w->tau);
    ADD(s, "S", PFG_STEP_SHARE,
        pfg_arena_printf(s->arena,
                         "spread of dL over the suite, from %d such series on",
                         PFG_MIN_SUITE),
        w->spread);
    ADD(s, "P", PFG_STEP_SHARE, "max(sqrt(2) tau0, S): noise between runs",
        w->prior);
    if (w->n_points) {
        ADD(s, "r", PFG_STEP_SHARE,
            pfg_arena_printf(s->arena, "spread of %zu earlier runs%s",
                             w->earlier, unused),
            w->history);
    }
    ADD(s, "V", PFG_STEP_NUMBER, history_variance(s), w->variance);
    if (isfinite(w->variance)) {
        ADD(s, "s", PFG_STEP_SHARE,
            s->row->statistic == PFG_STATISTIC_MEAN ||
                    s->row->statistic == PFG_STATISTIC_MEDIAN
                ? "base, head: sqrt(2) g times its standard error"
                : "base, head: smear, the mean of the lower half minus the "
                  "lowest",
            w->smear_base, w->smear_head);
        ADD(s, "SE", PFG_STEP_SHARE, "sqrt(V + (s^2 + s^2)/2)", w->error);
    } else if (isfinite(w->prior)) {
        ADD(s, "sigma", PFG_STEP_SHARE, weak_noise(s), w->error);
    }
}

static void add_test(struct steps *s)
{
    const struct pfg_report_working *w = &s->row->working;

    ADD(s, "n, nu, g", PFG_STEP_NUMBER,
        "samples of the smaller side, degrees of freedom, gain",
        isfinite(w->freedom) ? (double)w->n : NAN, w->freedom, w->gain);
    ADD(s, "t", PFG_STEP_NUMBER, s->row->statistic ? "g dX / SE" : "g dL / SE",
        w->gain * w->low_shift / w->error);
    ADD(s, "p_bulk", PFG_STEP_NUMBER,
        "exact Mann-Whitney of the bulk, one-sided", w->p_bulk);
    ADD(s, "share", PFG_STEP_NUMBER,
        "of the level, for this look among several; p is divided by it",
        w->share);
    ADD(s, "p", PFG_STEP_NUMBER, "p-value for worse, better", w->p_worse,
        w->p_better);
    ADD(s, "apart", PFG_STEP_CHANGE,
        "a larger change in both dL and dM is called whatever its p", w->apart);
    ADD(s, "T", PFG_STEP_NUMBER,
        w->family ? "tests in the family, corrected together (BH)"
                  : "tests in the family; this row is not among them",
        w->tests ? (double)w->tests : NAN);
}

static void add_limits(struct steps *s)
{
    const struct pfg_report_working *w = &s->row->working;

    if (!s->row->gated) {
        return;
    }
    ADD(s, "theta'", PFG_STEP_NUMBER,
        s->row->better == PFG_HIGHER ? "-ln(1 - limit)" : "ln(1 + limit)",
        w->theta);
    if (s->row->effective_threshold > s->row->threshold) {
        ADD(s, "widened", PFG_STEP_CHANGE,
            pfg_arena_printf(s->arena, "%.3g sigma, if that is more",
                             w->effective / w->error),
            w->effective);
    }
}

struct pfg_derivation_steps pfg_derivation_steps(
    const struct pfg_report_row *row, struct pfg_arena *arena)
{
    struct steps steps = {.row = row, .arena = arena};

    if (row->working.present) {
        add_effect(&steps);
        add_noise(&steps);
        add_test(&steps);
        add_limits(&steps);
    }
    return (struct pfg_derivation_steps){steps.list.at, steps.list.n};
}
