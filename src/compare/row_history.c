#include <math.h>
#include <string.h>

#include "compare/comparing.h"
#include "stats/history/changepoint.h"
#include "stats/sample.h"

/* A series in one run: signed logs of its level and its median. */
struct point {
    double low, center;
    bool usable;
};

static double sign_of(const struct pfg_row *row)
{
    return pfg_direction_sign(row->series->better);
}

/* Logs of the pieces of one or more runs. */
struct logs {
    double *x;
    size_t n;
    bool broken; /* a value is zero or negative and has no log */
};

static void add_piece(struct logs *logs, const struct pfg_piece *piece,
                      double sign)
{
    const double *values;
    size_t n = pfg_piece_values(&values, piece);

    for (size_t i = 0; i < n; i++) {
        logs->broken |= values[i] <= 0;
        logs->x[logs->n++] = sign * log(fmax(values[i], 1e-300));
    }
}

/* The level is taken at the base's size, so that more samples alone do not move
 * it. */
static struct point make_point(struct logs *logs, const struct pfg_row *row,
                               size_t base_n)
{
    enum pfg_statistic statistic = row->limit->statistic;
    struct point point = {.usable = logs->n > 0 && !logs->broken};

    if (point.usable) {
        pfg_sort(logs->x, logs->n);
        point.low = pfg_statistic_of(statistic, logs->x, logs->n,
                                     base_n < logs->n ? base_n : logs->n,
                                     sign_of(row), 1)
                        .level;
        point.center =
            statistic ? point.low : pfg_median_sorted(logs->x, logs->n);
    }
    return point;
}

static struct point point_of_run(const struct pfg_series *series,
                                 const struct pfg_row *row, size_t base_n,
                                 struct pfg_arena *arena)
{
    struct logs logs = {0};
    size_t n = 0;

    for (size_t i = 0; i < series->pieces.n; i++) {
        n += pfg_series_piece(series, i).n + 1;
    }
    logs.x = pfg_arena_new_array(arena, double, n);
    for (size_t i = 0; i < series->pieces.n; i++) {
        struct pfg_piece piece = pfg_series_piece(series, i);

        add_piece(&logs, &piece, sign_of(row));
    }
    return make_point(&logs, row, base_n);
}

static struct point point_of_base(const struct pfg_row *row,
                                  struct pfg_arena *arena)
{
    const struct pfg_pooled *base = row->base.pooled;
    struct logs logs = {.x =
                            pfg_arena_new_array(arena, double, base->n_values)};

    for (size_t i = 0; i < base->processes.n; i++) {
        add_piece(&logs, pfg_pooled_piece(base, i), sign_of(row));
    }
    return make_point(&logs, row, base->n_values);
}

static void add_point(struct pfg_row_history *history, struct point point,
                      const struct pfg_revision *revision, size_t at)
{
    if (point.usable) {
        history->revision[history->n] = revision;
        history->at[history->n] = at;
        history->low[history->n] = point.low;
        history->center[history->n] = point.center;
        history->n++;
    }
}

/* At most this many earlier runs are used beside the base: the noise of long
 * ago tells nothing about today's. */
#define MAX_EARLIER 30

/* Counts do not scatter: if one changed, the program did. */
static size_t last_difference(const struct pfg_row *row)
{
    const struct pfg_row_history *history = row->history;
    double noise = pfg_count_noise(row->series);
    size_t from = history->n;

    while (from > 1 && fabs(history->center[from - 1] -
                            history->center[from - 2]) <= noise) {
        from--;
    }
    return from ? from - 1 : 0;
}

static bool is_count(const struct pfg_row *row)
{
    return row->series->exact || row->metric.kind == PFG_METRIC_COUNT;
}

static bool applies_to(const struct pfg_acceptance *of,
                       const struct pfg_row *row, const char *hardware)
{
    const struct pfg_rule rule = {
        .suite = of->suite,
        .benchmark = of->benchmark,
        .metric = of->metric,
        .hardware = of->hardware,
    };

    return pfg_rule_matches(
        &rule, &(struct pfg_subject){row->series, row->label, hardware});
}

/* The first point after the last accepted change. */
static size_t after_accepted(const struct pfg_row *row,
                             const struct pfg_comparison *asked,
                             const char *hardware)
{
    const struct pfg_row_history *history = row->history;
    size_t from = 0;

    for (size_t i = 0; i < asked->n_segments; i++) {
        const struct pfg_segment *segment = &asked->segments[i];

        if (!applies_to(segment->of, row, hardware)) {
            continue;
        }
        while (from < history->n && history->at[from] < segment->from) {
            from++;
        }
    }
    return from;
}

