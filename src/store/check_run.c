#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "store/parts.h"

/* Libraries round logarithms differently. */
static bool is_close(double a, double b)
{
    return isnan(a) || isnan(b) ? isnan(a) && isnan(b)
                                : fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

/* A series of the run and its id. */
struct stored {
    int64_t id;
    const struct pfg_series *series;
};

static int compare_ids(const void *a, const void *b)
{
    int64_t left = ((const struct stored *)a)->id;
    int64_t right = ((const struct stored *)b)->id;

    return (left > right) - (left < right);
}

static struct stored *sort_series(const struct pfg_run *run, const int64_t *ids)
{
    struct stored *list =
        pfg_arena_new_array(run->arena, struct stored, run->series.n);

    for (size_t i = 0; i < run->series.n; i++) {
        list[i] = (struct stored){ids[i], run->series.at[i]};
    }
    if (run->series.n) {
        qsort(list, run->series.n, sizeof *list, compare_ids);
    }
    return list;
}

/* Walks the rows of a run and its pieces in the same order. */
struct walk {
    const struct pfg_run *run;
    const struct stored *series;
    size_t at, piece;
    struct pfg_statement *update; /* NULL: nothing is corrected */
    bool differs, wrong_median;
    struct pfg_arena *scratch;
};

static int correct(struct walk *w, const struct pfg_piece *piece,
                   struct pfg_level level, struct pfg_error *err)
{
    pfg_bind_real(w->update, ":median", level.median);
    pfg_bind_real(w->update, ":low", level.low);
    pfg_bind_integer(w->update, ":run", w->run->id);
    pfg_bind_integer(w->update, ":series", w->series[w->at].id);
    pfg_bind_integer(w->update, ":number", (int64_t)piece->number);
    return pfg_statement_run(w->update, err);
}

static int check_row(struct walk *w, struct pfg_statement *row,
                     struct pfg_error *err)
{
    const struct stored *stored = &w->series[w->at];
    const struct pfg_piece *piece;
    struct pfg_level want, have;

    if (w->differs || w->at == w->run->series.n) {
        w->differs = true;
        return 0;
    }
    piece = &stored->series->pieces.at[w->piece];
    if (pfg_take_integer(row) != stored->id ||
        pfg_take_integer(row) != (int64_t)piece->number ||
        pfg_take_integer(row) != (int64_t)piece->process ||
        pfg_take_integer(row) != (int64_t)piece->n) {
        w->differs = true;
        return 0;
    }
    have.median = pfg_take_real(row);
    have.low = pfg_take_real(row);
    pfg_arena_clear(w->scratch);
    want = pfg_level_of(piece, stored->series->better, w->scratch);
    if (!is_close(want.median, have.median) || !is_close(want.low, have.low)) {
        w->wrong_median = true;
        if (w->update && correct(w, piece, want, err)) {
            return -1;
        }
    }
    if (++w->piece == stored->series->pieces.n) {
        w->piece = 0;
        w->at++;
    }
    return 0;
}

static int check_rows(struct walk *w, struct pfg_store *store,
                      struct pfg_error *err)
{
    struct pfg_statement *row;
    int got;

    if (pfg_statement_new(&row, store,
                          "SELECT series, number, process, n, median, low"
                          " FROM measurement WHERE run = :run"
                          " ORDER BY series, number",
                          err)) {
        return -1;
    }
    pfg_bind_integer(row, ":run", w->run->id);
    while ((got = pfg_statement_step(row, err)) == 1) {
        if (check_row(w, row, err)) {
            got = -1;
            break;
        }
    }
    pfg_statement_free(row);
    w->differs |= w->at < w->run->series.n;
    return got;
}

int pfg_check_run(struct pfg_store *store, struct pfg_run_check *out, long id,
                  bool corrects, struct pfg_arena *arena, struct pfg_error *err)
{
    struct walk w = {.update = NULL};
    struct pfg_contents contents;
    struct pfg_error why;
    struct pfg_run *run;
    int failed;

    *out = (struct pfg_run_check){NULL};
    if (pfg_load_unchecked(store, &run, &contents, id, true, &why)) {
        out->problem = pfg_arena_printf(arena, "run %ld cannot be read: %s", id,
                                        why.message);
        return 0;
    }
    if (corrects &&
        pfg_statement_new(&w.update, store,
                          "UPDATE measurement SET median = :median, low = :low"
                          " WHERE run = :run AND series = :series"
                          " AND number = :number",
                          err)) {
        pfg_run_free(run);
        return -1;
    }
    w.run = run;
    w.series = sort_series(run, contents.series);
    w.scratch = pfg_arena_new();
    failed = check_rows(&w, store, err);
    if (strcmp(contents.stored, contents.found) != 0) {
        out->problem =
            pfg_arena_printf(arena, "run %ld does not match its digest", id);
    } else if (w.differs) {
        out->problem = pfg_arena_printf(
            arena, "run %ld: its pack does not match its measurements", id);
    }
    out->wrong_median = w.wrong_median;
    pfg_statement_free(w.update);
    pfg_arena_free(w.scratch);
    pfg_run_free(run);
    return failed;
}
