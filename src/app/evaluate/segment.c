#include "app/evaluate/evaluating.h"

#include <string.h>

#include "base/arena.h"

struct segmenting {
    const struct pfg_comparison *comparison;
    const struct pfg_acceptance_sources *from;
    struct pfg_arena *arena;
    struct pfg_error *err;
    PFG_VEC(struct pfg_segment) all;
};

static size_t count_runs(const struct pfg_comparison *comparison)
{
    return comparison->n_history + comparison->base.n;
}

/* The commit of the i-th run: first those of the history, then the base's. */
static const char *commit_of(const struct pfg_comparison *comparison, size_t i)
{
    return i < comparison->n_history
               ? comparison->history[i]->revision.id
               : comparison->base.runs[i - comparison->n_history]->revision.id;
}

/* The first run whose commit contains `id`, by bisection: all later ones
 * contain it as well. */
static int first_with(struct segmenting *s, size_t *out, const char *id)
{
    size_t low = 0, high = count_runs(s->comparison) - 1;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool contains;

        if (pfg_vcs_contains(s->from->vcs, &contains,
                             commit_of(s->comparison, middle), id, s->arena,
                             s->err)) {
            return -1;
        }
        if (contains) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    *out = low;
    return 0;
}

static int add_trailer(struct segmenting *s, const struct pfg_trailer *trailer)
{
    struct pfg_slice glob, reason;
    struct pfg_acceptance *of = pfg_arena_alloc(s->arena, sizeof *of);
    struct pfg_segment segment = {.of = of};

    /* A trailer that cannot be read was reported when it was new. */
    if (pfg_accept_parse_trailer(&glob, &reason,
                                 pfg_slice_of(trailer->value)) ||
        pfg_pattern_new(&of->benchmark, s->from->patterns,
                        pfg_arena_slice(s->arena, glob), NULL) ||
        (pfg_accept_is_everything(of->benchmark) && !s->from->allow_all)) {
        return 0;
    }
    if (first_with(s, &segment.from, trailer->commit)) {
        return -1;
    }
    if (segment.from) {
        pfg_vec_push(&s->all, s->arena, segment);
    }
    return 0;
}

int pfg_segments_gather(struct pfg_comparison *comparison,
                        const struct pfg_acceptance_sources *sources,
                        struct pfg_error *err)
{
    struct segmenting s = {
        .comparison = comparison,
        .from = sources,
        .arena = sources->report->arena,
        .err = err,
    };
    size_t n = count_runs(comparison);
    struct pfg_trailers trailers;

    if (!sources->vcs || (!comparison->n_history && !comparison->window)) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (!pfg_revision_is_commit(commit_of(comparison, i))) {
            return 0;
        }
    }
    if (pfg_vcs_trailers(sources->vcs, &trailers, commit_of(comparison, 0),
                         commit_of(comparison, n - 1), PFG_ACCEPT_TRAILER,
                         s.arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < trailers.n; i++) {
        if (add_trailer(&s, &trailers.at[i])) {
            return -1;
        }
    }
    comparison->segments = s.all.at;
    comparison->n_segments = s.all.n;
    return 0;
}
