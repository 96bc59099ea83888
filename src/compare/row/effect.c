#include "compare/row/effect.h"

#include <math.h>
#include <string.h>

#include "stats/dist.h"
#include "stats/row/channel.h"
#include "stats/row/limit.h"
#include "stats/row/noise.h"
#include "stats/row/single_value.h"
#include "stats/test/family.h"
#include "stats/test/rank.h"

/* Every kind of metric with every kind of evidence. */
#define N_CLASSES ((PFG_METRIC_OTHER + 1) * PFG_N_EVIDENCES)

/* State shared by all rows. */
struct measuring {
    struct pfg_rank_tables *tables;
    /* See pfg_single_value_factor(): among the gated rows with weak evidence,
     * and among those with other evidence. */
    double weak_factor, tested_factor;
    struct {
        bool replicated;
        size_t n; /* 0: none yet */
        double quantile;
    } last; /* most rows have as many samples as the previous one */
};

double pfg_effect_half_width(const struct pfg_row *row)
{
    return 0.5 * (row->effect.interval.upper - row->effect.interval.lower);
}

static bool has_logs(const struct pfg_row *row)
{
    return row->comparable && row->base.bulk.n && row->head.bulk.n;
}

static size_t earlier_runs(const struct pfg_row *row)
{
    return row->history->n ? row->history->n - 1 : 0;
}

static void measure_shift(const struct measuring *m, struct pfg_row *row)
{
    double base = row->base.low.level, head = row->head.low.level;

    row->low_shift = head - base;
    if (row->evidence == PFG_EXACT) { /* so all differences are this one */
        row->effect.estimate = row->low_shift;
        return;
    }
    row->own_variance = pfg_pooled_variance(row->base.bulk.x, row->base.bulk.n,
                                            row->head.bulk.x, row->head.bulk.n);
    if (row->limit->statistic) { /* what is shown is compared */
        row->effect.estimate = row->low_shift;
        row->base.value = pfg_row_value(row, base);
        row->head.value = pfg_row_value(row, head);
        return;
    }
    row->effect =
        pfg_hodges_lehmann(m->tables, row->base.bulk.x, row->base.bulk.n,
                           row->head.bulk.x, row->head.bulk.n, 0.95);
}

/* A history tells more about the base than its one number. */
static void measure_weak_shift(struct pfg_row *row)
{
    double base =
        row->evidence == PFG_HISTORY
            ? pfg_single_value_base(row->history->center, row->history->n)
            : row->base.center;

    row->low_shift = row->effect.estimate = row->head.center - base;
}

static bool same_class(const struct pfg_row *a, const struct pfg_row *b)
{
    return a->metric.kind == b->metric.kind && a->evidence == b->evidence &&
           a->repeats == b->repeats;
}

static bool shows_noise(const struct pfg_row *row)
{
    return has_logs(row) && row->limit->gated &&
           (!row->series->derived || row->limit->named) &&
           row->evidence != PFG_EXACT && !pfg_row_is_rate(row) &&
           !*row->base.pooled->error && !*row->head.pooled->error;
}

/* What the rows like one show together, one vote per benchmark: the spread S of
 * their shifts, the median W of the SD within a side (NAN: unknown), the median
 * number of samples, and the number of benchmarks. */
struct class
{
    double spread, within, samples;
    size_t n;
};

/* Reduces votes to one per benchmark, sorted by value; returns how many. */
static size_t poll(double *out, struct pfg_vote *votes, size_t n)
{
    n = pfg_votes_count(votes, n);
    for (size_t i = 0; i < n; i++) {
        out[i] = votes[i].value;
    }
    pfg_sort(out, n);
    return n;
}

/* How many times noisier than its class a row is that was measured in few of
 * the rounds: noise falls with the square root of their number at best. */
static double sparseness(const struct pfg_row *row, const struct class *class)
{
    double rounds = row->rounds ? (double)row->rounds : class->samples;

    return row->evidence == PFG_REPLICATED && row->n
               ? sqrt(fmax(1, rounds / (double)row->n))
               : 1;
}

