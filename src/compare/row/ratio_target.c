#include "compare/row/target.h"

#include <math.h>
#include <string.h>

#include "group/key.h"
#include "policy/policy.h"
#include "policy/ratio.h"
#include "stats/sample.h"
#include "stats/test/rank.h"

struct filling {
    struct pfg_targets *out;
    struct pfg_arena *arena;
    /* The head's series by suite and label, by label, by suite/label, and by
     * suite, benchmark and how it was run. */
    struct pfg_map by_own, by_label, by_full, by_benchmark;
};

/* One side of a ratio: the series of a benchmark that have the metric. */
struct side {
    const struct pfg_pooled *at;
    const char *other; /* a metric that could be meant instead; NULL */
};

static bool is_time(const struct pfg_pooled *pooled)
{
    return !strcmp(pooled->series->metric, "time");
}

static bool takes_part(const struct filling *f, const struct pfg_ratio *ratio,
                       const struct pfg_pooled *pooled)
{
    const struct pfg_series *series = pooled->series;
    const struct pfg_rule rule = {.suite = ratio->suite,
                                  .metric = ratio->metric};
    const struct pfg_subject subject = {series, "", f->out->hardware};

    return pooled->wanted && pfg_rule_matches(&rule, &subject) &&
           (ratio->metric ||
            (!series->derived &&
             pfg_metric_gated(series->metric, series->better)));
}

/* The series of the head that go by a name. */
struct called {
    PFG_VEC(const struct pfg_pooled *) series;
};

static void index_one(struct pfg_map *map, const char *name,
                      const struct pfg_pooled *pooled, struct pfg_arena *arena)
{
    void **place = pfg_map_at(map, pfg_slice_of(name));
    struct called *called = *place;

    if (!called) {
        *place = called = pfg_arena_alloc(arena, sizeof *called);
    }
    pfg_vec_push(&called->series, arena, pooled);
}

static const char *own_name(const struct filling *f, const char *suite,
                            const char *label)
{
    return pfg_arena_printf(f->arena, "%s\x1f%s", suite, label);
}

static const char *full_name(const struct filling *f,
                             const struct pfg_pooled *pooled)
{
    return pfg_arena_printf(f->arena, "%s/%s", pooled->series->suite,
                            pooled->label);
}

/* A key for the benchmark run in the same way, since only such series make a
 * pair. */
static const char *bare_name(const struct filling *f,
                             const struct pfg_series *like,
                             const char *benchmark)
{
    struct pfg_series series = *like;

    series.benchmark = benchmark;
    series.metric = "";
    return pfg_key_make(f->arena, &series);
}

static void index_series(struct filling *f)
{
    pfg_map_init(&f->by_own, f->arena);
    pfg_map_init(&f->by_label, f->arena);
    pfg_map_init(&f->by_full, f->arena);
    pfg_map_init(&f->by_benchmark, f->arena);
    for (size_t i = 0; i < f->out->head->series.n; i++) {
        const struct pfg_pooled *pooled = f->out->head->series.at[i];
        const struct pfg_series *series = pooled->series;

        index_one(&f->by_own, own_name(f, series->suite, pooled->label), pooled,
                  f->arena);
        index_one(&f->by_label, pooled->label, pooled, f->arena);
        index_one(&f->by_full, full_name(f, pooled), pooled, f->arena);
        index_one(&f->by_benchmark, bare_name(f, series, series->benchmark),
                  pooled, f->arena);
    }
}

/* Of several metrics the time is meant, if there is one. If several suites have
 * the name, none is. */
static struct side find_in(const struct filling *f,
                           const struct pfg_ratio *ratio,
                           const struct pfg_map *map, const char *name)
{
    void **place = pfg_map_find(map, pfg_slice_of(name));
    const struct called *called = place ? *place : NULL;
    struct side side = {NULL, NULL};

    for (size_t i = 0; called && i < called->series.n; i++) {
        const struct pfg_pooled *pooled = called->series.at[i];

        if (!takes_part(f, ratio, pooled)) {
            continue;
        }
        if (side.at && strcmp(side.at->series->suite, pooled->series->suite)) {
            return (struct side){NULL, NULL};
        }
        if (!side.at || (is_time(pooled) && !is_time(side.at))) {
            side.at = pooled;
            side.other = NULL;
        } else if (!is_time(side.at)) {
            side.other = pooled->series->metric;
        }
    }
    return side;
}

/* Looks in the partner's own suite, then for the name as suite/label, then in
 * any suite. */
static struct side find_side(const struct filling *f,
                             const struct pfg_ratio *ratio, const char *suite,
                             const char *name)
{
    struct side side = find_in(f, ratio, &f->by_own, own_name(f, suite, name));

    side = side.at ? side : find_in(f, ratio, &f->by_full, name);
    return side.at ? side : find_in(f, ratio, &f->by_label, name);
}

