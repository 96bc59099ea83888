#include "app/database/keep.h"

#include "app/history/read_history.h"
#include "base/vec.h"
#include "compare/trend/shifts.h"

#define AROUND 3 /* what confirms a step */

static void mark(bool *kept, const struct pfg_history_series *series,
                 size_t first, size_t last)
{
    first = first > AROUND ? first - AROUND : 0;
    for (size_t i = first; i < series->n_values && i < last + AROUND; i++) {
        kept[series->values[i].commit] = true;
    }
}

static void mark_shifts(bool *kept, const struct pfg_history_series *series)
{
    for (size_t i = 0; i < series->n_shifts; i++) {
        const struct pfg_history_shift *shift = &series->shifts[i];

        if (shift->drift) {
            mark(kept, series, shift->good, shift->good);
            mark(kept, series, shift->bad, shift->bad);
        } else {
            mark(kept, series, shift->earliest, shift->latest);
        }
    }
}

/* The commits of one profile. */
static int mark_profile(bool *kept, const struct pfg_history_reader *reader,
                        size_t profile, struct pfg_error *err)
{
    struct pfg_arena *scratch = pfg_arena_new();
    size_t at = 0;
    int got = 0;

    while (at < reader->n_stored && got >= 0) {
        struct pfg_history_series series;

        got = pfg_history_read_series(reader, &series, &at, profile, scratch,
                                      err);
        if (got > 0) {
            pfg_shifts_find(&series, NULL, NULL, scratch);
            mark_shifts(kept, &series);
        }
    }
    pfg_arena_free(scratch);
    return got < 0 ? -1 : 0;
}

int pfg_keep_changes(long **out, size_t *n, const struct pfg_context *context,
                     const char *database, struct pfg_arena *arena,
                     struct pfg_error *err)
{
    const struct pfg_history_options options = {.database = database};
    struct pfg_history_reader reader;
    const struct pfg_timeline *timeline = &reader.timeline;
    PFG_VEC(long) ids = {0};
    bool **kept;
    int failed = pfg_history_reader_open(&reader, context, &options, err);

    kept = pfg_arena_new_array(arena, bool *, timeline->n_profiles);
    for (size_t i = 0; i < timeline->n_profiles && !failed; i++) {
        kept[i] = pfg_arena_new_array(arena, bool, timeline->n_commits);
        failed = mark_profile(kept[i], &reader, i, err);
    }
    for (size_t i = 0; i < timeline->n_runs && !failed; i++) {
        const struct pfg_timeline_run *run = &timeline->runs[i];

        if (kept[run->profile][run->commit]) {
            pfg_vec_push(&ids, arena, run->id);
        }
    }
    pfg_history_reader_close(&reader);
    *out = ids.at;
    *n = ids.n;
    return failed ? -1 : 0;
}
