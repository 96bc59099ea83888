#include <string.h>

#include "base/str.h"
#include "compare/comparing.h"
#include "group/filter.h"
#include "group/key.h"
#include "policy/policy.h"

/* Marks the series that pass the filter of the comparison. */
static void mark_wanted(const struct pfg_comparing *c, struct pfg_pool *pool)
{
    const struct pfg_comparison *asked = c->asked;

    for (size_t i = 0; i < pool->series.n; i++) {
        struct pfg_pooled *pooled = pool->series.at[i];

        pooled->wanted = !asked->n_filter ||
                         pfg_filter_passes(asked->filter, asked->n_filter,
                                           pooled->series, pooled->label);
    }
}

/* Finds the series that both sides have. Files of one suite list them in the
 * same order. Returns how many there are. */
static size_t find_twins(struct pfg_comparing *c)
{
    size_t next = 0, n = 0;

    for (size_t i = 0; i < c->head.series.n; i++) {
        struct pfg_pooled *head = c->head.series.at[i];

        head->twin = pfg_pool_find_next(&c->base, head->series->key, &next);
        if (head->twin) {
            head->twin->twin = head;
            n++;
        }
    }
    return n;
}

/* Whether the other side has the benchmark of a series. */
static bool has_benchmark(const struct pfg_pool *other,
                          const struct pfg_pooled *pooled)
{
    return pooled->twin || pfg_map_find(&other->benchmarks, pooled->benchmark);
}

static struct pfg_subject subject_of(const struct pfg_comparing *c,
                                     const struct pfg_pooled *pooled)
{
    return (struct pfg_subject){pooled->series, pooled->label, c->hardware};
}

/* Rows have few different limits, and those of a benchmark's metrics take
 * turns, so a limit that was seen before was seen lately. */
#define MAX_LOOK_BACK 8

static const struct pfg_limit *share_limit(struct pfg_comparing *c,
                                           const struct pfg_limit *limit)
{
    struct pfg_limit *copy;

    for (size_t i = c->limits.n; i-- > 0 && c->limits.n - i <= MAX_LOOK_BACK;) {
        if (pfg_policy_is_same_limit(c->limits.at[i], limit)) {
            return c->limits.at[i];
        }
    }
    copy = pfg_arena_alloc(c->arena, sizeof *copy);
    *copy = *limit;
    pfg_vec_push(&c->limits, c->arena, (const struct pfg_limit *)copy);
    return copy;
}

/* One of the two may be NULL. */
static struct pfg_row *add_row(struct pfg_comparing *c, struct pfg_pooled *base,
                               struct pfg_pooled *head)
{
    const struct pfg_pooled *pooled = head ? head : base;
    const struct pfg_series *series = pooled->series;
    struct pfg_subject subject = subject_of(c, pooled);
    const struct pfg_policy *policy = c->asked->policy;
    struct pfg_limit limit = pfg_policy_limit_of(policy, &subject);
    struct pfg_row *row = &c->rows.at[c->rows.n++];

    row->key = series->key;
    row->series = series;
    row->label = subject.label;
    row->metric = pfg_metric_find(series->metric);
    row->accepted = pfg_accept_find(policy->acceptances, &subject);
    row->base.pooled = base;
    row->head.pooled = head;
    row->window = c->asked->window;
    row->forbidden = c->forbidden;
    row->history = &c->no_history;
    if (row->metric.kind == PFG_METRIC_RATE) { /* judged by counting events */
        limit.statistic = PFG_STATISTIC_DEFAULT;
    }
    row->limit = share_limit(c, &limit);
    return row;
}

/* How strictly a series is judged: 2 if it can fail the gate, 1 if it warns, 0
 * if it is not gated. */
static int weight_of(const struct pfg_comparing *c,
                     const struct pfg_pooled *pooled)
{
    struct pfg_subject subject = subject_of(c, pooled);
    struct pfg_limit limit = pfg_policy_limit_of(c->asked->policy, &subject);

    return !limit.gated ? 0 : limit.severity == PFG_SEVERITY_ERROR ? 2 : 1;
}

/* For each benchmark that the `other` side does not have, the series that
 * stands for it: the first of those judged most strictly. Such a benchmark is
 * one row, not one per metric. */
static void find_representatives(struct pfg_comparing *c, struct pfg_map *out,
                                 const struct pfg_pool *pool,
                                 const struct pfg_pool *other)
{
    pfg_map_init(out, c->arena);
    for (size_t i = 0; i < pool->series.n; i++) {
        struct pfg_pooled *pooled = pool->series.at[i];
        void **place;

        if (!pooled->wanted || has_benchmark(other, pooled)) {
            continue;
        }
        place = pfg_map_at(out, pooled->benchmark);
        if (!*place || weight_of(c, *place) < weight_of(c, pooled)) {
            *place = pooled;
        }
    }
}

static bool represents(const struct pfg_map *representatives,
                       const struct pfg_pooled *pooled)
{
    void **place = pfg_map_find(representatives, pooled->benchmark);

    return place && *place == pooled;
}

static bool has_budget(const struct pfg_comparing *c,
                       const struct pfg_pooled *pooled)
{
    struct pfg_subject subject = subject_of(c, pooled);

    return pfg_policy_limit_of(c->asked->policy, &subject).budget != NULL;
}

/* The fact tells how a series was measured, not what. Numbers from different
 * methods, or from observations of different lengths, are never compared. */
static bool is_method(const struct pfg_fact *fact)
{
    return !strcmp(fact->key, PFG_VARIANT_COUNTER) ||
           !strcmp(fact->key, PFG_VARIANT_LENGTH);
}