/* Drops the points before the last change point or the last accepted change:
 * they are results of another program. */
static void cut_to_segment(struct pfg_row *row,
                           const struct pfg_comparison *asked,
                           const char *hardware, struct pfg_arena *arena)
{
    struct pfg_row_history *history = row->history;
    struct pfg_changepoints points =
        pfg_changepoints_find(history->center, history->n, arena);
    size_t from = points.n ? points.at[points.n - 1].at : 0;
    size_t accepted = after_accepted(row, asked, hardware);

    from = accepted > from ? accepted : from;
    if (history->n > from + MAX_EARLIER + 1) {
        from = history->n - (MAX_EARLIER + 1);
    }

    history->low += from;
    history->center += from;
    history->revision += from;
    history->at += from;
    history->n -= from;
    history->before = from;
    history->changes = points;
}

/* A window does not reach back beyond the segment or, for is_count, beyond
 * their last change. */
static void cut_window(struct pfg_row *row, const struct pfg_comparison *asked,
                       struct pfg_arena *arena)
{
    const struct pfg_pooled *all = row->base.pooled;
    const struct pfg_row_history *history = row->history;
    size_t from = is_count(row) ? last_difference(row) : 0;
    size_t first = history->n ? history->at[from] : 0;
    struct pfg_pooled *kept;
    size_t run = 0;

    if (first <= asked->n_history) {
        return;
    }
    kept = pfg_arena_alloc(arena, sizeof *kept);
    kept->series = all->series;
    kept->error = kept->budget = "";
    for (size_t i = 0; i < all->processes.n; i++) {
        while (asked->base.runs[run] != pfg_pooled_processes(all)[i].run) {
            run++;
        }
        /* Runs from a database have no plain pieces. */
        if (asked->n_history + run >= first) {
            pfg_pool_add(kept, &pfg_pooled_processes(all)[i], arena);
        }
    }
    row->base.pooled = kept;
    row->window_from = history->revision[from]->id;
}

static void add_run(struct pfg_map *rows_by_key, const struct pfg_run *run,
                    size_t at, const struct pfg_comparison *asked,
                    struct pfg_arena *arena)
{
    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *series = run->series.at[i];
        void **place = pfg_map_find(rows_by_key, pfg_slice_of(series->key));
        struct pfg_row *row = place ? *place : NULL;
        size_t size;

        if (row) {
            size = row->base.pooled->n_values;
            if (asked->window && size > asked->base.n) {
                size /= asked->base.n; /* of one run, not of all */
            }
            add_point(row->history, point_of_run(series, row, size, arena),
                      &run->revision, at);
        }
    }
}

static struct pfg_row_history *new_history(size_t n, struct pfg_arena *arena)
{
    struct pfg_row_history *history = pfg_arena_alloc(arena, sizeof *history);

    history->low = pfg_arena_new_array(arena, double, n);
    history->center = pfg_arena_new_array(arena, double, n);
    history->revision =
        pfg_arena_new_array(arena, const struct pfg_revision *, n);
    history->at = pfg_arena_new_array(arena, size_t, n);
    return history;
}

void pfg_history_gather(struct pfg_comparing *c)
{
    const struct pfg_comparison *asked = c->asked;
    struct pfg_arena *arena = c->arena;
    struct pfg_row *rows = c->rows.at;
    size_t n_runs = asked->n_history;
    struct pfg_map by_key;

    if (!n_runs && !asked->window) {
        return;
    }
    pfg_map_init(&by_key, arena);
    for (size_t i = 0; i < c->rows.n; i++) {
        if (rows[i].base.pooled && rows[i].base.pooled->n_values) {
            *pfg_map_at(&by_key, pfg_slice_of(rows[i].key)) = &rows[i];
            rows[i].history = new_history(n_runs + asked->base.n, arena);
        }
    }
    for (size_t i = 0; i < n_runs; i++) {
        add_run(&by_key, asked->history[i], i, asked, arena);
    }
    for (size_t i = 0; asked->window && i < asked->base.n; i++) {
        add_run(&by_key, asked->base.runs[i], n_runs + i, asked, arena);
    }
    for (size_t i = 0; i < by_key.n; i++) {
        struct pfg_row *row = by_key.entries[i].value;

        if (!asked->window) {
            add_point(row->history, point_of_base(row, arena),
                      &asked->base.runs[asked->base.n - 1]->revision, n_runs);
        }
        cut_to_segment(row, asked, c->hardware, arena);
        if (asked->window) {
            cut_window(row, asked, arena);
        }
    }
}