static struct class learn_class(const struct pfg_row *rows, size_t n,
                                const struct pfg_row *like,
                                struct pfg_arena *arena)
{
    struct pfg_vote *shifts = pfg_arena_new_array(arena, struct pfg_vote, n);
    struct pfg_vote *variances = pfg_arena_new_array(arena, struct pfg_vote, n);
    struct pfg_vote *samples = pfg_arena_new_array(arena, struct pfg_vote, n);
    const struct pfg_row **members =
        pfg_arena_new_array(arena, const struct pfg_row *, n);
    double *values = pfg_arena_new_array(arena, double, n);
    struct class class = {.within = NAN};
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        if (shows_noise(&rows[i]) && same_class(&rows[i], like)) {
            members[k++] = &rows[i];
        }
    }
    for (size_t i = 0; i < k; i++) {
        samples[i] =
            (struct pfg_vote){members[i]->benchmark, (double)members[i]->n};
        variances[i] =
            (struct pfg_vote){members[i]->benchmark, members[i]->own_variance};
    }
    class.samples = pfg_median_sorted(values, poll(values, samples, k));
    for (size_t i = 0; i < k; i++) {
        shifts[i] = (struct pfg_vote){members[i]->benchmark,
                                      members[i]->low_shift /
                                          sparseness(members[i], &class)};
    }
    if (!pfg_row_is_weak(like)) {
        class.within =
            sqrt(pfg_median_sorted(values, poll(values, variances, k)));
    }
    class.n = poll(values, shifts, k);
    class.spread = pfg_suite_spread(values, class.n);
    return class;
}

static double prior_noise(struct pfg_row *row, const struct class *class)
{
    bool known = earlier_runs(row) >= PFG_MIN_HISTORY;
    double tau = PFG_TAU_MICRO;

    if (row->repeats) {
        tau = PFG_TAU_COUNT;
    } else if (!known && row->metric.kind == PFG_METRIC_TAIL) {
        tau = PFG_TAU_TAIL;
    } else if (!known && row->metric.kind == PFG_METRIC_LOAD) {
        tau = PFG_TAU_LOAD;
    } else if (!known && row->evidence == PFG_SINGLE &&
               class->n < PFG_MIN_SUITE) {
        tau = PFG_TAU_ALONE;
    }
    row->tau = tau;
    row->spread = pfg_capped_spread(
        fmax(class->spread * sparseness(row, class), row->first_spread),
        class->within, row->evidence == PFG_REPLICATED, row->n);
    return pfg_noise_prior(tau, row->spread);
}

static void measure_noise(struct pfg_row *row, const struct class *class)
{
    struct pfg_noise noise = {
        .prior = prior_noise(row, class),
        .history = pfg_rice(row->history->low, row->history->n),
        .m = earlier_runs(row),
        .smear_base = row->base.low.smear,
        .smear_head = row->head.low.smear,
    };

    row->prior = noise.prior;
    row->variance = pfg_noise_variance(&noise);
    row->error = pfg_noise_error(&noise);
}

static void set_interval(struct pfg_row *row, double half, double level)
{
    row->effect.interval = (struct pfg_interval){
        row->effect.estimate - half, row->effect.estimate + half, level};
}

static double bulk_p(const struct measuring *m, const struct pfg_row *row,
                     double sign)
{
    const struct pfg_sorted *low = sign > 0 ? &row->base.bulk : &row->head.bulk;
    const struct pfg_sorted *high =
        sign > 0 ? &row->head.bulk : &row->base.bulk;

    return pfg_mann_whitney_greater(m->tables, low->x, low->n, high->x,
                                    high->n);
}

