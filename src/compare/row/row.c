#include "compare/row/row.h"

#include <math.h>
#include <string.h>

#include "stats/row/limit.h"
#include "stats/row/lower_quartile.h"
#include "stats/row/noise.h"
#include "stats/sample.h"

static double sign_of(const struct pfg_row *row)
{
    return pfg_direction_sign(row->series->better);
}

double pfg_row_change(const struct pfg_row *row, double signed_log)
{
    return expm1(sign_of(row) * signed_log);
}

double pfg_row_value(const struct pfg_row *row, double signed_log)
{
    return exp(sign_of(row) * signed_log) - row->shift;
}

double pfg_row_limit(enum pfg_direction better, double threshold)
{
    return better == PFG_HIGHER ? pfg_limit_fall(threshold)
                                : pfg_limit_rise(threshold);
}

bool pfg_row_is_weak(const struct pfg_row *row)
{
    return row->evidence == PFG_HISTORY || row->evidence == PFG_SUMMARY ||
           row->evidence == PFG_POINT;
}

bool pfg_row_is_lone(const struct pfg_row *row)
{
    return row->evidence == PFG_POINT && row->base.pooled->n_values == 1 &&
           row->head.pooled->n_values == 1;
}

bool pfg_row_is_rate(const struct pfg_row *row)
{
    return row->metric.kind == PFG_METRIC_RATE &&
           row->base.pooled->trials > 0 && row->head.pooled->trials > 0;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* A row while its samples are read. */
struct reading {
    struct pfg_row *row;
    struct pfg_arena *arena, *scratch;
    const double *base, *head; /* the values of either side, sorted */
    double smallest;           /* positive value; INFINITY: there is none */
    bool negative, zero;       /* some value is */
};

/* What the undisturbed mode of a side is taken from: all samples together, or,
 * in a window, those of each run by themselves. In scratch. */
struct lows {
    struct pfg_sorted *parts;
    size_t n;
};

static bool are_equal(const double *values, size_t n)
{
    size_t i = 1;

    while (i < n && values[i] == values[0]) {
        i++;
    }
    return i >= n;
}

/* Facts about all values of a side, and its value as written. Returns the
 * values, sorted. Counts are often equal, and then there is nothing to sort. */
static const double *survey(struct reading *r, struct pfg_row_side *side,
                            struct pfg_preparing *preparing)
{
    const double *sorted = pfg_pooled_values(side->pooled, r->scratch);
    enum pfg_statistic statistic = r->row->limit->statistic;
    bool median = pfg_statistic_is_median(statistic);
    size_t n = side->pooled->n_values, i = 0;

    side->all_equal = are_equal(sorted, n);
    if (side->all_equal && median) {
        side->value = sorted[0];
    } else {
        double *copy = pfg_arena_new_array(r->scratch, double, n);

        memcpy(copy, sorted, n * sizeof *copy);
        side->value = pfg_statistic_value(statistic, copy, n, sign_of(r->row));
        pfg_sort(copy, n);
        sorted = copy;
    }
    side->all_zero = side->all_equal && sorted[0] == 0;
    side->range = (sorted[n - 1] - sorted[0]) / (sorted[n - 1] + sorted[0]);
    r->negative |= sorted[0] < 0;
    while (i < n && sorted[i] < 0) {
        i++;
    }
    for (; i < n && sorted[i] == 0; i++) {
        r->zero = true;
    }
    if (i < n) {
        r->smallest = fmin(r->smallest, sorted[i]);
    }
    if (median && n > 1) {
        if (preparing->ranks.n != n) {
            preparing->ranks = pfg_median_ranks_of(n, 0.95);
        }
        side->interval = pfg_median_between(sorted, &preparing->ranks);
    }
    return sorted;
}

/* The tool's own relative error of its aggregates; the largest of several. */
static double own_error(const struct pfg_pooled *pooled)
{
    double error = NAN;

    for (size_t i = 0; !pooled->plain.run && i < pooled->processes.n; i++) {
        const struct pfg_piece *piece = pfg_pooled_piece(pooled, i);
        double own = piece->has_summary && piece->summary.value != 0
                         ? fabs(piece->summary.error / piece->summary.value)
                         : NAN;

        if (isfinite(own) && !(error > own)) {
            error = own;
        }
    }
    return error;
}

static struct pfg_sorted new_sorted(struct pfg_arena *arena, size_t n)
{
    return (struct pfg_sorted){pfg_arena_new_array(arena, double, n), 0};
}

/* The signed logs of values, sorted. Those of sorted values come in order. */
static struct pfg_sorted logs_of(const struct pfg_row *row,
                                 const double *values, size_t n,
                                 struct pfg_arena *arena)
{
    struct pfg_sorted logs = new_sorted(arena, n);
    double sign = sign_of(row), last = NAN;

    for (size_t i = 0; i < n; i++, logs.n++) {
        double value = values[sign < 0 ? n - 1 - i : i];

        logs.x[i] =
            value == last ? logs.x[i - 1] : sign * log(value + row->shift);
        last = value;
    }
    pfg_sort(logs.x, logs.n);
    return logs;
}

/* Those of one process of a side. */
static struct pfg_sorted process_logs(const struct reading *r,
                                      const struct pfg_pooled *pooled, size_t i)
{
    const double *values;
    size_t n = pfg_piece_values(&values, pfg_pooled_piece(pooled, i));

    return logs_of(r->row, values, n, r->scratch);
}

/* L and s of a sample taken at size `n`, or what stands for them where another
 * statistic was chosen. */
static struct pfg_low statistic_of(const struct pfg_row *row,
                                   const struct pfg_sorted *logs, size_t n)
{
    return pfg_statistic_of(row->limit->statistic, logs->x, logs->n, n,
                            sign_of(row),
                            pfg_noise_gain(row->evidence == PFG_REPLICATED, n));
}

/* How many values a process of a side usually has, or a run. */
static size_t usual_size(const struct pfg_pooled *pooled, bool of_runs,
                         struct pfg_arena *arena)
{
    double *sizes = pfg_arena_new_array(arena, double, pooled->processes.n);
    const struct pfg_run *run = NULL;
    const double *values;
    size_t n = 0;

    for (size_t i = 0; i < pooled->processes.n; i++) {
        size_t size = pfg_piece_values(&values, pfg_pooled_piece(pooled, i));

        if (size && (!n || !of_runs || pfg_pooled_run(pooled, i) != run)) {
            sizes[n++] = 0;
            run = pfg_pooled_run(pooled, i);
        }
        if (size) {
            sizes[n - 1] += (double)size;
        }
    }
    return (size_t)pfg_median(sizes, n);
}

size_t pfg_row_usual_run(const struct pfg_pooled *pooled,
                         struct pfg_arena *arena)
{
    return usual_size(pooled, true, arena);
}

/*
 * Each process is one sample: its low level for the undisturbed mode, its
 * median for the bulk; or, for both, the statistic that was chosen. The level
 * is taken at one size on both sides, because the lowest quarter of ten values
 * lies lower than that of two.
 */
static struct pfg_sorted read_processes(const struct reading *r,
                                        struct pfg_row_side *side)
{
    const struct pfg_row *row = r->row;
    const struct pfg_pooled *pooled = side->pooled;
    size_t size = smaller(usual_size(row->base.pooled, false, r->scratch),
                          usual_size(row->head.pooled, false, r->scratch));
    struct pfg_sorted low = new_sorted(r->scratch, pooled->n_used);

    side->bulk = new_sorted(r->arena, pooled->n_used);
    for (size_t i = 0; i < pooled->processes.n; i++) {
        struct pfg_sorted logs = process_logs(r, pooled, i);

        if (logs.n) {
            double level = statistic_of(row, &logs, size).level;

            low.x[low.n++] = level;
            side->bulk.x[side->bulk.n++] =
                row->limit->statistic ? level
                                      : pfg_median_sorted(logs.x, logs.n);
        }
    }
    pfg_sort(low.x, low.n);
    pfg_sort(side->bulk.x, side->bulk.n);
    return low;
}

/* Every value is a sample. Where nothing changed, which is common for
 * allocations, both sides share the same ones. */
static struct pfg_sorted read_values(const struct reading *r,
                                     struct pfg_row_side *side)
{
    bool is_head = side == &r->row->head;
    const double *values = is_head ? r->head : r->base;
    size_t n = side->pooled->n_values;
    const struct pfg_row_side *base = &r->row->base;

    if (is_head && base->bulk.n == n && base->pooled->n_values == n &&
        !memcmp(values, r->base, n * sizeof *values)) {
        side->bulk = base->bulk;
    } else {
        side->bulk = logs_of(r->row, values, n, r->arena);
    }
    return side->bulk;
}

/* The samples of each run of a window. */
static struct lows split_window(const struct reading *r,
                                const struct pfg_pooled *pooled)
{
    size_t i = 0, n = pooled->processes.n;
    struct lows lows = {pfg_arena_new_array(r->scratch, struct pfg_sorted, n),
                        0};

    while (i < n) {
        const struct pfg_run *run = pfg_pooled_run(pooled, i);
        struct pfg_sorted all = new_sorted(r->scratch, pooled->n_values);

        for (; i < n && pfg_pooled_run(pooled, i) == run; i++) {
            struct pfg_sorted logs = process_logs(r, pooled, i);

            memcpy(all.x + all.n, logs.x, logs.n * sizeof *logs.x);
            all.n += logs.n;
        }
        pfg_sort(all.x, all.n);
        if (all.n) {
            lows.parts[lows.n++] = all;
        }
    }
    return lows;
}

/* Reads the samples of a side. Where each process has one value, that is the
 * sample either way. */
static struct lows read_side(const struct reading *r, struct pfg_row_side *side)
{
    const struct pfg_row *row = r->row;
    struct pfg_sorted *low = pfg_arena_alloc(r->scratch, sizeof *low);

    *low = row->by_process && side->pooled->n_used < side->pooled->n_values
               ? read_processes(r, side)
               : read_values(r, side);
    side->center = row->limit->statistic
                       ? statistic_of(row, &side->bulk, side->bulk.n).level
                       : pfg_median_sorted(side->bulk.x, side->bulk.n);
    return row->window && side == &row->base ? split_window(r, side->pooled)
                                             : (struct lows){low, 1};
}

/* L and s of a side, at the row's size. For a window they are the medians over
 * its runs: in a pool of them, the spread between runs would pass for the
 * undisturbed mode. */
static struct pfg_low low_of(const struct reading *r, const struct lows *lows)
{
    double *levels = pfg_arena_new_array(r->scratch, double, 2 * lows->n);
    double *smears = levels + lows->n;

    for (size_t i = 0; i < lows->n; i++) {
        const struct pfg_sorted *part = &lows->parts[i];
        struct pfg_low low =
            statistic_of(r->row, part, smaller(r->row->n, part->n));

        levels[i] = low.level;
        smears[i] = low.smear;
    }
    return (struct pfg_low){pfg_median(levels, lows->n),
                            pfg_median(smears, lows->n)};
}

static size_t size_of(const struct reading *r)
{
    const struct pfg_row *row = r->row;

    return smaller(row->window ? pfg_row_usual_run(row->base.pooled, r->scratch)
                               : row->base.bulk.n,
                   row->head.bulk.n);
}

/* Why the values of the two sides have no ratio; NULL: they have one. */
static const char *why_no_ratio(const struct reading *r)
{
    const char *base = r->row->base.pooled->series->unit;
    const char *head = r->row->head.pooled->series->unit;

    return strcmp(base, head)
               ? pfg_arena_printf(r->arena,
                                  "measured in '%s' before, in '%s' now", base,
                                  head)
           : r->negative ? "negative values have no ratio"
                         : NULL;
}

static void read_samples(struct reading *r)
{
    struct pfg_row *row = r->row;
    struct lows base, head;

    row->shift = r->zero ? r->smallest / 2 : 0;
    base = read_side(r, &row->base);
    head = read_side(r, &row->head);
    row->n = size_of(r);
    if (row->evidence == PFG_EXACT) { /* all values of a side are equal */
        row->base.low = (struct pfg_low){row->base.bulk.x[0], 0};
        row->head.low = (struct pfg_low){row->head.bulk.x[0], 0};
    } else if (!pfg_row_is_weak(row)) {
        row->base.low = low_of(r, &base);
        row->head.low = low_of(r, &head);
    }
}

/* Returns the values of a side, sorted; NULL: there are none. */
static const double *read_numbers(struct reading *r, struct pfg_row_side *side,
                                  struct pfg_preparing *preparing)
{
    side->value = NAN;
    side->interval = (struct pfg_interval){NAN, NAN, NAN};
    if (!side->pooled || !side->pooled->n_values) {
        return NULL;
    }
    side->error = own_error(side->pooled);
    return survey(r, side, preparing);
}

void pfg_row_prepare(struct pfg_row *row, struct pfg_preparing *preparing)
{
    struct pfg_arena *scratch = preparing->scratch;
    struct reading r = {row, preparing->arena, scratch, .smallest = INFINITY};

    row->evidence = PFG_NO_EVIDENCE;
    row->reason = row->why_not = "";
    row->theta = pfg_row_limit(row->series->better, row->limit->threshold);
    row->detectable = row->p_bulk = row->low_shift = row->seen = NAN;
    row->apart = NAN;
    row->effect = row->middle = (struct pfg_shift){NAN, {NAN, NAN, NAN}};
    row->p_worse = row->p_better = row->p_once = 1;
    r.base = read_numbers(&r, &row->base, preparing);
    r.head = read_numbers(&r, &row->head, preparing);
    if (!r.base || !r.head) {
        return;
    }
    row->why_not = row->forbidden ? row->forbidden : why_no_ratio(&r);
    row->comparable = !row->why_not;
    if (!row->comparable) {
        return;
    }
    row->why_not = "";
    row->alternating =
        row->window ? false
        : preparing->alternating
            ? row->base.pooled->n_used >= PFG_MIN_REPLICATED &&
                  row->head.pooled->n_used >= PFG_MIN_REPLICATED
            : pfg_pool_alternates(row->base.pooled, row->head.pooled, scratch);
    row->evidence = pfg_row_evidence(row, scratch);
    row->repeats = pfg_row_is_repeating(row);
    row->by_process =
        row->evidence == PFG_REPLICATED ||
        (!row->window && row->base.pooled->n_used >= PFG_MIN_SINGLE &&
         row->head.pooled->n_used >= PFG_MIN_SINGLE);
    /* A side that is all zero is judged by the values themselves. */
    if (!row->base.all_zero && !row->head.all_zero) {
        read_samples(&r);
    }
}
