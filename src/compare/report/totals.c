#include "compare/report/totals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "stats/sample.h"

/* A benchmark, summed up over its rows. */
struct benchmark {
    const struct pfg_report_row *worst;
    bool paired; /* a row has values of both sides */
};

/* Rows are large, so these are sorted in their place. */
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

/* Negative if row `a` goes before `b`, positive if after it. */
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

/* Most suites have little to list, so their rows often are in order. */
static bool are_in_order(const struct place *places, size_t n)
{
    size_t i = 1;

    while (i < n && compare_places(&places[i - 1], &places[i]) <= 0) {
        i++;
    }
    return i >= n;
}

/* Moves each row to its place, along the cycles of the permutation. */
static void put_in_order(struct pfg_report_row *rows, struct place *places,
                         size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct pfg_report_row first;
        size_t to = i, from;

        if (!places[i].row || places[i].row == &rows[i]) {
            continue;
        }
        first = rows[i];
        while (places[to].row) {
            from = (size_t)(places[to].row - rows);
            places[to].row = NULL;
            rows[to] = from == i ? first : rows[from];
            to = from;
        }
    }
}

void pfg_totals_sort(struct pfg_report_section *section,
                     const size_t *benchmark, size_t n)
{
    struct pfg_arena *own = pfg_arena_new();
    struct place *places =
        pfg_arena_new_array(own, struct place, section->n_rows);
    struct benchmark *benchmarks =
        pfg_arena_new_array(own, struct benchmark, n);

    for (size_t i = 0; i < section->n_rows; i++) {
        struct pfg_report_row *row = &section->rows[i];
        struct benchmark *of = &benchmarks[benchmark[i]];

        row->order = i;
        if (!of->worst || compare_rows(row, of->worst) < 0) {
            of->worst = row;
        }
        of->paired |= isfinite(row->base.value) && isfinite(row->head.value);
        places[i] = (struct place){row, of};
    }
    for (size_t i = 0; i < section->n_rows; i++) {
        section->rows[i].repeats =
            !places[i].benchmark->paired &&
            places[i].benchmark->worst != &section->rows[i];
    }
    if (!are_in_order(places, section->n_rows)) {
        qsort(places, section->n_rows, sizeof *places, compare_places);
        put_in_order(section->rows, places, section->n_rows);
    }
    pfg_arena_free(own);
}

void pfg_totals_count(struct pfg_report_benchmarks *counts,
                      const struct pfg_report_section *section)
{
    bool judged = false; /* this benchmark, so far */

    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        bool first = !i || !pfg_report_is_same_benchmark(row, row - 1);
        bool is_judged = row->gated && row->base.present && row->head.present;

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

/* --- geometric means --- */

struct mean {
    struct pfg_report_geomean geomean;
    double log_base, log_head;
    struct mean *next; /* of the row that followed one of this metric */
};

static bool is_mean_of(const struct mean *mean,
                       const struct pfg_report_row *row)
{
    return mean && !strcmp(mean->geomean.metric, row->metric) &&
           !strcmp(mean->geomean.unit, row->unit);
}

static struct mean *find_mean(struct pfg_map *means,
                              const struct pfg_report_row *row)
{
    void **place = pfg_map_at(
        means, pfg_slice_of(pfg_arena_printf(means->arena, "%s\x1f%s",
                                             row->metric, row->unit)));

    if (!*place) {
        struct mean *mean = *place =
            pfg_arena_alloc(means->arena, sizeof *mean);

        mean->geomean = (struct pfg_report_geomean){
            .suite = "", .metric = row->metric, .unit = row->unit};
    }
    return *place;
}

void pfg_totals_geomeans(struct pfg_report_section *section,
                         struct pfg_arena *arena)
{
    struct mean *mean = NULL, *last;
    struct pfg_map means;

    pfg_map_init(&means, arena);
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (!row->gated || !(row->base.value > 0) || !(row->head.value > 0)) {
            continue;
        }
        last = mean;
        mean = last && is_mean_of(last->next, row) ? last->next
                                                   : find_mean(&means, row);
        if (last) { /* benchmarks have the same metrics in the same order */
            last->next = mean;
        }
        mean->geomean.n++;
        mean->log_base += log(row->base.value);
        mean->log_head += log(row->head.value);
    }
    section->geomeans =
        pfg_arena_new_array(arena, struct pfg_report_geomean, means.n);
    for (size_t i = 0; i < means.n; i++) {
        double n;

        mean = means.entries[i].value;
        n = (double)mean->geomean.n;

        if (mean->geomean.n < 2) {
            continue;
        }
        mean->geomean.base = exp(mean->log_base / n);
        mean->geomean.head = exp(mean->log_head / n);
        mean->geomean.change = expm1((mean->log_head - mean->log_base) / n);
        section->geomeans[section->n_geomeans++] = mean->geomean;
    }
}

