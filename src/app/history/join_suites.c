#include "app/history/read_history.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "group/key.h"

static const char imported[] = "github_action_benchmark";

/* The suites of all series whose keys differ only in the suite. */
struct namesakes {
    const char *suite; /* one of them; NULL: none yet */
    bool several;
};

static const char *key_without_suite(const struct pfg_series *series,
                                     struct pfg_arena *arena)
{
    struct pfg_series moved = *series;

    moved.suite = "";
    return pfg_key_make(arena, &moved);
}

static void add(struct pfg_map *names, const struct pfg_series *series,
                struct pfg_arena *arena)
{
    void **place =
        pfg_map_at(names, pfg_slice_of(key_without_suite(series, arena)));
    struct namesakes *same = *place;

    if (!same) {
        same = pfg_arena_alloc(arena, sizeof *same);
        *same = (struct namesakes){0};
        *place = same;
    }
    same->several |= same->suite && strcmp(same->suite, series->suite) != 0;
    same->suite = series->suite;
}

/* The ids of all imported runs, sorted. */
struct runs {
    long *ids;
    size_t n;
};

static int by_id(const void *left, const void *right)
{
    const long *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

static int find_imported(struct runs *out, struct pfg_store *store,
                         struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_run_info *runs;
    size_t n;

    if (pfg_store_find(store, &runs, &n,
                       &(struct pfg_run_query){.tool = imported}, arena, err)) {
        return -1;
    }
    out->ids = pfg_arena_new_array(arena, long, n);
    for (size_t i = 0; i < n; i++) {
        out->ids[out->n++] = runs[i].id;
    }
    qsort(out->ids, out->n, sizeof *out->ids, by_id);
    return 0;
}

/* 1 if all values of the series are from these runs. */
static int is_of(const struct runs *runs, struct pfg_store *store, long series,
                 struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_history_point *points;
    size_t n, i = 0;

    if (pfg_store_history(store, &points, &n, series, arena, err)) {
        return -1;
    }
    while (i < n && bsearch(&points[i].run, runs->ids, runs->n,
                            sizeof *runs->ids, by_id)) {
        i++;
    }
    return i == n;
}

static int by_key(const void *left, const void *right)
{
    const struct pfg_stored_series *a = left, *b = right;
    int order = strcmp(a->series.key, b->series.key);

    return order ? order : (a->id > b->id) - (a->id < b->id);
}

static int join(struct pfg_history_reader *reader, const struct runs *runs,
                const struct pfg_map *names, struct pfg_arena *scratch,
                struct pfg_error *err)
{
    for (size_t i = 0; i < reader->n_stored; i++) {
        struct pfg_series *series = &reader->stored[i].series;
        void **place = pfg_map_find(
            names, pfg_slice_of(key_without_suite(series, scratch)));
        const struct namesakes *same = place ? *place : NULL;
        int ours;

        if (*series->suite || !same || same->several) {
            continue;
        }
        ours = is_of(runs, reader->store, reader->stored[i].id, scratch, err);
        if (ours < 0) {
            return -1;
        }
        if (ours) {
            series->suite = same->suite;
            series->key = pfg_key_make(reader->arena, series);
            reader->n_joined++;
        }
    }
    if (reader->n_joined) {
        qsort(reader->stored, reader->n_stored, sizeof *reader->stored, by_key);
    }
    return 0;
}

int pfg_history_join_suites(struct pfg_history_reader *reader,
                            struct pfg_error *err)
{
    struct pfg_arena *scratch = pfg_arena_new();
    struct pfg_map names;
    struct runs runs = {0};
    size_t n_suites = 0;
    int failed = 0;

    for (size_t i = 0; i < reader->n_stored; i++) {
        n_suites += *reader->stored[i].series.suite != '\0';
    }
    if (n_suites && n_suites < reader->n_stored) {
        failed = find_imported(&runs, reader->store, scratch, err);
    }
    if (!failed && runs.n) {
        pfg_map_init(&names, scratch);
        for (size_t i = 0; i < reader->n_stored; i++) {
            if (*reader->stored[i].series.suite) {
                add(&names, &reader->stored[i].series, scratch);
            }
        }
        failed = join(reader, &runs, &names, scratch, err);
    }
    pfg_arena_free(scratch);
    return failed;
}