/* The key of a series without how it was measured. */
static const char *what_of(const struct pfg_series *series,
                           struct pfg_arena *arena)
{
    struct pfg_series what = *series;

    what.variant =
        pfg_arena_new_array(arena, struct pfg_fact, series->n_variant);
    what.n_variant = 0;
    for (size_t i = 0; i < series->n_variant; i++) {
        if (!is_method(&series->variant[i])) {
            what.variant[what.n_variant++] = series->variant[i];
        }
    }
    return pfg_key_make(arena, &what);
}

/* Maps such keys to the series of a pool. */
static void list_what(struct pfg_map *out, const struct pfg_pool *pool,
                      struct pfg_arena *arena)
{
    pfg_map_init(out, arena);
    for (size_t i = 0; i < pool->series.n; i++) {
        struct pfg_pooled *pooled = pool->series.at[i];
        const char *what = what_of(pooled->series, arena);

        *pfg_map_at(out, pfg_slice_of(what)) = pooled;
    }
}

/* The same series on the other side, measured in another way; NULL: there is
 * none. */
static struct pfg_pooled *measured_otherwise(struct pfg_comparing *c,
                                             const struct pfg_pool *pool,
                                             struct pfg_map *what,
                                             const struct pfg_series *series)
{
    void **found;

    if (!what->arena) {
        list_what(what, pool, c->arena);
    }
    found = pfg_map_find(what, pfg_slice_of(what_of(series, c->arena)));
    return found ? *found : NULL;
}

static const char *length_of(const struct pfg_series *series)
{
    const char *length =
        pfg_fact_find(series->variant, series->n_variant, PFG_VARIANT_LENGTH);

    return length ? length : "the tool's default";
}

static void add_measured_otherwise(struct pfg_comparing *c,
                                   struct pfg_pooled *base,
                                   struct pfg_pooled *head)
{
    const char *was = length_of(base->series), *is = length_of(head->series);

    add_row(c, base, head)->forbidden =
        strcmp(was, is) != 0
            ? pfg_arena_printf(
                  c->arena,
                  "measured with a different length: %s before, %s now", was,
                  is)
            : pfg_arena_printf(c->arena,
                               "counted with a different method: %s before",
                               base->label);
}

static void pair_head(struct pfg_comparing *c)
{
    struct pfg_map representatives;

    find_representatives(c, &representatives, &c->head, &c->base);
    for (size_t i = 0; i < c->head.series.n; i++) {
        struct pfg_pooled *head = c->head.series.at[i];
        struct pfg_pooled *base = head->twin;
        bool alone = !has_benchmark(&c->base, head);
        struct pfg_pooled *other =
            base ? NULL
                 : measured_otherwise(c, &c->base, &c->base_what, head->series);

        if (other && head->wanted && !other->twin) {
            add_measured_otherwise(c, other, head);
        } else if (head->wanted &&
                   (!alone || !c->asked->base.n || *head->error ||
                    head->budget_crossed || has_budget(c, head) ||
                    represents(&representatives, head))) {
            add_row(c, base, head);
        }
    }
}

static void note_not_run(struct pfg_comparing *c, const struct pfg_map *suites)
{
    struct pfg_str text;

    if (!suites->n) {
        return;
    }
    pfg_str_init(&text, 2000);
    pfg_str_puts(&text, "not run in the head: ");
    for (size_t i = 0; i < suites->n; i++) {
        struct pfg_slice name = suites->entries[i].key;

        pfg_str_puts(&text, i ? ", " : "");
        pfg_str_add(&text,
                    name.len ? name : PFG_LIT("benchmarks without a suite"));
    }
    pfg_vec_push(&c->notes.lines, c->arena,
                 (const char *)pfg_arena_slice(c->arena, pfg_str_slice(&text)));
    pfg_str_free(&text);
}

/* Adds what only the base has. It is missing if the head ran its suite. A suite
 * that the head did not run at all is one note, and missing only if the policy
 * says so. */
static void pair_missing(struct pfg_comparing *c)
{
    enum pfg_severity missing_suite = c->asked->policy->missing_suite;
    struct pfg_map representatives, not_run;

    find_representatives(c, &representatives, &c->base, &c->head);
    pfg_map_init(&not_run, c->arena);
    for (size_t i = 0; i < c->base.series.n; i++) {
        struct pfg_pooled *base = c->base.series.at[i];
        const struct pfg_series *series = base->series;
        bool alone, ran;

        if (base->twin || !base->wanted ||
            measured_otherwise(c, &c->head, &c->head_what, series)) {
            continue;
        }
        alone = !has_benchmark(&c->head, base);
        ran = pfg_map_find(&c->head.suites, pfg_slice_of(series->suite));
        if (!ran && missing_suite != PFG_SEVERITY_OFF) {
            *pfg_map_at(&not_run, pfg_slice_of(series->suite)) = c;
        }
        if (!ran && missing_suite != PFG_SEVERITY_ERROR) {
            continue;
        }
        if (!alone || represents(&representatives, base)) {
            struct pfg_row *row = add_row(c, base, NULL);

            row->vanished = alone;
            row->with_suite = !ran;
        }
    }
    note_not_run(c, &not_run);
}

void pfg_pair_series(struct pfg_comparing *c)
{
    mark_wanted(c, &c->base);
    mark_wanted(c, &c->head);
    c->rows.cap = c->base.series.n + c->head.series.n - find_twins(c);
    c->rows.at = pfg_arena_new_array(c->arena, struct pfg_row, c->rows.cap);
    pair_head(c);
    pair_missing(c);
}
