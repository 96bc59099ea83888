#include "app/evaluate/evaluating.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "group/key.h"

static const char imported[] = "github_action_benchmark";

/* Whether the suite of results of `tool` may differ in a run of `by`. */
static bool may_differ(const char *tool, const char *by)
{
    static const char google[] = "google_benchmark"; /* and "..._csv" */

    return !strcmp(by, imported) || (!strncmp(tool, google, strlen(google)) &&
                                     !strncmp(by, google, strlen(google)));
}

/* The one suite of all series that may have another in runs of `tool`, except
 * for those already called `known`; NULL if there is none or several. */
static const char *suite_of(const struct pfg_side *side, const char *tool,
                            const char *known)
{
    const char *suite = NULL;

    for (size_t i = 0; i < side->n; i++) {
        const struct pfg_run *run = side->runs[i];

        for (size_t k = 0; k < run->series.n; k++) {
            const char *its = run->series.at[k]->suite;

            if (known && (!strcmp(its, known) ||
                          (*its && !strcmp(run->tool, imported)))) {
                continue;
            }
            if (tool && !may_differ(tool, run->tool)) {
                return NULL;
            }
            if (suite && strcmp(suite, its) != 0) {
                return NULL;
            }
            suite = its;
        }
    }
    return suite;
}

static const char *key_in(const char *suite, const struct pfg_series *series,
                          struct pfg_arena *arena)
{
    struct pfg_series moved = *series;

    moved.suite = suite;
    return pfg_key_make(arena, &moved);
}

static bool shares_a_series(const struct pfg_side *base,
                            const struct pfg_side *head, const char *suite)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_map keys;
    bool found = false;

    pfg_map_init(&keys, arena);
    for (size_t i = 0; i < head->n; i++) {
        for (size_t k = 0; k < head->runs[i]->series.n; k++) {
            *pfg_map_at(&keys, pfg_slice_of(head->runs[i]->series.at[k]->key)) =
                &keys;
        }
    }
    for (size_t i = 0; i < base->n && !found; i++) {
        for (size_t k = 0; k < base->runs[i]->series.n && !found; k++) {
            found = pfg_map_find(
                &keys, pfg_slice_of(
                           key_in(suite, base->runs[i]->series.at[k], arena)));
        }
    }
    pfg_arena_free(arena);
    return found;
}

static void move(struct pfg_run *const *runs, size_t n, const char *from,
                 const char *to)
{
    for (size_t i = 0; i < n; i++) {
        struct pfg_run *run = runs[i];

        for (size_t k = 0; k < run->series.n; k++) {
            struct pfg_series *series = run->series.at[k];

            if (!strcmp(series->suite, from)) {
                series->suite = pfg_arena_strdup(run->arena, to);
                series->key = pfg_key_make(run->arena, series);
            }
        }
    }
}

static const char *name_of(const char *suite, struct pfg_arena *arena)
{
    return *suite ? pfg_arena_printf(arena, "'%s'", suite) : "without a name";
}

void pfg_program_names_unify(struct pfg_comparison *comparison,
                             struct pfg_arena *arena)
{
    struct pfg_side *base = &comparison->base, *head = &comparison->head;
    const char *suite = suite_of(head, NULL, NULL);
    const char *old = suite ? suite_of(base, head->runs[0]->tool, suite) : NULL;

    /* Runs of an earlier comparison already have the head's names. */
    if (!old || !shares_a_series(base, head, suite)) {
        return;
    }
    pfg_vec_push(
        &comparison->notes, arena,
        pfg_arena_printf(
            arena,
            "the base's suite %s and the head's suite %s are compared as one",
            name_of(old, arena), name_of(suite, arena)));
    move(base->runs, base->n, old, suite);
    move(comparison->history, comparison->n_history, old, suite);
}
