#include <inttypes.h>
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

/* Walks the rows of a run that histories are read from, and its pieces in the
 * same order. */
struct walk {
    const struct pfg_run *run;
    const struct stored *series;
    size_t at, piece;
    bool is_packed, differs;
    struct pfg_statement *correct; /* NULL: nothing is corrected */
    struct pfg_arena *scratch;
};

/* Rows of `measurement` are those that the run was read from, so only these two
 * columns can be wrong. */
static int correct_measurement(struct walk *w, const struct pfg_piece *piece,
                               struct pfg_level level, struct pfg_error *err)
{
    pfg_bind_real(w->correct, ":median", level.median);
    pfg_bind_real(w->correct, ":low", level.low);
    pfg_bind_integer(w->correct, ":run", w->run->id);
    pfg_bind_integer(w->correct, ":series", w->series[w->at].id);
    pfg_bind_integer(w->correct, ":number", (int64_t)piece->number);
    return pfg_statement_run(w->correct, err);
}

static int check_row(struct walk *w, struct pfg_statement *row,
                     struct pfg_error *err)
{
    const struct stored *stored = &w->series[w->at];
    const struct pfg_piece *piece;
    struct pfg_level want, have;
    int64_t n;

    if (w->at == w->run->series.n) {
        w->differs = true;
        return 0;
    }
    piece = &stored->series->pieces.at[w->piece];
    w->differs |= pfg_take_integer(row) != stored->id;
    w->differs |= pfg_take_integer(row) != (int64_t)piece->number;
    n = pfg_take_integer(row);
    w->differs |= n != (int64_t)piece->n;
    have = pfg_take_level(row, n);
    pfg_arena_clear(w->scratch);
    want = pfg_level_of(piece, stored->series->better, w->scratch);
    if (!is_close(want.median, have.median) || !is_close(want.low, have.low)) {
        w->differs = true;
        if (w->correct && correct_measurement(w, piece, want, err)) {
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
                          w->is_packed
                              ? "SELECT series, number, n, median, low"
                                " FROM point WHERE block = :block"
                                " AND run = :run ORDER BY series, number"
                              : "SELECT series, number, n, median, low"
                                " FROM measurement WHERE run = :run"
                                " ORDER BY series, number",
                          err)) {
        return -1;
    }
    if (w->is_packed) {
        pfg_bind_integer(row, ":block", pfg_block_of(w->run->id));
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

/* Writes the rows of a packed run anew. */
static int rewrite_points(struct walk *w, struct pfg_store *store,
                          struct pfg_error *err)
{
    struct pfg_statement *add;
    int failed = 0;

    if (pfg_points_remove(store, &w->run->id, 1, err) ||
        pfg_points_adder(&add, store, err)) {
        return -1;
    }
    for (size_t i = 0; i < w->run->series.n; i++) {
        const struct pfg_series *series = w->series[i].series;

        for (size_t j = 0; j < series->pieces.n && !failed; j++) {
            pfg_arena_clear(w->scratch);
            failed = pfg_point_add(add, w->run->id, w->series[i].id,
                                   &series->pieces.at[j], series->better,
                                   w->scratch, err);
        }
    }
    failed = failed || pfg_statement_flush(add, err);
    pfg_statement_free(add);
    return failed;
}

/* Checks how many series the run says that it has. */
static int check_number(struct pfg_run_check *out, struct pfg_store *store,
                        const struct pfg_run *run, int64_t stored,
                        bool corrects, struct pfg_arena *arena,
                        struct pfg_error *err)
{
    struct pfg_statement *update;
    int failed;

    if (stored == (int64_t)run->series.n) {
        return 0;
    }
    out->wrong_series = pfg_arena_printf(
        arena, "run %ld says that it has %" PRId64 " series, and has %zu",
        run->id, stored, run->series.n);
    if (!corrects) {
        return 0;
    }
    if (pfg_statement_new(&update, store,
                          "UPDATE run SET n_series = :n WHERE id = :run",
                          err)) {
        return -1;
    }
    pfg_bind_integer(update, ":n", (int64_t)run->series.n);
    pfg_bind_integer(update, ":run", run->id);
    failed = pfg_statement_run(update, err);
    pfg_statement_free(update);
    return failed;
}

static int check_derived(struct pfg_run_check *out, struct pfg_store *store,
                         const struct pfg_run *run,
                         const struct pfg_contents *contents, bool corrects,
                         struct pfg_arena *arena, struct pfg_error *err)
{
    struct walk w = {.run = run, .is_packed = contents->is_packed};
    int failed =
        check_number(out, store, run, contents->n_series, corrects, arena, err);

    if (!failed && corrects && !w.is_packed) {
        failed = pfg_statement_new(
            &w.correct, store,
            "UPDATE measurement SET median = :median, low = :low"
            " WHERE run = :run AND series = :series AND number = :number",
            err);
    }
    if (failed) {
        return -1;
    }
    w.series = sort_series(run, contents->series);
    w.scratch = pfg_arena_new();
    failed =
        check_rows(&w, store, err) || (corrects && w.is_packed && w.differs &&
                                       rewrite_points(&w, store, err));
    out->wrong_history = w.differs;
    pfg_statement_free(w.correct);
    pfg_arena_free(w.scratch);
    return failed ? -1 : 0;
}

int pfg_check_run(struct pfg_store *store, struct pfg_run_check *out, long id,
                  bool corrects, struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_contents contents;
    struct pfg_error why;
    struct pfg_run *run;
    int failed = 0;

    *out = (struct pfg_run_check){NULL};
    if (pfg_load_unchecked(store, &run, &contents, id, true, &why)) {
        out->problem = pfg_arena_printf(arena, "run %ld cannot be read: %s", id,
                                        why.message);
        return 0;
    }
    if (strcmp(contents.stored, contents.found) != 0) {
        out->problem =
            pfg_arena_printf(arena, "run %ld does not match its digest", id);
    } else {
        failed =
            check_derived(out, store, run, &contents, corrects, arena, err);
    }
    pfg_run_free(run);
    return failed;
}
