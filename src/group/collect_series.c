#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "group/collect_parts.h"
#include "group/key.h"
#include "model/metric.h"

const char *pfg_collect_text(struct pfg_arena *arena, struct pfg_slice text)
{
    char *copy = pfg_arena_slice(arena, text);

    for (size_t i = 0; i < text.len; i++) {
        if (!copy[i]) {
            copy[i] = '?';
        }
    }
    return copy;
}

static int compare_facts(const void *a, const void *b)
{
    const struct pfg_fact *left = a, *right = b;

    return strcmp(left->key, right->key);
}

bool pfg_collect_direct_one(enum pfg_direction *better,
                            const struct pfg_collect_options *options,
                            const char *metric)
{
    for (size_t i = 0; options && i < options->n_directions; i++) {
        if (pfg_metric_matches(metric, options->directions[i].key)) {
            pfg_direction_parse(better,
                                pfg_slice_of(options->directions[i].value));
            return true;
        }
    }
    return false;
}

/* The user decides first, then the tool, then the known meaning of the metric.
 * The metric's own direction does not apply to the spread of its values. */
static enum pfg_direction direction_of(const struct pfg_collector *c,
                                       const char *metric,
                                       enum pfg_direction better)
{
    struct pfg_metric known = pfg_metric_find(metric);

    if (pfg_collect_direct_one(&better, c->options, metric) ||
        better != PFG_NEUTRAL || known.kind == PFG_METRIC_OTHER) {
        return better;
    }
    return known.better;
}

/* Returns the one copy of a suite, parameter, metric or unit, since many series
 * have the same text. */
static const char *share(struct pfg_collector *c, struct pfg_slice text)
{
    void **known = pfg_map_find(&c->words, text);
    const char *copy;

    if (known) {
        return *known;
    }
    copy = pfg_collect_text(c->run->arena, text);
    *pfg_map_borrow(&c->words, pfg_slice_make(copy, text.len)) = (char *)copy;
    return copy;
}

/* Like share(), but tries `likely` first: most texts equal those of the series
 * before. */
static const char *share_likely(struct pfg_collector *c, struct pfg_slice text,
                                const char *likely)
{
    return likely && pfg_slice_is(text, likely) ? likely : share(c, text);
}

/* The last series of the run, or NULL. */
static const struct pfg_series *last_series(const struct pfg_collector *c)
{
    size_t n = c->run->series.n;

    return n ? c->run->series.at[n - 1] : NULL;
}

/* The name without the parts that differ from run to run. */
static struct pfg_slice lasting(const struct pfg_collector *c,
                                struct pfg_slice name)
{
    const struct pfg_collect_options *options = c->options;

    for (size_t i = 0; options && i < options->n_instead; i++) {
        const struct pfg_fact *one = &options->instead[i];

        if (pfg_slice_has(name, one->key)) {
            name = pfg_slice_of(pfg_arena_replace(
                c->run->arena, pfg_collect_text(c->run->arena, name), one->key,
                one->value));
        }
    }
    return name;
}

/* The metrics of a benchmark follow one another, so the last series often has
 * its name. */
static const char *benchmark_of(const struct pfg_collector *c,
                                struct pfg_slice text)
{
    const struct pfg_series *last = last_series(c);

    return last && pfg_slice_is(text, last->benchmark)
               ? last->benchmark
               : pfg_collect_text(c->run->arena, text);
}

static struct pfg_fact *copy_params(struct pfg_collector *c,
                                    const struct pfg_measurement *m)
{
    const struct pfg_series *last = last_series(c);
    struct pfg_fact *params =
        pfg_arena_new_array(c->run->arena, struct pfg_fact, m->n_params);

    for (size_t i = 0; i < m->n_params; i++) {
        struct pfg_fact likely = {.key = NULL};

        if (last && i < last->n_params) {
            likely = last->params[i];
        }
        params[i].key = share_likely(c, m->params[i].key, likely.key);
        params[i].value =
            share_likely(c, lasting(c, m->params[i].value), likely.value);
    }
    if (m->n_params > 1) {
        qsort(params, m->n_params, sizeof *params, compare_facts);
    }
    return params;
}

/* A series without its pieces. */
static struct pfg_series describe(struct pfg_collector *c,
                                  const struct pfg_measurement *m)
{
    const struct pfg_collect_options *options = c->options;
    bool named = options && options->benchmark;
    struct pfg_arena *arena = c->run->arena;
    const struct pfg_series *last = last_series(c);
    struct pfg_series series = {
        .suite = options && options->suite
                     ? options->suite
                     : share_likely(c, lasting(c, m->suite),
                                    last ? last->suite : NULL),
        .benchmark = named ? options->benchmark
                           : benchmark_of(c, lasting(c, m->benchmark)),
        .params = copy_params(c, m),
        .n_params = m->n_params,
        .metric = share(c, m->metric),
        .unit = share(c, m->unit),
        .exact = m->exact,
        .derived = m->derived,
    };

    if (options) {
        series.variant = (struct pfg_fact *)options->variant;
        series.n_variant = options->n_variant;
    }
    series.better = direction_of(c, series.metric, m->better);
    series.key = pfg_key_make(arena, &series);
    return series;
}

/* Whether the tool may have rounded a measured time to zero: it prints
 * hundredths of a second or tenths of a millisecond. */
static bool may_be_rounded(double resolution)
{
    return resolution >= 1e-5 && resolution <= 1e-2;
}

bool pfg_collect_cannot_be_zero(const struct pfg_series *series,
                                double resolution)
{
    struct pfg_metric known = pfg_metric_find(series->metric);
    struct pfg_slice name = pfg_slice_of(series->metric);

    if (!strcmp(series->metric, "time") ||
        !strcmp(series->metric, "throughput")) {
        return !may_be_rounded(resolution);
    }
    return !strcmp(series->unit, "s") && !may_be_rounded(resolution) &&
           series->better == PFG_LOWER &&
           (known.better == PFG_LOWER ||
            pfg_metric_gated(series->metric, series->better)) &&
           (known.kind == PFG_METRIC_LOAD || known.kind == PFG_METRIC_TAIL ||
            pfg_slice_ends(name, "latency"));
}

static void add_series(struct pfg_collector *c, const struct pfg_series *series)
{
    struct pfg_arena *arena = c->run->arena;
    struct pfg_series *kept = pfg_arena_alloc(arena, sizeof *kept);
    struct pfg_gather_series state = {
        .unit = pfg_slice_of(series->unit),
        .is_duration = !strcmp(series->unit, "s"),
        .is_positive = pfg_collect_cannot_be_zero(series, NAN),
        .is_exact = series->exact,
    };

    *kept = *series;
    pfg_vec_push(&c->run->series, arena, kept);
    pfg_vec_push(&c->gather.series, NULL, state);
}

size_t pfg_collect_find(struct pfg_collector *c,
                        const struct pfg_measurement *m)
{
    size_t found = pfg_series_index_find(&c->index, m);
    struct pfg_series series;
    void **number;

    if (found != SIZE_MAX) {
        return found;
    }
    if (c->run->series.n == c->max_series) {
        c->full = true;
        return PFG_COLLECT_FULL;
    }
    series = describe(c, m);
    number = pfg_map_borrow(&c->numbers, pfg_slice_of(series.key));
    if (!*number) {
        add_series(c, &series);
        *number = (void *)(uintptr_t)c->run->series.n;
    }
    pfg_series_index_add(&c->index, (uintptr_t)*number - 1);
    return (uintptr_t)*number - 1;
}