/* The p-value for a change for the worse (`sign` 1) or for the better (-1). */
static double one_sided_p(const struct measuring *m, struct pfg_row *row,
                          double sign)
{
    struct pfg_change change = {
        .low_shift = sign * row->low_shift,
        .effect = sign * row->effect.estimate,
        .error = row->error,
        .floor = pfg_limit_floor(row->limit->threshold),
        .replicated = row->evidence == PFG_REPLICATED,
        .n = row->n,
    };
    double p_bulk = 1;

    /* A chosen statistic has to show the change by itself. */
    if (!row->limit->statistic && pfg_change_wants_bulk(&change)) {
        row->p_bulk = p_bulk = bulk_p(m, row, sign);
    }
    return pfg_change_p(&change, p_bulk);
}

static bool excludes_no_change(const struct pfg_interval *interval, bool worse)
{
    return worse ? interval->lower > 0 : interval->upper < 0;
}

void pfg_effect_choose_shown(struct pfg_row *row)
{
    double half = pfg_noise_half_width(row->error,
                                       row->evidence == PFG_REPLICATED, row->n);
    struct pfg_shift low = {
        row->low_shift, {row->low_shift - half, row->low_shift + half, 0.95}};

    if (!excludes_no_change(&row->effect.interval, row->worse) &&
        excludes_no_change(&low.interval, row->worse)) {
        row->effect = low;
        row->by_low = true;
    }
}

static bool changed_if(const struct pfg_row *row, double p_bulk)
{
    return pfg_distribution_changed(row->base.bulk.x, row->base.bulk.n,
                                    row->head.bulk.x, row->head.bulk.n,
                                    row->low_shift, row->theta, p_bulk);
}

/* The slow half moved and the fast one did not. The rank test comes last,
 * because it costs the most. */
static bool distribution_changed(const struct measuring *m,
                                 const struct pfg_row *row)
{
    return row->evidence == PFG_REPLICATED && changed_if(row, 0) &&
           changed_if(row, bulk_p(m, row, 1));
}

/* Only for timings and throughputs with the default statistic, which the
 * promise is about. */
static void measure_apart(const struct measuring *m, struct pfg_row *row,
                          const struct class *class, double half)
{
    bool replicated = row->evidence == PFG_REPLICATED;
    bool tail = row->metric.kind == PFG_METRIC_TAIL;

    if (row->limit->statistic || !(row->own_variance > 0) ||
        (row->metric.kind != PFG_METRIC_MICRO &&
         row->metric.kind != PFG_METRIC_LOAD && !tail)) {
        return;
    }
    row->apart = pfg_noise_apart(
        m->tested_factor * pfg_single_value_point(0, tail),
        fmax(class->within, sqrt(row->own_variance)), half, replicated);
}

static double half_width(struct measuring *m, const struct pfg_row *row)
{
    bool replicated = row->evidence == PFG_REPLICATED;

    if (m->last.n != row->n || m->last.replicated != replicated) {
        m->last.n = row->n;
        m->last.replicated = replicated;
        m->last.quantile = pfg_noise_quantile(replicated, row->n);
    }
    return pfg_noise_half_width_with(m->last.quantile, row->error, replicated,
                                     row->n);
}

static void measure_tested(struct measuring *m, struct pfg_row *row,
                           const struct class *class)
{
    double half;

    measure_noise(row, class);
    half = half_width(m, row);
    if (row->evidence == PFG_SINGLE || row->limit->statistic) {
        set_interval(row, half, 0.95);
    }
    row->p_once = one_sided_p(m, row, 1);
    row->p_worse = fmin(1, row->p_once / row->share);
    row->p_better = fmin(1, one_sided_p(m, row, -1) / row->share);
    row->distribution = !row->limit->statistic && distribution_changed(m, row);
    measure_apart(m, row, class, half);
}

static double weak_sigma(const struct pfg_row *row, double prior)
{
    bool tail = row->metric.kind == PFG_METRIC_TAIL;

    switch (row->evidence) {
    case PFG_HISTORY: /* of the medians, which are compared */
        return pfg_single_value_history(
            prior, pfg_rice(row->history->center, row->history->n),
            earlier_runs(row));
    case PFG_SUMMARY:
        return pfg_single_value_summary(prior, row->base.error, row->head.error,
                                        tail);
    default:
        return fmax(pfg_single_value_point(prior, tail), row->seen);
    }
}

