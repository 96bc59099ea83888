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

/* The text without NUL bytes, as it stands in the run. */
static struct pfg_slice clean(const struct pfg_collector *c,
                              struct pfg_slice text)
{
    return pfg_slice_find_byte(text, '\0') < text.len
               ? pfg_slice_make(pfg_collect_text(c->arena, text), text.len)
               : text;
}

/* The name without the parts that differ from run to run. */
static struct pfg_slice lasting(const struct pfg_collector *c,
                                struct pfg_slice name)
{
    const struct pfg_collect_options *options = c->options;

    name = clean(c, name);
    for (size_t i = 0; options && i < options->n_instead; i++) {
        const struct pfg_fact *one = &options->instead[i];

        if (pfg_slice_has(name, one->key)) {
            name = pfg_slice_of(
                pfg_arena_replace(c->arena, pfg_arena_slice(c->arena, name),
                                  one->key, one->value));
        }
    }
    return name;
}

/* Sorts the parameters into c->params. */
static void sort_params(struct pfg_collector *c,
                        const struct pfg_measurement *m)
{
    c->params.n = 0;
    for (size_t i = 0; i < m->n_params; i++) {
        struct pfg_param one = {clean(c, m->params[i].key),
                                lasting(c, m->params[i].value)};
        size_t at = c->params.n;

        pfg_vec_push(&c->params, c->arena, one);
        for (; at && pfg_slice_cmp(c->params.at[at - 1].key, one.key) > 0;
             at--) {
            c->params.at[at] = c->params.at[at - 1];
        }
        c->params.at[at] = one;
    }
}

/* What the measurement is of, as the user wants it named. */
static struct pfg_identity identify(struct pfg_collector *c,
                                    const struct pfg_measurement *m)
{
    const struct pfg_collect_options *options = c->options;
    struct pfg_identity identity = {.metric = clean(c, m->metric)};

    identity.suite = options && options->suite ? pfg_slice_of(options->suite)
                                               : lasting(c, m->suite);
    identity.benchmark = options && options->benchmark
                             ? pfg_slice_of(options->benchmark)
                             : lasting(c, m->benchmark);
    sort_params(c, m);
    identity.params = c->params.at;
    identity.n_params = c->params.n;
    if (options) {
        identity.variant = options->variant;
        identity.n_variant = options->n_variant;
    }
    return identity;
}

/* The metrics of a benchmark follow one another, so the last series often has
 * its name. */
static const char *benchmark_of(const struct pfg_collector *c,
                                struct pfg_slice text)
{
    const struct pfg_series *last = last_series(c);

    return last && pfg_slice_is(text, last->benchmark)
               ? last->benchmark
               : pfg_arena_slice(c->run->arena, text);
}

static struct pfg_fact *copy_params(struct pfg_collector *c,
                                    const struct pfg_identity *identity)
{
    const struct pfg_series *last = last_series(c);
    struct pfg_fact *params =
        pfg_arena_new_array(c->run->arena, struct pfg_fact, identity->n_params);

    for (size_t i = 0; i < identity->n_params; i++) {
        struct pfg_fact likely = {.key = NULL};

        if (last && i < last->n_params) {
            likely = last->params[i];
        }
        params[i].key = share_likely(c, identity->params[i].key, likely.key);
        params[i].value =
            share_likely(c, identity->params[i].value, likely.value);
    }
    return params;
}

/* A series without its pieces. */
static struct pfg_series describe(struct pfg_collector *c,
                                  const struct pfg_measurement *m,
                                  const struct pfg_identity *identity)
{
    const struct pfg_series *last = last_series(c);
    struct pfg_series series = {
        .suite = share_likely(c, identity->suite, last ? last->suite : NULL),
        .benchmark = benchmark_of(c, identity->benchmark),
        .params = copy_params(c, identity),
        .n_params = identity->n_params,
        .variant = (struct pfg_fact *)identity->variant,
        .n_variant = identity->n_variant,
        .metric = share(c, identity->metric),
        .unit = share(c, m->unit),
        .exact = m->exact,
        .derived = m->derived,
        .key = pfg_arena_slice(c->run->arena, pfg_str_slice(&c->key)),
    };

    series.better = direction_of(c, series.metric, m->better);
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
    const struct pfg_identity identity = identify(c, m);
    size_t n = c->run->series.n;
    struct pfg_slice key;
    struct pfg_series series;
    void **found;

    pfg_str_clear(&c->key);
    pfg_key_put(&c->key, &identity);
    key = pfg_str_slice(&c->key);
    if (c->next < n && pfg_slice_eq(c->keys.entries[c->next].key, key)) {
        return c->next++;
    }
    found = n < c->max_series ? pfg_map_borrow(&c->keys, key)
                              : pfg_map_find(&c->keys, key);
    if (!found) {
        c->full = true;
        return PFG_COLLECT_FULL;
    }
    c->next = pfg_map_index(&c->keys, found) + 1;
    if (c->next > n) {
        series = describe(c, m, &identity);
        c->keys.entries[n].key.ptr = series.key;
        add_series(c, &series);
    }
    return c->next - 1;
}
