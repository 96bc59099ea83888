#include <string.h>

#include "app/baseline/search.h"
#include "app/history/read_history.h"
#include "base/number.h"

#define DAY (24 * 3600 * PFG_SECOND)

static size_t first_after(const struct pfg_timeline *timeline, pfg_time time)
{
    size_t i = 0;

    while (i < timeline->n_commits && timeline->commits[i].time < time) {
        i++;
    }
    return i;
}

/* "90d": 1; no such thing: 0. */
static int take_days(pfg_time *out, const char *text, pfg_time now)
{
    struct pfg_slice rest = pfg_slice_of(text);
    struct pfg_slice digits = pfg_take_digits(&rest);
    uint64_t days;

    if (!pfg_slice_is(rest, "d") || pfg_number_parse_u64(&days, digits) ||
        days > 100000) {
        return 0;
    }
    *out = now - (pfg_time)days * DAY;
    return 1;
}

/* The place of a revision, or of where it left the branch. */
static int find_revision(const struct pfg_history_reader *reader, size_t *out,
                         const char *spec, struct pfg_error *err)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    const struct pfg_search search = {.context = reader->context,
                                      .store = reader->store,
                                      .vcs = reader->vcs,
                                      .arena = reader->arena};
    struct pfg_revision revision;
    const char *id;
    bool cut;

    if (pfg_search_revision(&search, &revision, spec, err)) {
        return -1;
    }
    id = revision.id;
    if (reader->vcs && *timeline->head && pfg_revision_is_commit(id) &&
        pfg_vcs_merge_base(reader->vcs, &id, &cut, timeline->head, revision.id,
                           reader->arena, err)) {
        return -1;
    }
    for (size_t i = 0; id && i < timeline->n_commits; i++) {
        if (!strcmp(timeline->commits[i].revision.id, id)) {
            *out = i;
            return 0;
        }
    }
    /* Older than all that was measured. */
    if (id && revision.time && revision.time <= timeline->commits[0].time) {
        *out = 0;
        return 0;
    }
    return pfg_fail(err, PFG_USAGE, "'%s' is not in the history of %s", spec,
                    *timeline->branch ? timeline->branch : "measured versions");
}

static int find_since(const struct pfg_history_reader *reader, size_t *out,
                      struct pfg_error *err)
{
    const char *since = reader->options->since;
    pfg_time time;

    if (!since) {
        *out = 0;
        return 0;
    }
    if (take_days(&time, since, reader->context->now) ||
        (strchr(since, '-') && !pfg_time_parse(&time, pfg_slice_of(since)))) {
        *out = first_after(&reader->timeline, time);
        return 0;
    }
    return find_revision(reader, out, since, err);
}

int pfg_history_find_first(const struct pfg_history_reader *reader, size_t *out,
                           size_t profile, struct pfg_error *err)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    bool *measured =
        pfg_arena_new_array(reader->arena, bool, timeline->n_commits);
    size_t left = reader->options->last, i = timeline->n_commits;

    if (find_since(reader, out, err)) {
        return -1;
    }
    for (size_t j = 0; j < timeline->n_runs; j++) {
        if (timeline->runs[j].profile == profile) {
            measured[timeline->runs[j].commit] = true;
        }
    }
    while (left && i > 0) {
        left -= measured[--i];
    }
    if (reader->options->last && i > *out) {
        *out = i;
    }
    return 0;
}
