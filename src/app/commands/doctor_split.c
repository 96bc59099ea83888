#include "app/commands/doctor.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"

/* The latest pairs of runs to compare. */
#define MOST_PAIRS 10
/* A metric that gets worse by falling keeps at least this share. */
#define LEAST_LEFT 0.01
/* Enough processes for three a side. */
#define MANY_PROCESSES 6

static bool usable(const struct pfg_piece *piece)
{
    return (piece->n > 0 || piece->has_summary) && !*piece->error;
}

/* --- choosing --- */

/* How much data the series of a side have. */
struct stock {
    struct pfg_map processes, samples; /* by key: how many */
};

/* Maps whose values are counts. */
static size_t count_of(const struct pfg_map *map, size_t i)
{
    return (uintptr_t)map->entries[i].value;
}

static size_t counted(struct pfg_map *map, const char *key, size_t more)
{
    void **place = pfg_map_at(map, pfg_slice_of(key));
    size_t count = (uintptr_t)*place;

    *place = (void *)(uintptr_t)(count + more);
    return count;
}

static void count_stock(struct stock *out, const struct pfg_side *side,
                        struct pfg_arena *arena)
{
    pfg_map_init(&out->processes, arena);
    pfg_map_init(&out->samples, arena);
    for (size_t i = 0; i < side->n; i++) {
        for (size_t j = 0; j < side->runs[i]->series.n; j++) {
            const struct pfg_series *series = side->runs[i]->series.at[j];

            for (size_t k = 0; k < series->pieces.n; k++) {
                const struct pfg_piece piece = pfg_series_piece(series, k);

                counted(&out->processes, series->key, usable(&piece));
                counted(&out->samples, series->key, piece.n);
            }
        }
    }
}

/* Whether at least half of the series have that many. */
static bool most_have(const struct pfg_map *counts, size_t wanted)
{
    size_t n = 0;

    for (size_t i = 0; i < counts->n; i++) {
        n += count_of(counts, i) >= wanted;
    }
    return counts->n && 2 * n >= counts->n;
}

static bool has_rounds(const struct pfg_side *side)
{
    for (size_t i = 0; i < side->n; i++) {
        for (size_t j = 0; j < side->runs[i]->processes.n; j++) {
            if (side->runs[i]->processes.at[j].round) {
                return true;
            }
        }
    }
    return false;
}

struct pfg_split pfg_split_choose(const struct pfg_comparison *from,
                                  struct pfg_arena *arena)
{
    struct pfg_split split = {.from = from, .n_pairs = 1};
    size_t n_runs = from->n_history + from->base.n;
    struct stock stock;

    count_stock(&stock, &from->head, arena);
    split.alternating = from->alternating || has_rounds(&from->head);
    if (most_have(&stock.processes, MANY_PROCESSES)) {
        split.kind = PFG_SPLIT_PROCESSES;
    } else if (n_runs >= 2) {
        split.kind = PFG_SPLIT_RUNS;
        split.runs = pfg_arena_new_array(arena, struct pfg_run *, n_runs);
        for (size_t i = 0; i < n_runs; i++) {
            split.runs[i] = i < from->n_history
                                ? from->history[i]
                                : from->base.runs[i - from->n_history];
        }
        split.n_pairs = n_runs - 1;
        if (split.n_pairs > MOST_PAIRS) {
            split.runs += split.n_pairs - MOST_PAIRS;
            split.n_pairs = MOST_PAIRS;
        }
    } else if (most_have(&stock.processes, 2)) {
        split.kind = PFG_SPLIT_PROCESSES;
    } else if (most_have(&stock.samples, 2)) {
        split.kind = PFG_SPLIT_SAMPLES;
    }
    return split;
}

/* --- the halves --- */

struct half {
    const struct pfg_split *split;
    size_t which; /* 0 or 1 */
    const struct pfg_injection *injection;
    struct pfg_run *run;         /* the new run */
    struct pfg_map series, seen; /* by key: the new series, and its pieces so
                                    far */
};

static double factor_of(const struct half *half,
                        const struct pfg_series *series)
{
    const struct pfg_injection *injection = half->injection;

    if (!half->which || !injection || !injection->keys ||
        !pfg_map_find(injection->keys, pfg_slice_of(series->key))) {
        return 1;
    }
    return series->better == PFG_HIGHER ? fmax(1 - injection->size, LEAST_LEFT)
                                        : 1 + injection->size;
}