/* --- what they could have shown --- */

/* A kind while its rows are gathered. */
struct kind {
    double *sizes;
    size_t n, n_blind;
};

const char *pfg_sight_kind(const struct pfg_report_row *row)
{
    return row->kind == PFG_METRIC_TAIL ? "percentiles"
           : !strcmp(row->unit, "s")    ? "timings"
           : strstr(row->unit, "/s")    ? "throughput"
                                        : row->metric;
}

static bool has_sight(const struct pfg_report_row *row)
{
    return row->gated && isfinite(row->detectable) &&
           row->evidence != PFG_EXACT;
}

/* "allocs, bytes": the metrics of the exact rows. */
static void add_exact(struct pfg_report_section *section,
                      struct pfg_arena *arena)
{
    struct pfg_report_sight exact = {"", true, 0, 0, NAN};
    struct pfg_map metrics;

    pfg_map_init(&metrics, arena);
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];

        if (row->gated && row->evidence == PFG_EXACT) {
            *pfg_map_at(&metrics, pfg_slice_of(row->metric)) = &metrics;
            exact.n++;
        }
    }
    for (size_t i = 0; i < metrics.n; i++) {
        exact.what =
            pfg_arena_printf(arena, "%s%s%s", exact.what, i ? ", " : "",
                             metrics.entries[i].key.ptr);
    }
    if (exact.n) {
        section->sights[section->n_sights++] = exact;
    }
}

void pfg_totals_sights(struct pfg_report_section *section,
                       struct pfg_arena *arena)
{
    double *all = pfg_arena_new_array(arena, double, section->n_rows);
    struct pfg_map kinds;
    size_t n = 0;

    pfg_map_init(&kinds, arena);
    for (size_t i = 0; i < section->n_rows; i++) {
        const struct pfg_report_row *row = &section->rows[i];
        struct kind *kind;
        void **place;

        if (!has_sight(row)) {
            continue;
        }
        place = pfg_map_at(&kinds, pfg_slice_of(pfg_sight_kind(row)));
        if (!*place) {
            kind = *place = pfg_arena_alloc(arena, sizeof *kind);
            kind->sizes = pfg_arena_new_array(arena, double, section->n_rows);
        }
        kind = *place;
        kind->sizes[kind->n++] = all[n++] = row->detectable;
        kind->n_blind += pfg_report_is_blind(row);
    }
    section->detectable = pfg_median(all, n);
    section->sights =
        pfg_arena_new_array(arena, struct pfg_report_sight, kinds.n + 1);
    for (size_t i = 0; i < kinds.n; i++) {
        const struct kind *kind = kinds.entries[i].value;

        section->sights[section->n_sights++] = (struct pfg_report_sight){
            kinds.entries[i].key.ptr, false, kind->n, kind->n_blind,
            pfg_median(kind->sizes, kind->n)};
    }
    add_exact(section, arena);
}

bool pfg_sight_is_blind(const struct pfg_report *report)
{
    size_t able = 0, blind = 0;

    for (size_t i = 0; i < report->n_sections; i++) {
        for (size_t j = 0; j < report->sections[i].n_sights; j++) {
            const struct pfg_report_sight *sight =
                &report->sections[i].sights[j];

            able += sight->exact ? 0 : sight->n;
            blind += sight->n_blind;
        }
    }
    return 2 * blind > able;
}
