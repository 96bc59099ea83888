#include "app/measure/observed.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "compare/sides/pool.h"
#include "group/key.h"
#include "stats/sample.h"

/* Means within this factor count as alike. */
#define ALIKE 1.3

static struct pfg_observed *observed_at(struct pfg_map *all,
                                        struct pfg_arena *arena,
                                        const struct pfg_series *series)
{
    void **place = pfg_map_at(all, pfg_slice_of(pfg_key_label(arena, series)));

    if (!*place) {
        struct pfg_observed *one =
            pfg_arena_new_array(arena, struct pfg_observed, 1);
        size_t root = strcspn(series->benchmark, "/");

        one->name = pfg_arena_strdup(arena, series->benchmark);
        one->root = pfg_arena_slice(arena, pfg_slice_make(one->name, root));
        *place = one;
    }
    return *place;
}

void pfg_observe(struct pfg_map *all, struct pfg_arena *arena,
                 enum pfg_observation kind, size_t which,
                 const struct pfg_runs *runs, size_t from, const char *suite)
{
    for (size_t i = from; i < runs->n; i++) {
        for (size_t j = 0; j < runs->at[i]->series.n; j++) {
            const struct pfg_series *series = runs->at[i]->series.at[j];
            struct pfg_observed *one;

            if (strcmp(series->metric, "time") != 0 ||
                (suite && strcmp(suite, series->suite) != 0)) {
                continue;
            }
            one = observed_at(all, arena, series);
            for (size_t k = 0; k < series->pieces.n; k++) {
                const double *values;
                size_t n = pfg_piece_values(&values, &series->pieces.at[k]);

                for (size_t v = 0; v < n; v++) {
                    pfg_vec_push(&one->values[kind][which], arena, values[v]);
                }
            }
        }
    }
}

static void add_logs(double *sum, double *squares, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        *sum += log(x[i]);
        *squares += log(x[i]) * log(x[i]);
    }
}

/* Standard deviation of the logs of a side's short observations. */
static double scatter(const double *x, size_t n)
{
    double sum = 0, squares = 0;

    add_logs(&sum, &squares, x, n);
    return sqrt(fmax(0, squares - sum * sum / (double)n) / (double)(n - 1));
}

double pfg_observed_noise(const struct pfg_map *all, struct pfg_arena *arena)
{
    double *scatters = pfg_arena_new_array(arena, double, 2 * all->n);
    size_t n = 0;

    for (size_t i = 0; i < 2 * all->n; i++) {
        const struct pfg_observed *one = all->entries[i / 2].value;
        size_t values = one->values[PFG_SHORT][i % 2].n;

        if (values > 1) {
            scatters[n++] = scatter(one->values[PFG_SHORT][i % 2].at, values);
        }
    }
    return n ? pfg_median(scatters, n) : 0;
}

bool pfg_observed_is_alike(const struct pfg_observed *one, double noise)
{
    double mean[PFG_N_OBSERVATIONS], error = 0;

    for (size_t kind = 0; kind < PFG_N_OBSERVATIONS; kind++) {
        double sum = 0, squares = 0;
        size_t n = 0;

        for (size_t which = 0; which < 2; which++) {
            add_logs(&sum, &squares, one->values[kind][which].at,
                     one->values[kind][which].n);
            n += one->values[kind][which].n;
        }
        mean[kind] = sum / (double)n;
        error += noise * noise / (double)n;
    }
    /* False for NAN, too. */
    return fabs(mean[PFG_SHORT] - mean[PFG_LONG]) <=
           fmax(log(ALIKE), 2 * sqrt(error));
}
