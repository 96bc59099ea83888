#ifndef PFG_VCS_ANCESTRY_H
#define PFG_VCS_ANCESTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/error.h"

struct pfg_arena;

/* A commit on the way back through history. */
struct pfg_ancestor {
    const char *id, *tree, *subject;
    const char *author; /* a name */
    pfg_time time;
    size_t distance; /* steps from the start */
    bool mainline;   /* reached by first parents alone */
};

struct pfg_ancestry {
    struct pfg_ancestor *at; /* nearest first: by distance, then time */
    size_t n;
    bool cut;     /* the history ends early, in a shallow clone */
    bool bounded; /* the limit was reached */
};

/*
 * Walks a history that may end early. Commits come from a callback, so the walk
 * does not depend on libgit2.
 */

struct pfg_vcs_commit {
    const char *tree, *subject, *author;
    pfg_time time;
    const char **parents; /* ids, in order */
    size_t n_parents;
    bool missing; /* not in this clone: nothing but its id is known */
    bool shallow; /* a shallow clone ends here */
};

struct pfg_vcs_graph {
    /* Reads commit `id`. A missing one is not an error. */
    int (*read)(void *self, struct pfg_vcs_commit *out, const char *id,
                struct pfg_arena *arena, struct pfg_error *err);
    void *self;
};

/* As pfg_vcs_ancestors(). */
int pfg_vcs_walk(const struct pfg_vcs_graph *graph, struct pfg_ancestry *out,
                 const char *id, size_t limit, struct pfg_arena *arena,
                 struct pfg_error *err);

/* As pfg_vcs_mainline(). */
int pfg_vcs_walk_mainline(const struct pfg_vcs_graph *graph,
                          struct pfg_ancestry *out, const char *id,
                          size_t limit, struct pfg_arena *arena,
                          struct pfg_error *err);

/* As pfg_vcs_merge_base(). */
int pfg_vcs_walk_common(const struct pfg_vcs_graph *graph, const char **out,
                        bool *cut, const char *a, const char *b,
                        struct pfg_arena *arena, struct pfg_error *err);

#endif
