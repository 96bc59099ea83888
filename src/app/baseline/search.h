#ifndef PFG_APP_BASELINE_SEARCH_H
#define PFG_APP_BASELINE_SEARCH_H

#include "app/input/context.h"
#include "store/store.h"
#include "vcs/vcs.h"

/* What a search for a base goes by, and what it finds. */

struct pfg_search_options {
    const char *base; /* a revision or a name; NULL: found */
    bool by_time;     /* the base is what was measured before the head, whatever
                         its ancestry; `base` is then NULL */
    size_t window;    /* so many versions are pooled as the base; 0, 1: one */
    const char *base_branch; /* NULL: origin/HEAD, main, master */
};

struct pfg_search {
    const struct pfg_context *context;
    const struct pfg_search_options *options; /* for pfg_search_base() alone */
    struct pfg_store *store; /* NULL: there is none */
    struct pfg_vcs *vcs;     /* NULL: not in a repository */
    struct pfg_arena *arena;
};

/* A revision's runs in the store, or a base that is not there. */
struct pfg_found {
    struct pfg_revision revision;
    struct pfg_run_info *infos; /* newest first */
    size_t n;
    size_t n_pooled; /* versions; 0, 1: no window */
    const char *how;     /* "merge-base with main, 3 commits back" */
    const char *missing; /* why nothing was found; NULL: it was */
    bool own;            /* because what was asked for is the head itself */
    struct pfg_run_info *history; /* earlier runs, newest first */
    size_t n_history;
};

/* What the store knows under `spec`: a name or an id stored, else a revision
 * of git. PFG_USAGE where neither knows it. */
int pfg_search_revision(const struct pfg_search *search,
                        struct pfg_revision *out, const char *spec,
                        struct pfg_error *err);

/* The runs of a revision (else those of the same tree), on one profile or,
 * with NULL, on any. Clean runs, unless only dirty ones are there or the
 * revision is dirty itself. */
int pfg_search_runs(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_revision *revision,
                    const char *fingerprint, struct pfg_error *err);

/* At most so many earlier runs tell of noise; fewer than that tell nothing. */
#define PFG_HISTORY_MAX 30
#define PFG_HISTORY_MIN 8

#endif