static const struct pfg_piece *piece_of(const struct pfg_pooled *pooled,
                                        const struct pfg_pooled_process *like)
{
    for (size_t i = 0; i < pooled->processes.n; i++) {
        const struct pfg_pooled_process *process =
            &pfg_pooled_processes(pooled)[i];

        if (process->run == like->run &&
            process->piece->process == like->piece->process) {
            return process->piece;
        }
    }
    return NULL;
}

static double middle(const struct pfg_piece *piece, struct pfg_arena *arena)
{
    const double *values;
    size_t n = pfg_piece_values(&values, piece);
    double *copy = pfg_arena_new_array(arena, double, n);

    memcpy(copy, values, n * sizeof *copy);
    return pfg_median(copy, n);
}

/* The ratio in each process that measured both, sorted: what the machine did to
 * one, it did to the other. */
static double *by_process(const struct pfg_pooled *of,
                          const struct pfg_pooled *to, size_t *n,
                          struct pfg_arena *arena)
{
    double *ratios = pfg_arena_new_array(arena, double, of->processes.n);

    *n = 0;
    for (size_t i = 0; i < of->processes.n; i++) {
        const struct pfg_pooled_process *process = &pfg_pooled_processes(of)[i];
        const struct pfg_piece *other = piece_of(to, process);
        double ratio =
            other ? middle(process->piece, arena) / middle(other, arena) : NAN;

        if (isfinite(ratio)) {
            ratios[(*n)++] = ratio;
        }
    }
    pfg_sort(ratios, *n);
    return ratios;
}

/* The ratio of the two medians, with an interval if all values have logs. */
static void compare_medians(struct pfg_report_target *target,
                            const struct pfg_pooled *of,
                            const struct pfg_pooled *to,
                            struct pfg_arena *arena)
{
    size_t n_of = of->n_values, n_to = to->n_values;
    double *x = pfg_pooled_sorted(of, arena);
    double *y = pfg_pooled_sorted(to, arena);
    struct pfg_shift shift;

    target->current = pfg_median_sorted(x, n_of) / pfg_median_sorted(y, n_to);
    if (!n_of || !n_to || x[0] <= 0 || y[0] <= 0 || n_of + n_to < 3) {
        return;
    }
    for (size_t i = 0; i < n_of; i++) {
        x[i] = log(x[i]);
    }
    for (size_t i = 0; i < n_to; i++) {
        y[i] = log(y[i]);
    }
    shift = pfg_hodges_lehmann(NULL, y, n_to, x, n_of, 0.95);
    target->interval =
        (struct pfg_interval){exp(shift.interval.lower),
                              exp(shift.interval.upper), shift.interval.level};
}

static void judge_ratio(struct pfg_report_target *target,
                        const struct pfg_ratio *ratio,
                        const struct pfg_pooled *of,
                        const struct pfg_pooled *to, struct pfg_arena *arena)
{
    size_t n;
    double *ratios = by_process(of, to, &n, arena);

    if (n > 1) {
        target->current = pfg_median_sorted(ratios, n);
        target->interval = pfg_median_interval(ratios, n, 0.95);
    } else {
        compare_medians(target, of, to, arena);
    }
    target->status = pfg_bound_holds(&ratio->limit, target->current)
                         ? PFG_TARGET_MET
                         : PFG_TARGET_MISSED;
    if (isnan(target->current)) {
        target->status = PFG_TARGET_NO_DATA;
        target->reason = "the values have no ratio";
    }
}

static const char *why_unjudgeable(const struct pfg_ratio *ratio,
                                   const struct side *of, const struct side *to,
                                   struct pfg_arena *arena)
{
    const struct side *unclear = of->other ? of : to;

    if (unclear->other && !ratio->metric) {
        return pfg_arena_printf(arena,
                                "the ratio of '%s' to '%s' could apply to '%s' "
                                "or '%s': name the metric",
                                pfg_pattern_text(ratio->of),
                                pfg_pattern_text(ratio->to),
                                unclear->at->series->metric, unclear->other);
    }
    if (!pfg_units_agree(of->at->series->unit, to->at->series->unit)) {
        return pfg_arena_printf(
            arena,
            "'%s' is measured in '%s' and '%s' in '%s': they have no ratio",
            pfg_pattern_text(ratio->of), of->at->series->unit,
            pfg_pattern_text(ratio->to), to->at->series->unit);
    }
    return NULL;
}

static const char *name_of(const struct pfg_ratio *ratio, const char *of,
                           const char *to, struct pfg_arena *arena)
{
    if (!*ratio->name) {
        return pfg_arena_printf(arena, "%s / %s", of, to);
    }
    return pfg_pattern_wildcards(ratio->of) ||
                   strcmp(pfg_pattern_text(ratio->of), of) != 0
               ? pfg_arena_printf(arena, "%s: %s", ratio->name, of)
               : ratio->name;
}

