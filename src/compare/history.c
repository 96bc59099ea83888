#include "compare/history.h"

#include <math.h>
#include <string.h>

#include "stats/changepoint.h"
#include "stats/low.h"
#include "stats/sample.h"

/* What one run says of a series: signed logs of its level and its middle. */
struct point {
    double low, center;
    bool usable;
};

/* Collects logs from the pieces of one run or of several. */
struct logs {
    double *x;
    size_t n;
    bool broken; /* zero or negative: there is no log */
};

static void add_piece(struct logs *logs, const struct pfg_piece *piece,
                      double sign)
{
    const double *values = piece->n ? piece->values : &piece->summary.value;
    size_t n = piece->n ? piece->n : piece->has_summary;

    for (size_t i = 0; i < n; i++) {
        logs->broken |= values[i] <= 0;
        logs->x[logs->n++] = sign * log(fmax(values[i], 1e-300));
    }
}

/* Taken at the base's size, so that more samples alone move nothing. */
static struct point take_point(struct logs *logs, size_t base_n)
{
    struct point point = {.usable = logs->n > 0 && !logs->broken};

    if (point.usable) {
        pfg_sort(logs->x, logs->n);
        point.low =
            pfg_low_of(logs->x, logs->n, base_n < logs->n ? base_n : logs->n)
                .level;
        point.center = pfg_median_sorted(logs->x, logs->n);
    }
    return point;
}

static struct point point_of_run(const struct pfg_series *series, double sign,
                                 size_t base_n, struct pfg_arena *arena)
{
    struct logs logs = {0};
    size_t n = 0;

    for (size_t i = 0; i < series->pieces.n; i++) {
        n += series->pieces.at[i].n + 1;
    }
    logs.x = pfg_arena_new_array(arena, double, n);
    for (size_t i = 0; i < series->pieces.n; i++) {
        add_piece(&logs, &series->pieces.at[i], sign);
    }
    return take_point(&logs, base_n);
}

static struct point point_of_base(const struct pfg_pooled *base, double sign,
                                  struct pfg_arena *arena)
{
    struct logs logs = {.x =
                            pfg_arena_new_array(arena, double, base->n_values)};

    for (size_t i = 0; i < base->processes.n; i++) {
        add_piece(&logs, base->processes.at[i].piece, sign);
    }
    return take_point(&logs, base->n_values);
}

static void add_point(struct pfg_row_history *history, struct point point,
                      const char *revision)
{
    if (point.usable) {
        history->revision[history->n] = revision;
        history->low[history->n] = point.low;
        history->center[history->n] = point.center;
        history->n++;
    }
}

/* Noise of long ago says nothing of today's: at most this many earlier runs
 * are used, and the base. */
#define MAX_EARLIER 30

/* What came before the last change point was another program. */
static void cut_to_segment(struct pfg_row_history *history,
                           struct pfg_arena *arena)
{
    struct pfg_changepoints points =
        pfg_changepoints_find(history->center, history->n, arena);
    size_t from = points.n ? points.at[points.n - 1].at : 0;

    if (history->n > from + MAX_EARLIER + 1) {
        from = history->n - (MAX_EARLIER + 1);
    }

    history->low += from;
    history->center += from;
    history->revision += from;
    history->n -= from;
}

static double sign_of(const struct pfg_row *row)
{
    return row->series->better == PFG_HIGHER ? -1 : 1;
}

static void add_run(struct pfg_map *rows_by_key, const struct pfg_run *run,
                    struct pfg_arena *arena)
{
    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *series = run->series.at[i];
        void **place = pfg_map_find(rows_by_key, pfg_slice_of(series->key));
        struct pfg_row *row = place ? *place : NULL;

        if (row) {
            add_point(&row->history,
                      point_of_run(series, sign_of(row),
                                   row->base.pooled->n_values, arena),
                      run->revision.id);
        }
    }
}

void pfg_history_gather(struct pfg_row *rows, size_t n,
                        struct pfg_run *const *runs, size_t n_runs,
                        const char *base, struct pfg_arena *arena)
{
    struct pfg_map by_key;

    if (!n_runs) {
        return;
    }
    pfg_map_init(&by_key, arena);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].base.pooled && rows[i].base.pooled->n_values) {
            *pfg_map_at(&by_key, pfg_slice_of(rows[i].key)) = &rows[i];
            rows[i].history.low =
                pfg_arena_new_array(arena, double, n_runs + 1);
            rows[i].history.center =
                pfg_arena_new_array(arena, double, n_runs + 1);
            rows[i].history.revision =
                pfg_arena_new_array(arena, const char *, n_runs + 1);
        }
    }
    for (size_t i = 0; i < n_runs; i++) {
        add_run(&by_key, runs[i], arena);
    }
    for (size_t i = 0; i < by_key.n; i++) {
        struct pfg_row *row = by_key.entries[i].value;

        add_point(&row->history,
                  point_of_base(row->base.pooled, sign_of(row), arena), base);
        cut_to_segment(&row->history, arena);
    }
}
