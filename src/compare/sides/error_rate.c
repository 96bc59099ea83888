#include "compare/sides/error_rate.h"

#include <math.h>
#include <string.h>

#include "group/key.h"
#include "model/metric.h"

#define ERROR_RATE "error rate"

static bool is_about_rate(const struct pfg_rule *rule)
{
    const char *metric = pfg_rule_metric(rule);

    return rule->sets >> PFG_RULE_BUDGET & 1 && metric &&
           pfg_metric_matches(ERROR_RATE, metric);
}

static bool is_wanted(const struct pfg_rules *rules)
{
    for (size_t i = 0; rules && i < rules->n; i++) {
        if (is_about_rate(&rules->at[i])) {
            return true;
        }
    }
    return false;
}

/* The series that count a benchmark's failures. */
struct counts {
    PFG_VEC(const struct pfg_pooled *) parts;
    bool has_rate;
    /* "errors" or "failures", of which the others may be part */
    bool has_total;
};

static bool is_total(const char *metric)
{
    return !strcmp(metric, "errors") || !strcmp(metric, "failures");
}

/* Counts bad answers, which the total of missing ones does not include. */
static bool is_beside_total(const char *metric)
{
    return is_total(metric) || !strcmp(metric, "errors status") ||
           !strcmp(metric, "errors mismatch");
}

static void count(struct counts *counts, const struct pfg_pooled *pooled,
                  struct pfg_arena *arena)
{
    const char *metric = pooled->series->metric;

    counts->has_rate |= !strcmp(metric, ERROR_RATE);
    if (is_total(metric) || !strncmp(metric, "errors ", 7)) {
        counts->has_total |= is_total(metric);
        pfg_vec_push(&counts->parts, arena, pooled);
    }
}

/* Adds up the failures of one process, and the requests that they are out of.
 */
static void add_up(struct pfg_piece *out, const struct counts *counts,
                   const struct pfg_pooled_process *like)
{
    for (size_t i = 0; i < counts->parts.n; i++) {
        const struct pfg_pooled *part = counts->parts.at[i];

        for (size_t j = 0; j < part->processes.n; j++) {
            const struct pfg_pooled_process *process =
                &pfg_pooled_processes(part)[j];

            if (process->run == like->run &&
                process->piece->process == like->piece->process &&
                (!counts->has_total || is_beside_total(part->series->metric))) {
                out->events += process->piece->events;
                out->trials = fmax(out->trials, process->piece->trials);
            }
        }
    }
    out->events = fmin(out->events, out->trials);
}

static void add_rate(struct pfg_pool *pool, const struct counts *counts,
                     struct pfg_arena *arena)
{
    const struct pfg_pooled *first = counts->parts.at[0];
    struct pfg_series *series = pfg_arena_alloc(arena, sizeof *series);
    struct pfg_pooled *pooled = pfg_arena_alloc(arena, sizeof *pooled);

    *series = *first->series;
    series->metric = ERROR_RATE;
    series->unit = "1";
    series->better = PFG_LOWER;
    series->derived = true;
    series->key = pfg_key_make(arena, series);
    pooled->series = series;
    pooled->benchmark = first->benchmark;
    pooled->number = first->number;
    pooled->label = first->label;
    pooled->error = pooled->budget = "";
    for (size_t i = 0; i < first->processes.n; i++) {
        struct pfg_pooled_process member = pfg_pooled_processes(first)[i];
        struct pfg_piece *piece = pfg_arena_alloc(arena, sizeof *piece);

        *piece = (struct pfg_piece){
            .process = member.piece->process,
            .number = member.piece->number,
            .written_unit = "",
            .error = "",
            .budget = "",
            .file = member.piece->file,
            .line = member.piece->line,
        };
        add_up(piece, counts, &member);
        if (piece->trials > 0) {
            piece->has_summary = true;
            piece->summary = pfg_summary_of(piece->events / piece->trials);
            member.piece = piece;
            pfg_pool_add(pooled, &member, arena);
        }
    }
    if (pooled->n_used) {
        *pfg_map_borrow(&pool->by_key, pfg_slice_of(series->key)) =
            (void *)(uintptr_t)pool->series.n;
        pfg_vec_push(&pool->series, arena, pooled);
    }
}

void pfg_error_rates_add(struct pfg_pool *pool, const struct pfg_rules *rules,
                         struct pfg_arena *arena)
{
    struct pfg_map benchmarks;

    if (!is_wanted(rules)) {
        return;
    }
    pfg_map_init(&benchmarks, arena);
    for (size_t i = 0; i < pool->series.n; i++) {
        const struct pfg_pooled *pooled = pool->series.at[i];
        void **place = pfg_map_at(&benchmarks, pooled->benchmark);

        if (!*place) {
            *place = pfg_arena_alloc(arena, sizeof(struct counts));
        }
        count(*place, pooled, arena);
    }
    for (size_t i = 0; i < benchmarks.n; i++) {
        const struct counts *counts = benchmarks.entries[i].value;

        if (counts->parts.n && !counts->has_rate) {
            add_rate(pool, counts, arena);
        }
    }
}