/* Copies the values of a piece that belong to the half, times the factor. */
static struct pfg_piece copy_piece(const struct half *half,
                                   const struct pfg_piece *piece, double factor)
{
    struct pfg_piece copy = *piece;
    bool split = half->split->kind == PFG_SPLIT_SAMPLES;

    copy.values = pfg_arena_new_array(half->run->arena, double, piece->n);
    copy.n = 0;
    for (size_t i = 0; i < piece->n; i++) {
        if (!split || i % 2 == half->which) {
            copy.values[copy.n++] = piece->values[i] * factor;
        }
    }
    copy.written = NULL;
    copy.n_written = 0;
    copy.summary.value *= factor;
    copy.summary.error *= factor;
    copy.summary.lower *= factor;
    copy.summary.upper *= factor;
    copy.events *= factor;
    copy.budget = "";
    copy.budget_crossed = false;
    return copy;
}

static struct pfg_series *series_of(struct half *half,
                                    const struct pfg_series *like)
{
    void **place = pfg_map_at(&half->series, pfg_slice_of(like->key));

    if (!*place) {
        struct pfg_series *series =
            pfg_arena_alloc(half->run->arena, sizeof *series);

        *series = *like;
        memset(&series->pieces, 0, sizeof series->pieces);
        series->plain = NULL;
        *place = series;
        pfg_vec_push(&half->run->series, half->run->arena, series);
    }
    return *place;
}

/* Every other process of a series, counted over all runs. */
static bool belongs(struct half *half, const struct pfg_series *series)
{
    return half->split->kind != PFG_SPLIT_PROCESSES ||
           counted(&half->seen, series->key, 1) % 2 == half->which;
}

static void add_run(struct half *half, const struct pfg_run *run)
{
    size_t before = half->run->processes.n;

    /* Without rounds and times: the caller decides whether sides alternated. */
    for (size_t i = 0; i < run->processes.n; i++) {
        pfg_vec_push(&half->run->processes, half->run->arena,
                     (struct pfg_process){0});
    }
    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *series = run->series.at[i];
        double factor = factor_of(half, series);

        for (size_t j = 0; j < series->pieces.n; j++) {
            const struct pfg_piece piece = pfg_series_piece(series, j);
            struct pfg_series *into;

            if (!usable(&piece) || !belongs(half, series)) {
                continue;
            }
            into = series_of(half, series);
            pfg_vec_push(&into->pieces, half->run->arena,
                         copy_piece(half, &piece, factor));
            into->pieces.at[into->pieces.n - 1].process += before;
        }
    }
}

static struct pfg_run *make_half(const struct pfg_split *split, size_t pair,
                                 size_t which,
                                 const struct pfg_injection *injection)
{
    struct half half = {
        .split = split,
        .which = which,
        .injection = injection,
        .run = pfg_run_new(),
    };
    const struct pfg_side *head = &split->from->head;

    /* Rules may depend on the hardware. */
    half.run->profile = head->runs[0]->profile;
    pfg_map_init(&half.series, half.run->arena);
    pfg_map_init(&half.seen, half.run->arena);
    if (split->kind == PFG_SPLIT_RUNS) {
        add_run(&half, split->runs[pair + which]);
    } else {
        for (size_t i = 0; i < head->n; i++) {
            add_run(&half, head->runs[i]);
        }
    }
    return half.run;
}

static struct pfg_report_origin nowhere(void)
{
    return (struct pfg_report_origin){
        .label = "", .id = "", .subject = "", .how = "", .tool = ""};
}

struct pfg_report *pfg_split_compare(const struct pfg_split *split, size_t pair,
                                     const struct pfg_injection *injection)
{
    struct pfg_run *base = make_half(split, pair, 0, injection);
    struct pfg_run *head = make_half(split, pair, 1, injection);
    struct pfg_comparison comparison = *split->from;
    struct pfg_report *report = pfg_report_new(comparison.policy);
    bool runs = split->kind == PFG_SPLIT_RUNS;

    comparison.base = (struct pfg_side){&base, 1, nowhere()};
    comparison.head = (struct pfg_side){&head, 1, nowhere()};
    comparison.alternating = split->alternating && !runs;
    comparison.n_profiles = 0;
    comparison.n_history = runs ? pair : comparison.n_history;
    comparison.history = runs ? split->runs : comparison.history;
    pfg_compare(report, &comparison);
    pfg_report_finish(report, true, true);
    /* The report keeps pointers to names only, and those are in the original
     * runs, too. The halves own the rest. */
    pfg_run_free(base);
    pfg_run_free(head);
    return report;
}