/* How much allocations per iteration may differ when only the number of
 * iterations changed: a slice grows by a quarter when it is full, and one
 * object is or is not allocated at the end. */
static double amortised_floor(const struct pfg_row *row)
{
    bool objects = strcmp(row->series->unit, "B") != 0;
    double fewer = fmin(row->base.value, row->head.value);

    return fmax(log(1.25), objects ? log1p(1 / fewer) + 2 * PFG_TOLERANCE : 0);
}

static void measure_weak(const struct measuring *m, struct pfg_row *row,
                         const struct class *class)
{
    double factor = m->weak_factor;
    bool few = row->evidence == PFG_POINT &&
               (row->base.bulk.n < 4 || row->head.bulk.n < 4);

    row->prior = prior_noise(row, class);
    if (row->evidence == PFG_POINT) {
        row->seen = pfg_median_error(row->base.bulk.x, row->base.bulk.n,
                                     row->head.bulk.x, row->head.bulk.n);
    }
    row->error = weak_sigma(row, row->prior);
    if (pfg_row_is_amortised(row)) {
        row->error = fmax(row->error, amortised_floor(row) / factor);
    }
    row->effective = pfg_single_value_limit(row->theta, factor, row->error);
    /* With so few numbers the noise is assumed and may be far larger. The
     * interval is made as wide as the rule that calls a change, so that it
     * excludes zero only then. */
    set_interval(row,
                 row->error * (few ? factor : pfg_normal_quantile_upper(0.025)),
                 0.95);
    /* A change over the limit by this much is called in nine of ten cases. */
    row->detectable =
        row->effective + pfg_normal_quantile_upper(0.1) * row->error;
}

static void measure_row(struct measuring *m, struct pfg_row *row,
                        const struct class *class)
{
    if (row->evidence == PFG_EXACT) {
        set_interval(row, 0, 1);
        row->detectable = row->theta;
    } else if (pfg_row_is_weak(row)) {
        measure_weak(m, row, class);
    } else {
        measure_tested(m, row, class);
    }
    row->middle = row->effect;
}

static void measure_shifts(const struct measuring *m, struct pfg_row *rows,
                           size_t n)
{
    for (size_t i = 0; i < n; i++) {
        rows[i].effective = rows[i].theta;
        if (!has_logs(&rows[i])) {
            continue;
        }
        if (pfg_row_is_weak(&rows[i])) {
            measure_weak_shift(&rows[i]);
        } else {
            measure_shift(m, &rows[i]);
        }
    }
}

void pfg_effect_measure(struct pfg_row *rows, size_t n, struct pfg_arena *arena)
{
    struct measuring m = {
        .tables = pfg_rank_tables_new(arena),
    };
    const struct pfg_row *learned[N_CLASSES];
    struct class classes[N_CLASSES];
    size_t n_classes = 0, n_weak = 0, n_tested = 0;

    measure_shifts(&m, rows, n);
    for (size_t i = 0; i < n; i++) {
        bool weak = pfg_row_is_weak(&rows[i]), noisy = shows_noise(&rows[i]);

        n_weak += noisy && weak;
        n_tested += noisy && !weak;
    }
    m.weak_factor = pfg_single_value_factor(n_weak);
    m.tested_factor = pfg_single_value_factor(n_tested);
    for (size_t i = 0; i < n; i++) {
        size_t c = 0;

        if (!has_logs(&rows[i])) {
            continue;
        }
        while (c < n_classes && !same_class(&rows[i], learned[c])) {
            c++;
        }
        if (c == n_classes) {
            learned[c] = &rows[i];
            classes[c] = learn_class(rows, n, &rows[i], arena);
            n_classes++;
        }
        measure_row(&m, &rows[i], &classes[c]);
    }
}