/* A pair of benchmarks; either may be missing, never both. */
struct pair {
    const char *of, *to;
    struct side above, below;
};

static void add_ratio(struct filling *f, const struct pfg_ratio *ratio,
                      const struct pair *pair)
{
    const char *of = pair->of, *to = pair->to;
    struct side above = pair->above, below = pair->below;
    struct pfg_report_target target = {
        .name = name_of(ratio, of, to, f->arena),
        .limit = ratio->limit.text,
        .unit = "1",
        .current = NAN,
        .interval = {NAN, NAN, NAN},
        .reason = "",
        .source = ratio->source,
        .row = "",
        .ratio = true,
    };
    bool failed =
        (above.at && *above.at->error) || (below.at && *below.at->error);

    if (!above.at || !below.at || failed || !above.at->n_values ||
        !below.at->n_values) {
        target.status = PFG_TARGET_NO_DATA;
        target.reason = pfg_arena_printf(
            f->arena, "'%s' %s", above.at && !*above.at->error ? to : of,
            failed ? "failed" : "is missing");
    } else {
        const char *why = why_unjudgeable(ratio, &above, &below, f->arena);

        if (why) {
            target.status = PFG_TARGET_UNJUDGEABLE;
            target.reason = why;
        } else {
            judge_ratio(&target, ratio, above.at, below.at, f->arena);
        }
    }
    target.fails = target.status != PFG_TARGET_MET &&
                   pfg_target_fails(f->out, ratio->severity);
    pfg_vec_push(&f->out->list, f->arena, target);
}

/* Fills the names of a pair one of which is `name`. */
static bool name_pair(struct pair *out, const struct pfg_ratio *ratio,
                      const char *name, struct pfg_arena *arena)
{
    out->of = name;
    out->to = pfg_ratio_partner(ratio->of, ratio->to, name, arena);
    if (!out->to) {
        out->to = name;
        out->of = pfg_ratio_partner(ratio->to, ratio->of, name, arena);
    }
    return out->of != NULL;
}

/* The name as the report shows it, if the series exists. */
static const char *shown(const struct side *side, const char *name)
{
    return side->at ? side->at->label : name;
}

/* The pair that a series belongs to, by its label, by suite/label, or by the
 * name of its benchmark. */
static bool find_pair(const struct filling *f, const struct pfg_ratio *ratio,
                      const struct pfg_pooled *pooled, struct pair *out)
{
    const struct pfg_series *series = pooled->series;
    const char *names[] = {pooled->label, full_name(f, pooled)};

    for (size_t i = 0; i < 2; i++) {
        if (name_pair(out, ratio, names[i], f->arena)) {
            out->above = find_side(f, ratio, series->suite, out->of);
            out->below = find_side(f, ratio, series->suite, out->to);
            return true;
        }
    }
    if (!name_pair(out, ratio, series->benchmark, f->arena)) {
        return false;
    }
    out->above =
        find_in(f, ratio, &f->by_benchmark, bare_name(f, series, out->of));
    out->below =
        find_in(f, ratio, &f->by_benchmark, bare_name(f, series, out->to));
    out->of = shown(&out->above, out->of);
    out->to = shown(&out->below, out->to);
    return true;
}

static const char *side_id(const struct side *side, const char *name)
{
    return side->at ? side->at->series->key : name;
}

/* Adds each pair of benchmarks that the ratio matches, once. */
static void add_pairs(struct filling *f, const struct pfg_ratio *ratio,
                      bool *matched)
{
    struct pfg_map seen;

    pfg_map_init(&seen, f->arena);
    for (size_t i = 0; i < f->out->head->series.n; i++) {
        const struct pfg_pooled *pooled = f->out->head->series.at[i];
        struct pair pair;
        void **place;

        if (!takes_part(f, ratio, pooled) ||
            !find_pair(f, ratio, pooled, &pair)) {
            continue;
        }
        place = pfg_map_at(
            &seen, pfg_slice_of(pfg_arena_printf(
                       f->arena, "%s\x1d%s", side_id(&pair.above, pair.of),
                       side_id(&pair.below, pair.to))));
        if (!*place) {
            *place = f;
            *matched = true;
            add_ratio(f, ratio, &pair);
        }
    }
}

void pfg_ratios_list(struct pfg_targets *t)
{
    struct filling f = {.out = t, .arena = t->arena};
    const struct pfg_ratios *ratios = t->policy->ratios;

    if (!ratios || !ratios->n) {
        return;
    }
    index_series(&f);
    for (size_t i = 0; i < ratios->n; i++) {
        const struct pfg_ratio *ratio = &ratios->at[i];

        if (ratio->severity != PFG_SEVERITY_OFF &&
            pfg_pattern_matches(ratio->hardware, t->hardware)) {
            add_pairs(&f, ratio, &ratios->matched[i]);
        }
    }
}
