#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/history/read_history.h"
#include "base/arena.h"
#include "group/filter.h"
#include "group/key.h"
#include "policy/pattern.h"
#include "stats/sample.h"

/* A value of one run, and the stored series that it belongs to. */
struct entry {
    const struct pfg_stored_series *of;
    struct pfg_history_point point;
    size_t commit;
    const struct pfg_stored_verdict *verdict; /* NULL: none was given */
};

struct entries {
    struct entry *at;
    size_t n, cap;
};

bool pfg_history_is_named(const struct pfg_history_options *options,
                          const struct pfg_series *series, const char *label,
                          struct pfg_arena *arena)
{
    const char *whole = pfg_arena_printf(arena, "%s/%s", series->suite, label);
    bool named = !options->n_benchmarks;

    for (size_t i = 0; i < options->n_benchmarks && !named; i++) {
        const char *word = options->benchmarks[i];

        named = pfg_glob_matches(word, label) ||
                pfg_glob_matches(word, whole) ||
                pfg_glob_matches(word, series->benchmark);
    }
    return named;
}

static bool is_asked(const struct pfg_history_options *options,
                     const struct pfg_series *series, const char *label,
                     struct pfg_arena *arena)
{
    return pfg_history_is_named(options, series, label, arena) &&
           pfg_filter_passes(options->filter, options->n_filter, series, label);
}

static int by_commit(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    return a->commit != b->commit
               ? (a->commit > b->commit) - (a->commit < b->commit)
               : (a->point.run > b->point.run) - (a->point.run < b->point.run);
}

static int add_points(struct entries *entries,
                      const struct pfg_history_reader *reader,
                      const struct pfg_stored_series *of, size_t profile,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_history_point *points;
    struct pfg_stored_verdict *verdicts;
    size_t n, n_verdicts, next = 0;

    if (pfg_store_history(reader->store, &points, &n, of->id, arena, err) ||
        pfg_store_verdicts(reader->store, &verdicts, &n_verdicts, of->id, 0,
                           arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        const struct pfg_timeline_run *run =
            pfg_timeline_find(&reader->timeline, points[i].run);
        struct entry entry = {.of = of, .point = points[i]};

        /* Both lists are sorted by run id. */
        while (next < n_verdicts && verdicts[next].run < points[i].run) {
            next++;
        }
        if (next < n_verdicts && verdicts[next].run == points[i].run) {
            entry.verdict = &verdicts[next];
        }
        if (run && run->profile == profile) {
            entry.commit = run->commit;
            pfg_vec_push(entries, arena, entry);
        }
    }
    return 0;
}

/* The latest verdict on any of the runs. */
static const struct pfg_history_verdict *last_verdict(const struct entry *at,
                                                      size_t n,
                                                      struct pfg_arena *arena)
{
    const struct pfg_stored_verdict *last = NULL;
    struct pfg_history_verdict *out;

    for (size_t i = 0; i < n; i++) {
        if (at[i].verdict && (!last || at[i].verdict->time >= last->time)) {
            last = at[i].verdict;
        }
    }
    if (!last) {
        return NULL;
    }
    out = pfg_arena_alloc(arena, sizeof *out);
    *out = (struct pfg_history_verdict){
        .verdict = last->verdict,
        .fails = last->fails,
        .change = last->change,
        .base = pfg_arena_strdup(arena, last->base),
        .time = last->time,
    };
    return out;
}

/* Combines the runs of one commit into one value. */
static struct pfg_history_value pool(const struct entry *at, size_t n,
                                     struct pfg_arena *scratch)
{
    struct pfg_history_value value = {.commit = at->commit, .n_runs = n};
    double *medians = pfg_arena_new_array(scratch, double, 2 * n);
    double *lows = medians + n;
    size_t n_lows = 0;

    for (size_t i = 0; i < n; i++) {
        medians[i] = at[i].point.median;
        value.n += at[i].point.n;
        if (isfinite(at[i].point.low)) {
            lows[n_lows++] = at[i].point.low;
        }
    }
    value.value = pfg_median(medians, n);
    value.low = pfg_median(lows, n_lows);
    return value;
}

static void pool_all(struct pfg_history_series *out,
                     const struct entries *entries, struct pfg_arena *arena,
                     struct pfg_arena *scratch)
{
    const struct entry *at = entries->at, *end = at + entries->n;

    out->values =
        pfg_arena_new_array(arena, struct pfg_history_value, entries->n);
    while (at < end) {
        struct pfg_history_value *value = &out->values[out->n_values++];
        size_t n = 1;

        while (at + n < end && at[n].commit == at->commit) {
            n++;
        }
        *value = pool(at, n, scratch);
        value->verdict = last_verdict(at, n, arena);
        value->change = out->n_values > 1 && value[-1].value > 0
                            ? value->value / value[-1].value - 1
                            : NAN;
        at += n;
    }
}

/* Keeps only values in the newest unit, because others cannot be drawn on the
 * same axis. */
static void filter_by_unit(struct entries *entries)
{
    const char *unit = entries->at[entries->n - 1].of->series.unit;
    size_t kept = 0;

    for (size_t i = 0; i < entries->n; i++) {
        if (!strcmp(entries->at[i].of->series.unit, unit)) {
            entries->at[kept++] = entries->at[i];
        }
    }
    entries->n = kept;
}

int pfg_history_read_series(const struct pfg_history_reader *reader,
                            struct pfg_history_series *out, size_t *at,
                            size_t profile, struct pfg_arena *arena,
                            struct pfg_error *err)
{
    const struct pfg_stored_series *first = &reader->stored[*at];
    const char *label = pfg_key_label_in_full(arena, &first->series);
    bool asked = is_asked(reader->options, &first->series, label, arena);
    bool wanted = asked || reader->options->context;
    struct pfg_arena *scratch = pfg_arena_new();
    struct entries entries = {0};
    int failed = 0;

    *out = (struct pfg_history_series){
        .label = label, .asked = asked, .noise = NAN};
    do {
        failed = failed ||
                 (wanted && add_points(&entries, reader, &reader->stored[*at],
                                       profile, scratch, err));
        ++*at;
    } while (*at < reader->n_stored &&
             !strcmp(reader->stored[*at].series.key, first->series.key));
    if (!failed && entries.n) {
        qsort(entries.at, entries.n, sizeof *entries.at, by_commit);
        filter_by_unit(&entries);
        out->series = &entries.at[entries.n - 1].of->series;
        pool_all(out, &entries, arena, scratch);
    }
    pfg_arena_free(scratch);
    return failed ? -1 : entries.n > 0;
}
