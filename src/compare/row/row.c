#include "compare/row/row.h"

#include <math.h>
#include <string.h>

#include "stats/row/limit.h"
#include "stats/row/lower_quartile.h"
#include "stats/row/noise.h"
#include "stats/sample.h"

static double sign_of(const struct pfg_row *row)
{
    return row->series->better == PFG_HIGHER ? -1 : 1;
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

/* What all observations of a side have in common; its value as written. */
static void survey(const struct pfg_row *row, struct pfg_row_side *side,
                   double *smallest, bool *negative, struct pfg_arena *arena)
{
    const struct pfg_pooled *pooled = side->pooled;
    const double *values = pfg_pooled_values(pooled, arena);
    size_t n = pooled->n_values;
    double *copy = pfg_arena_new_array(arena, double, n);
    double least = INFINITY, most = -INFINITY;

    side->all_zero = side->all_equal = true;
    for (size_t i = 0; i < n; i++) {
        double value = copy[i] = values[i];

        side->all_zero &= value == 0;
        side->all_equal &= value == values[0];
        *negative |= value < 0;
        least = value < least ? value : least;
        most = value > most ? value : most;
        if (value > 0 && value < *smallest) {
            *smallest = value;
        }
    }
    side->range = (most - least) / (most + least);
    side->value =
        pfg_statistic_value(row->limit.statistic, copy, n, sign_of(row));
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

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static struct pfg_sorted new_sorted(struct pfg_arena *arena, size_t n)
{
    return (struct pfg_sorted){pfg_arena_new_array(arena, double, n), 0};
}

/* Signed logs, sorted. */
static struct pfg_sorted logs_of(const struct pfg_row *row,
                                 const double *values, size_t n, double shift,
                                 struct pfg_arena *arena)
{
    struct pfg_sorted logs = new_sorted(arena, n);
    double sign = sign_of(row);

    for (size_t i = 0; i < n; i++, logs.n++) {
        logs.x[i] = i && values[i] == values[i - 1] /* counts often are */
                        ? logs.x[i - 1]
                        : sign * log(values[i] + shift);
    }
    pfg_sort(logs.x, logs.n);
    return logs;
}

/* Those of one piece. */
static struct pfg_sorted piece_logs(const struct pfg_row *row,
                                    const struct pfg_piece *piece, double shift,
                                    struct pfg_arena *arena)
{
    const double *values;
    size_t n = pfg_piece_values(&values, piece);

    return logs_of(row, values, n, shift, arena);
}

/* What a process of a side usually holds. */
static size_t usual_size(const struct pfg_pooled *pooled,
                         struct pfg_arena *arena)
{
    double *sizes = pfg_arena_new_array(arena, double, pooled->processes.n);
    const double *values;
    size_t n = 0;

    for (size_t i = 0; i < pooled->processes.n; i++) {
        size_t size = pfg_piece_values(&values, pfg_pooled_piece(pooled, i));

        if (size) {
            sizes[n++] = (double)size;
        }
    }
    return (size_t)pfg_median(sizes, n);
}

static struct pfg_low take(const struct pfg_row *row,
                           const struct pfg_sorted *logs, size_t n)
{
    return pfg_statistic_of(row->limit.statistic, logs->x, logs->n, n,
                            sign_of(row),
                            pfg_noise_gain(row->evidence == PFG_REPLICATED, n));
}

/* A sample a process: its low level for the fast mode, its median for the
 * bulk; or, for both, the statistic that was chosen. The level is taken at one
 * size on both sides, because the low quarter of ten lies lower than that of
 * two. */
static void read_processes(const struct pfg_row *row, struct pfg_row_side *side,
                           double shift, struct pfg_arena *arena,
                           struct pfg_arena *scratch)
{
    size_t size = smaller(usual_size(row->base.pooled, scratch),
                          usual_size(row->head.pooled, scratch));

    side->low = new_sorted(arena, side->pooled->n_used);
    side->bulk = new_sorted(arena, side->pooled->n_used);
    for (size_t i = 0; i < side->pooled->processes.n; i++) {
        struct pfg_sorted logs =
            piece_logs(row, pfg_pooled_piece(side->pooled, i), shift, scratch);

        if (logs.n) {
            double level = take(row, &logs, size).level;

            side->low.x[side->low.n++] = level;
            side->bulk.x[side->bulk.n++] =
                row->limit.statistic ? level
                                     : pfg_median_sorted(logs.x, logs.n);
        }
    }
    pfg_sort(side->low.x, side->low.n);
    pfg_sort(side->bulk.x, side->bulk.n);
}

static const struct pfg_run *run_of(const struct pfg_pooled *pooled, size_t i)
{
    return pfg_pooled_run(pooled, i);
}

/* The samples of one run of a window, from process `i` on; *end is the first
 * process of the next. */
static struct pfg_sorted run_logs(const struct pfg_row *row,
                                  const struct pfg_pooled *pooled, double shift,
                                  size_t i, size_t *end,
                                  struct pfg_arena *arena,
                                  struct pfg_arena *scratch)
{
    struct pfg_sorted all = new_sorted(arena, pooled->n_values);
    const struct pfg_run *run = run_of(pooled, i);

    for (; i < pooled->processes.n && run_of(pooled, i) == run; i++) {
        struct pfg_sorted logs =
            piece_logs(row, pfg_pooled_piece(pooled, i), shift, scratch);

        memcpy(all.x + all.n, logs.x, logs.n * sizeof *logs.x);
        all.n += logs.n;
    }
    pfg_sort(all.x, all.n);
    *end = i;
    return all;
}

static void split_window(const struct pfg_row *row, struct pfg_row_side *side,
                         double shift, struct pfg_arena *arena,
                         struct pfg_arena *scratch)
{
    const struct pfg_pooled *pooled = side->pooled;
    size_t most = pooled->processes.n;
    struct pfg_row_window *window =
        pfg_arena_alloc(arena, sizeof *window + most * sizeof *window->parts);

    window->scratch = pfg_arena_new_array(arena, double, 2 * most);
    side->window = window;
    for (size_t i = 0; i < pooled->processes.n;) {
        struct pfg_sorted logs =
            run_logs(row, pooled, shift, i, &i, arena, scratch);

        if (logs.n) {
            window->parts[window->n++] = logs;
        }
    }
}

/* What a run of a side usually holds. */
size_t pfg_row_usual_run(const struct pfg_pooled *pooled,
                         struct pfg_arena *arena)
{
    double *sizes = pfg_arena_new_array(arena, double, pooled->processes.n);
    const struct pfg_run *run = NULL;
    const double *values;
    size_t n = 0;

    for (size_t i = 0; i < pooled->processes.n; i++) {
        size_t size = pfg_piece_values(&values, pfg_pooled_piece(pooled, i));

        if (size && (!n || run_of(pooled, i) != run)) {
            sizes[n++] = 0;
            run = run_of(pooled, i);
        }
        if (size) {
            sizes[n - 1] += (double)size;
        }
    }
    return (size_t)pfg_median(sizes, n);
}

struct pfg_low pfg_row_low(const struct pfg_row *row,
                           const struct pfg_row_side *side)
{
    const struct pfg_row_window *window = side->window;
    double *levels, *smears;
    size_t n = row->n;

    if (!window || !window->n) {
        return take(row, &side->low, n);
    }
    levels = window->scratch;
    smears = levels + window->n;
    for (size_t i = 0; i < window->n; i++) {
        const struct pfg_sorted *part = &window->parts[i];
        struct pfg_low low = take(row, part, smaller(n, part->n));

        levels[i] = low.level;
        smears[i] = low.smear;
    }
    return (struct pfg_low){pfg_median(levels, window->n),
                            pfg_median(smears, window->n)};
}

/* Every observation is a sample. What did not change at all, as allocations
 * often do not, has the same ones on both sides. */
static void read_samples(const struct pfg_row *row, struct pfg_row_side *side,
                         double shift, struct pfg_arena *arena,
                         struct pfg_arena *scratch)
{
    const double *values = pfg_pooled_values(side->pooled, scratch);
    size_t n = side->pooled->n_values;
    const struct pfg_row_side *base = &row->base;

    if (side == &row->head && base->bulk.n == n &&
        base->pooled->n_values == n &&
        !memcmp(values, pfg_pooled_values(base->pooled, scratch),
                n * sizeof *values)) {
        side->bulk = base->bulk;
    } else {
        side->bulk = logs_of(row, values, n, shift, arena);
    }
    side->low = side->bulk;
}

/* Where each process has one value, it is the sample either way. */
static void read_side(const struct pfg_row *row, struct pfg_row_side *side,
                      double shift, struct pfg_arena *arena,
                      struct pfg_arena *scratch)
{
    if (row->by_process && side->pooled->n_used < side->pooled->n_values) {
        read_processes(row, side, shift, arena, scratch);
    } else {
        read_samples(row, side, shift, arena, scratch);
    }
}

static bool has_numbers(const struct pfg_row_side *side)
{
    return side->pooled && side->pooled->n_values > 0;
}

static double center_of(const struct pfg_row *row,
                        const struct pfg_sorted *bulk)
{
    return row->limit.statistic ? take(row, bulk, bulk->n).level
                                : pfg_median_sorted(bulk->x, bulk->n);
}

static bool compute_logs(struct pfg_row *row, double smallest, bool negative,
                         struct pfg_arena *arena, struct pfg_arena *scratch)
{
    bool zeros = row->base.all_zero || row->head.all_zero;
    double shift = 0;

    if (strcmp(row->base.pooled->series->unit,
               row->head.pooled->series->unit)) {
        row->why_not = pfg_arena_printf(
            arena, "measured in '%s' before, in '%s' now",
            row->base.pooled->series->unit, row->head.pooled->series->unit);
        return false;
    }
    if (negative) {
        row->why_not = "negative values have no ratio";
        return false;
    }
    if (zeros) {
        return true; /* judged by the values themselves */
    }
    for (int side = 0; side < 2; side++) {
        const struct pfg_pooled *pooled =
            side ? row->head.pooled : row->base.pooled;

        const double *values = pfg_pooled_values(pooled, scratch);

        for (size_t i = 0; i < pooled->n_values; i++) {
            shift = values[i] == 0 ? smallest / 2 : shift;
        }
    }
    row->shift = shift;
    read_side(row, &row->base, shift, arena, scratch);
    if (row->window) {
        split_window(row, &row->base, shift, arena, scratch);
    }
    read_side(row, &row->head, shift, arena, scratch);
    row->base.center = center_of(row, &row->base.bulk);
    row->head.center = center_of(row, &row->head.bulk);
    return true;
}

void pfg_row_prepare(struct pfg_row *row, bool alternating,
                     struct pfg_arena *arena, struct pfg_arena *scratch)
{
    double smallest = INFINITY;
    bool negative = false;

    row->evidence = PFG_NO_EVIDENCE;
    row->reason = row->why_not = "";
    row->theta = pfg_row_limit(row->series->better, row->limit.threshold);
    row->detectable = row->p_bulk = row->low_shift = row->seen = NAN;
    row->apart = NAN;
    row->effect = row->middle = (struct pfg_shift){NAN, {NAN, NAN, NAN}};
    row->p_worse = row->p_better = row->p_once = 1;
    row->base.value = row->head.value = NAN;
    if (has_numbers(&row->base)) {
        survey(row, &row->base, &smallest, &negative, scratch);
        row->base.error = own_error(row->base.pooled);
    }
    if (has_numbers(&row->head)) {
        survey(row, &row->head, &smallest, &negative, scratch);
        row->head.error = own_error(row->head.pooled);
    }
    if (!has_numbers(&row->base) || !has_numbers(&row->head)) {
        return;
    }
    if (row->forbidden) {
        row->why_not = row->forbidden;
        return;
    }
    row->alternating =
        row->window ? false
        : alternating
            ? row->base.pooled->n_used >= PFG_MIN_REPLICATED &&
                  row->head.pooled->n_used >= PFG_MIN_REPLICATED
            : pfg_pool_alternates(row->base.pooled, row->head.pooled, scratch);
    row->evidence = pfg_row_weigh(row, scratch);
    row->repeats = pfg_row_is_repeating(row);
    row->by_process =
        row->evidence == PFG_REPLICATED ||
        (!row->window && row->base.pooled->n_used >= PFG_MIN_SINGLE &&
         row->head.pooled->n_used >= PFG_MIN_SINGLE);
    row->comparable = compute_logs(row, smallest, negative, arena, scratch);
    if (!row->comparable) {
        row->evidence = PFG_NO_EVIDENCE;
    }
    row->n = smaller(row->window ? pfg_row_usual_run(row->base.pooled, scratch)
                                 : row->base.bulk.n,
                     row->head.bulk.n);
}
