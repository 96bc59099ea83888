#include "app/history/histories.h"

#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "policy/pattern.h"

struct reading {
    struct pfg_histories *out;
    const struct pfg_context *context;
    const struct pfg_history_options *options;
    const struct pfg_trend_options *trend;
    bool all_profiles;
    PFG_VEC(const struct pfg_history *) histories;
    PFG_VEC(struct pfg_trend) trends;
};

/* ---- projects and hardware ---- */

/* Adds the projects of `all` that match a name or glob to `names`, each once;
 * returns how many matched. */
static size_t add_projects(struct pfg_map *names, const char *word,
                           const char *const *all, size_t n)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++) {
        if (pfg_glob_matches(word, all[i])) {
            pfg_map_at(names, pfg_slice_of(all[i]));
            found++;
        }
    }
    return found;
}

static int find_projects(struct pfg_map *names, const struct reading *r,
                         struct pfg_error *err)
{
    const struct pfg_history_options *options = r->options;
    const char **all, *meant;
    size_t n;

    if (pfg_store_projects(options->database, &all, &n, r->out->arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < options->n_projects; i++) {
        const char *word = options->projects[i];

        if (!add_projects(names, word, all, n)) {
            meant = pfg_suggest(word, all, n);
            pfg_fail(err, PFG_USAGE, "no readable project '%s' on this server",
                     word);
            return n ? pfg_hint(err, "there is '%s'", meant ? meant : all[0])
                     : pfg_hint(err, "store results first: perfgate ingest "
                                     "PATH");
        }
    }
    return 0;
}

/* Checks that each hardware name or glob matches some profile. */
static int check_hardware(const struct reading *r, struct pfg_error *err)
{
    const struct pfg_histories *all = r->out;

    for (size_t i = 0; i < r->options->n_hardware; i++) {
        const struct pfg_history_options one = {
            .hardware = &r->options->hardware[i], .n_hardware = 1};
        bool found = false;

        for (size_t j = 0; j < all->n_readers; j++) {
            const struct pfg_timeline *timeline = &all->readers[j].timeline;

            for (size_t k = 0; k < timeline->n_profiles; k++) {
                found |= pfg_history_on(&one, timeline->profiles[k].name);
            }
        }
        if (!found && all->n_readers) {
            return pfg_history_no_profile(&all->readers[0], one.hardware[0],
                                          err);
        }
    }
    return 0;
}

/* ---- reading ---- */

static int read_profile(struct reading *r,
                        const struct pfg_history_reader *reader, size_t profile,
                        struct pfg_error *err)
{
    struct pfg_history *history;
    struct pfg_trend trend;
    int got = pfg_history_read_on(&history, reader, profile, err);

    if (got ||
        (r->trend && pfg_trend_read(&trend, history, reader, r->trend, err))) {
        return got > 0 ? 0 : -1;
    }
    pfg_vec_push(&r->histories, r->out->arena, history);
    if (r->trend) {
        pfg_vec_push(&r->trends, r->out->arena, trend);
    }
    return 0;
}

static int read_project(struct reading *r, struct pfg_history_reader *reader,
                        const struct pfg_history_options *options,
                        struct pfg_error *err)
{
    const struct pfg_timeline *timeline = &reader->timeline;
    int failed = pfg_history_reader_open(reader, r->context, options, err);

    for (size_t i = 0; i < timeline->n_profiles && !failed; i++) {
        if (options->n_hardware
                ? pfg_history_on(options, timeline->profiles[i].name)
                : r->all_profiles || !i) {
            failed = read_profile(r, reader, i, err);
        }
    }
    pfg_history_reader_leave(reader);
    return failed;
}

/* Leaves out projects that cannot be read, with a warning: somebody else's
 * broken project is no reason to show none. */
static int read_projects(struct reading *r, struct pfg_error *err)
{
    struct pfg_arena *arena = r->out->arena;
    struct pfg_history_options *each;
    struct pfg_error why = {0};
    struct pfg_map names;

    pfg_map_init(&names, arena);
    if (find_projects(&names, r, err)) {
        return -1;
    }
    each = pfg_arena_new_array(arena, struct pfg_history_options, names.n);
    r->out->readers =
        pfg_arena_new_array(arena, struct pfg_history_reader, names.n);
    for (size_t i = 0; i < names.n; i++) {
        struct pfg_history_reader *reader =
            &r->out->readers[r->out->n_readers++];

        each[i] = *r->options;
        each[i].project = names.entries[i].key.ptr;
        if (read_project(r, reader, &each[i], &why) && names.n > 1) {
            pfg_context_warn(r->context, "left out: %s: %s", each[i].project,
                             why.message);
        }
    }
    return r->histories.n || !why.code ? 0 : (*err = why, -1);
}

int pfg_histories_read(struct pfg_histories *out,
                       const struct pfg_context *context,
                       const struct pfg_history_options *options,
                       bool all_profiles, const struct pfg_trend_options *trend,
                       struct pfg_error *err)
{
    struct reading r = {.out = out,
                        .context = context,
                        .options = options,
                        .trend = trend,
                        .all_profiles = all_profiles};
    int failed;

    *out = (struct pfg_histories){
        .arena = pfg_arena_new(),
        .several =
            options->n_projects || options->n_hardware > 1 ||
            (options->n_hardware && strpbrk(options->hardware[0], "*?[")),
    };
    if (options->n_projects) {
        failed = read_projects(&r, err);
    } else {
        out->readers =
            pfg_arena_new_array(out->arena, struct pfg_history_reader, 1);
        out->n_readers = 1;
        failed = read_project(&r, out->readers, options, err);
    }
    out->at = r.histories.at;
    out->trends = r.trends.at;
    out->n = r.histories.n;
    if (failed || check_hardware(&r, err)) {
        return -1;
    }
    return out->n ? 0
                  : pfg_history_none(&out->readers[out->n_readers - 1], err);
}

void pfg_histories_free(struct pfg_histories *histories)
{
    for (size_t i = 0; i < histories->n_readers; i++) {
        pfg_history_reader_close(&histories->readers[i]);
    }
    pfg_arena_free(histories->arena);
}
