#include <math.h>
#include <string.h>

#include "model/metric.h"
#include "render/history/history_formats.h"
#include "render/words/words.h"

#define SHORT_ID 10

const char *pfg_history_place(const struct pfg_history *history,
                              struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "%s%s%s%s%s", history->project,
                            *history->project ? ", " : "", history->branch,
                            *history->branch ? " on " : "", history->hardware);
}

const char *pfg_history_id(const struct pfg_history_commit *commit,
                           struct pfg_arena *arena)
{
    const struct pfg_revision *revision = &commit->revision;

    return pfg_revision_is_commit(revision->id)
               ? pfg_arena_printf(arena, "%.*s", SHORT_ID, revision->id)
               : revision->id;
}

const char *pfg_history_commit_words(const struct pfg_history_commit *commit,
                                     struct pfg_arena *arena)
{
    char time[PFG_TIME_TEXT];

    pfg_time_iso(time, commit->time);
    time[10] = '\0';
    return pfg_arena_printf(
        arena, "%s  %s  %s%s%s", pfg_history_id(commit, arena), time,
        commit->author, *commit->author ? ": " : "", commit->revision.subject);
}

struct pfg_scale pfg_history_scale(const struct pfg_history_series *series)
{
    double ends[] = {INFINITY, -INFINITY};

    for (size_t i = 0; i < series->n_values; i++) {
        ends[0] = fmin(ends[0], series->values[i].value);
        ends[1] = fmax(ends[1], series->values[i].value);
    }
    return pfg_scale_for(series->series->unit, ends, 2);
}

const char *pfg_history_verdict(const struct pfg_history_series *series,
                                const struct pfg_history_value *value,
                                struct pfg_arena *arena)
{
    const struct pfg_history_verdict *verdict = value ? value->verdict : NULL;

    return verdict
               ? pfg_arena_printf(arena, "%s%s",
                                  pfg_verdict_word(verdict->verdict,
                                                   pfg_unit_is_of_time(
                                                       series->series->unit)),
                                  verdict->fails ? " (fails)" : "")
               : "";
}

/* With more values than blocks, a block is a mean. */
const char *pfg_history_spark(const struct pfg_history_series *series,
                              size_t from, size_t width,
                              struct pfg_arena *arena)
{
    const size_t n = series->n_values - from;
    const size_t blocks = n < width ? n : width;
    double *means = pfg_arena_new_array(arena, double, blocks);

    for (size_t i = 0; i < blocks; i++) {
        const size_t begin = i * n / blocks, end = (i + 1) * n / blocks;

        for (size_t j = begin; j < end; j++) {
            means[i] += series->values[from + j].value / (double)(end - begin);
        }
    }
    return blocks > 1 ? pfg_words_spark(arena, means, blocks) : "";
}

const char *pfg_history_change(const struct pfg_history_shift *shift,
                               struct pfg_arena *arena)
{
    const char *change = pfg_words_change(arena, shift->change);

    return isnan(shift->change_lower)
               ? change
               : pfg_arena_printf(arena, "%s [%s, %s]", change,
                                  pfg_words_change(arena, shift->change_lower),
                                  pfg_words_change(arena, shift->change_upper));
}
