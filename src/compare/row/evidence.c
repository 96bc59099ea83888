#include "compare/row/row.h"

#include <math.h>
#include <string.h>

#include "stats/row/noise.h"

/* Values that exact evidence needs (verdict.md 0.5): of allocations, and of
 * what perfgate counts. */
#define MIN_EXACT    3
#define MIN_REPEATED 2

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool is_per_iteration(const struct pfg_row *row)
{
    return !strcmp(row->metric.name, "allocs") ||
           !strcmp(row->metric.name, "bytes");
}

/* The iterations behind a value; 0: not known. */
static double iterations(const struct pfg_pooled *pooled)
{
    return pooled->trials / (double)pooled->n_values;
}

bool pfg_row_is_amortised(const struct pfg_row *row)
{
    double base = iterations(row->base.pooled);
    double head = iterations(row->head.pooled);

    return is_per_iteration(row) && base > 0 && head > 0 && base != head &&
           smaller(row->base.pooled->n_values, row->head.pooled->n_values) <
               MIN_EXACT;
}

static bool are_instructions(const struct pfg_series *series)
{
    return !strcmp(pfg_metric_find(series->metric).name, "instructions");
}

/* Counted by perfgate itself, which does not take a single count for exact. */
static bool is_counted(const struct pfg_series *series)
{
    return pfg_fact_find(series->variant, series->n_variant,
                         PFG_VARIANT_COUNTER) != NULL;
}

/* One value is enough for what the tool declares exact, and for instructions
 * and sizes. What perfgate counts has to be the same when it is counted again.
 * Allocations are divided by the iterations and vary with their number: they
 * are exact if that number is the same, or if several values agree. */
static bool is_exact(const struct pfg_row *row)
{
    size_t n = smaller(row->base.pooled->n_values, row->head.pooled->n_values);
    size_t least = is_counted(row->series) ? MIN_REPEATED
                   : is_per_iteration(row) ? MIN_EXACT
                                           : 1;

    return (row->series->exact || row->metric.kind == PFG_METRIC_COUNT) &&
           row->base.all_equal && row->head.all_equal &&
           (row->series->exact || n >= least ||
            (iterations(row->base.pooled) > 0 &&
             iterations(row->base.pooled) == iterations(row->head.pooled)));
}

double pfg_count_noise(const struct pfg_series *series)
{
    return !series->exact && are_instructions(series) ? 2 * PFG_TAU_COUNT : 0;
}

bool pfg_row_is_repeating(const struct pfg_row *row)
{
    return row->evidence == PFG_REPLICATED && are_instructions(row->series) &&
           row->base.range <= PFG_TAU_COUNT && row->head.range <= PFG_TAU_COUNT;
}

enum pfg_evidence pfg_row_evidence(const struct pfg_row *row,
                                   struct pfg_arena *arena)
{
    size_t processes =
        smaller(row->base.pooled->n_used, row->head.pooled->n_used);
    size_t samples =
        smaller(row->window ? pfg_row_usual_run(row->base.pooled, arena)
                            : row->base.pooled->n_values,
                row->head.pooled->n_values);
    bool tail = row->metric.kind == PFG_METRIC_TAIL;

    if (is_exact(row)) {
        return PFG_EXACT;
    }
    if (processes >= PFG_MIN_REPLICATED && row->alternating) {
        return PFG_REPLICATED;
    }
    /* A percentile is one value per process, whatever else the process printed.
     */
    if (samples >= PFG_MIN_SINGLE && !tail) {
        return PFG_SINGLE;
    }
    if (row->history->n > PFG_MIN_HISTORY) {
        return PFG_HISTORY;
    }
    if (isfinite(row->base.error) || isfinite(row->head.error)) {
        return PFG_SUMMARY;
    }
    return PFG_POINT;
}
