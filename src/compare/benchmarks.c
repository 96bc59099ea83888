#include "compare/benchmarks.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"

/* What the rows of a benchmark say together. */
struct benchmark {
    const struct pfg_report_row *worst;
    bool paired; /* a row has values of both sides */
};

/* A row on its way to its place: rows are large, and sorted by these. */
struct place {
    const struct pfg_report_row *row;
    const struct benchmark *benchmark;
};

static int rank_of(const struct pfg_report_row *row)
{
    return row->fails ? 0 : row->listed ? 1 : row->gated ? 2 : 3;
}

static double size_of(const struct pfg_report_row *row)
{
    return rank_of(row) < 2 && isfinite(row->change) ? fabs(row->change) : 0;
}

/* Whether a row goes before another: negative, zero or positive. */
static int compare_rows(const struct pfg_report_row *a,
                        const struct pfg_report_row *b)
{
    if (rank_of(a) != rank_of(b)) {
        return rank_of(a) - rank_of(b);
    }
    if (rank_of(a) < 2 && a->verdict != b->verdict) {
        return (int)a->verdict - (int)b->verdict;
    }
    if (size_of(a) != size_of(b)) {
        return size_of(a) > size_of(b) ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

static int compare_places(const void *a, const void *b)
{
    const struct place *left = a, *right = b;

    return left->benchmark == right->benchmark
               ? compare_rows(left->row, right->row)
               : compare_rows(left->benchmark->worst, right->benchmark->worst);
}

static struct benchmark *benchmark_at(struct pfg_map *benchmarks,
                                      const struct pfg_report_row *row)
{
    void **place = pfg_map_at(
        benchmarks, pfg_slice_of(pfg_arena_printf(
                        benchmarks->arena, "%s\x1f%s", row->suite,
                        row->label)));

    if (!*place) {
        *place = pfg_arena_alloc(benchmarks->arena, sizeof(struct benchmark));
    }
    return *place;
}

/* Each row to its place, along the cycles that they make. */
static void put_in_order(struct pfg_report_row *rows, struct place *places,
                         size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct pfg_report_row first = rows[i];
        size_t to = i, from;

        while (places[to].row) {
            from = (size_t)(places[to].row - rows);
            places[to].row = NULL;
            rows[to] = from == i ? first : rows[from];
            to = from;
        }
    }
}

void pfg_benchmarks_sort(struct pfg_report_section *section)
{
    struct pfg_arena *own = pfg_arena_new();
    struct place *places =
        pfg_arena_new_array(own, struct place, section->n_rows);
    struct benchmark *benchmark = NULL;
    struct pfg_map benchmarks;

    pfg_map_init(&benchmarks, own);
    for (size_t i = 0; i < section->n_rows; i++) {
        struct pfg_report_row *row = &section->rows[i];

        if (!i || !pfg_report_is_same_benchmark(row, row - 1)) {
            benchmark = benchmark_at(&benchmarks, row);
        }
        row->order = i;
        if (!benchmark->worst || compare_rows(row, benchmark->worst) < 0) {
            benchmark->worst = row;
        }
        benchmark->paired |=
            isfinite(row->base.value) && isfinite(row->head.value);
        places[i] = (struct place){row, benchmark};
    }
    for (size_t i = 0; i < section->n_rows; i++) {
        section->rows[i].repeats =
            !places[i].benchmark->paired &&
            places[i].benchmark->worst != &section->rows[i];
    }
    if (section->n_rows) {
        qsort(places, section->n_rows, sizeof *places, compare_places);
        put_in_order(section->rows, places, section->n_rows);
    }
    pfg_arena_free(own);
}

void pfg_benchmarks_count(struct pfg_report_benchmarks *counts,
                          const struct pfg_report_section *section)
{
    bool judged = false; /* this benchmark, so far */

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        bool first = !i || !pfg_report_is_same_benchmark(row, row - 1);
        bool is_judged =
            row->gated && row->base.present && row->head.present;

        counts->n_judged += is_judged && (first || !judged);
        judged = is_judged || (judged && !first);
        if (!first) {
            continue;
        }
        counts->n++;
        counts->n_fails += row->fails;
        counts->counts[row->verdict]++;
        counts->failing[row->verdict] += row->fails;
    }
}
