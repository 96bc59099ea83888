#include "app/evaluate/evaluating.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "group/key.h"

static bool is_called(const struct pfg_series *series, const char *name)
{
    struct pfg_slice rest = pfg_slice_of(name);

    return !strcmp(series->benchmark, name) ||
           (pfg_take(&rest, series->suite) && pfg_take(&rest, "/") &&
            pfg_slice_is(rest, series->benchmark));
}

/*
 * "cpus=8": "cpus=4" changes the value of a parameter of all benchmarks, as it
 * is in `was`. Go omits "cpus" if it is 1.
 */
static bool rename_param(struct pfg_run *run, struct pfg_series *series,
                         const struct pfg_series *was,
                         const struct pfg_rename *rename)
{
    struct pfg_slice from = pfg_slice_of(rename->from);
    struct pfg_slice to = pfg_slice_of(rename->to);
    struct pfg_slice key = pfg_take_until(&from, '=');
    bool cpus = pfg_slice_is(key, "cpus") && !strncmp(run->tool, "go", 2);
    size_t at = 0;

    if (!from.len || !pfg_slice_eq(pfg_take_until(&to, '='), key) || !to.len) {
        return false;
    }
    while (at < was->n_params && !pfg_slice_is(key, was->params[at].key)) {
        at++;
    }
    if (at < was->n_params ? !pfg_slice_is(from, was->params[at].value)
                           : !cpus || !pfg_slice_is(from, "1")) {
        return false;
    }
    series->params =
        pfg_arena_new_array(run->arena, struct pfg_fact, was->n_params + 1);
    series->n_params = 0;
    for (size_t i = 0; i < was->n_params; i++) {
        if (i != at) {
            series->params[series->n_params++] = was->params[i];
        } else if (!cpus || !pfg_slice_is(to, "1")) {
            series->params[series->n_params++] = (struct pfg_fact){
                was->params[i].key, pfg_arena_slice(run->arena, to)};
        }
    }
    if (at == was->n_params) {
        series->params[series->n_params++] =
            (struct pfg_fact){"cpus", pfg_arena_slice(run->arena, to)};
    }
    series->key = pfg_key_make(run->arena, series);
    return true;
}

/* Gives the series its new name. */
static void rename_series(struct pfg_run *run, struct pfg_series *series,
                          const char *to)
{
    struct pfg_slice rest = pfg_slice_of(to);

    if (*series->suite && pfg_take(&rest, series->suite) &&
        pfg_take(&rest, "/") && rest.len) {
        to = rest.ptr;
    }
    series->benchmark = pfg_arena_strdup(run->arena, to);
    series->key = pfg_key_make(run->arena, series);
}

/* "suite:OLD": "suite:NEW". */
static void rename_suite(struct pfg_run *run, struct pfg_series *series,
                         const struct pfg_series *was,
                         const struct pfg_rename *rename)
{
    struct pfg_slice from = pfg_slice_of(rename->from);
    struct pfg_slice to = pfg_slice_of(rename->to);

    if (pfg_take(&from, "suite:") && pfg_take(&to, "suite:") &&
        pfg_slice_is(from, was->suite)) {
        series->suite = pfg_arena_slice(run->arena, to);
        series->key = pfg_key_make(run->arena, series);
    }
}

/*
 * Undoes the renames that would give two series one key; returns whether there
 * were any. An undone one has its old key again, which may collide with
 * another.
 */
static bool undo_clashes(const struct pfg_run *run, struct pfg_series *renamed,
                         struct pfg_arena *arena)
{
    struct pfg_map owners;
    bool any = false;

    pfg_map_init(&owners, arena);
    for (size_t i = 0; i < run->series.n; i++) {
        if (!strcmp(renamed[i].key, run->series.at[i]->key)) {
            *pfg_map_at(&owners, pfg_slice_of(renamed[i].key)) = &renamed[i];
        }
    }
    for (size_t i = 0; i < run->series.n; i++) {
        void **owner = pfg_map_at(&owners, pfg_slice_of(renamed[i].key));

        if (!*owner) {
            *owner = &renamed[i];
        } else if (*owner != &renamed[i] &&
                   strcmp(renamed[i].key, run->series.at[i]->key)) {
            renamed[i] = *run->series.at[i];
            any = true;
        }
    }
    return any;
}

/* Renames all at once, so that names can be swapped or passed on. */
static void rename_run(const struct pfg_config *config, struct pfg_run *run)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_series *renamed =
        pfg_arena_new_array(arena, struct pfg_series, run->series.n);

    for (size_t i = 0; i < run->series.n; i++) {
        const struct pfg_series *was = run->series.at[i];
        bool called = false, valued = false;

        renamed[i] = *was;
        for (size_t r = 0; r < config->renames.n; r++) {
            const struct pfg_rename *rename = &config->renames.at[r];

            if (!called && is_called(was, rename->from)) {
                rename_series(run, &renamed[i], rename->to);
                called = true;
            } else if (!valued) {
                valued = rename_param(run, &renamed[i], was, rename);
            }
            rename_suite(run, &renamed[i], was, rename);
        }
    }
    while (undo_clashes(run, renamed, arena)) {
    }
    for (size_t i = 0; i < run->series.n; i++) {
        *run->series.at[i] = renamed[i];
    }
    pfg_arena_free(arena);
}

void pfg_renames_apply(const struct pfg_config *config,
                       struct pfg_run *const *runs, size_t n)
{
    for (size_t i = 0; config && config->renames.n && i < n; i++) {
        rename_run(config, runs[i]);
    }
}
