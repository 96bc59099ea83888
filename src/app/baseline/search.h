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
    struct pfg_store *store;                  /* NULL: there is none */
    struct pfg_vcs *vcs;                      /* NULL: not in a repository */
    struct pfg_arena *arena;
};

/* A revision's runs in the store, or a base that is not there. */
struct pfg_found {
    struct pfg_revision revision;
    struct pfg_run_info *infos; /* newest first */
    size_t n;
    size_t n_pooled;     /* versions; 0, 1: no window */
    const char *how;     /* "merge-base with main, 3 commits back" */
    const char *missing; /* why nothing was found; NULL: it was */
    bool own;            /* because what was asked for is the head itself */
    struct pfg_run_info *history; /* earlier runs, newest first */
    size_t n_history;
};

/* At most so many earlier runs tell of noise; fewer than that tell nothing. */
#define PFG_HISTORY_MAX 30
#define PFG_HISTORY_MIN 8

/* ---- what the store holds of one state of the code, by whatever name ---- */

/* What the store knows under `spec`: a name or an id stored, else a revision
 * of git. PFG_USAGE where neither knows it. */
int pfg_search_revision(const struct pfg_search *search,
                        struct pfg_revision *out, const char *spec,
                        struct pfg_error *err);

/*
 * The runs of a revision, on one profile or, with NULL, on any: those stored
 * under its id or that of the CI's merge that was built for it, else those of
 * the same tree. They are of one state of the code: the revision's own where
 * that was measured, else the one measured last. Clean runs, unless only dirty
 * ones are there or the revision is dirty itself.
 */
int pfg_search_runs(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_revision *revision,
                    const char *fingerprint, struct pfg_error *err);

/* Whether a run is of the head's own code, under whatever name: never its
 * base. */
bool pfg_search_is_own(const struct pfg_found *head,
                       const struct pfg_run_info *info);

/* Leaves out of `found` what is the head's own. */
void pfg_search_drop_own(struct pfg_found *found, const struct pfg_found *head);

/* ---- the base of a head ---- */

/* The base of `head`, which has runs on this profile, with its history. The
 * head's own code and results are never its base. */
int pfg_search_base(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_found *head, const char *fingerprint,
                    struct pfg_error *err);

/* What was measured last, on any hardware; PFG_DATA where there is nothing. */
int pfg_search_newest(const struct pfg_search *search, struct pfg_revision *out,
                      struct pfg_error *err);

/* Names of the profiles that have any result. */
int pfg_search_profiles(const struct pfg_search *search, const char ***out,
                        size_t *n, struct pfg_error *err);

/* ---- where there is no ancestry, only an order of measuring ---- */

/* Deployed versions. No git is needed. */

/*
 * The versions measured before the head was for the first time on this
 * hardware, at most options->window of them (0: one), the latest first. Never
 * the head's own code. Of one version all runs, of several the earlier ones.
 */
int pfg_base_by_time(const struct pfg_search *search, struct pfg_found *out,
                     const struct pfg_found *head, const char *fingerprint,
                     struct pfg_error *err);

/* Earlier runs than those of the base that is found, as its history. */
int pfg_base_earlier(const struct pfg_search *search, struct pfg_found *out,
                     const struct pfg_found *head, const char *fingerprint,
                     struct pfg_error *err);

/* What a window holds, behind what `found->how` says: "..., pooled with the 7
 * measured before it, back to v1.2". `last` is the oldest one, `asked` how
 * many there were to be. */
const char *pfg_base_how_pooled(const struct pfg_found *found,
                                const struct pfg_revision *last, size_t asked,
                                struct pfg_arena *arena);

/* "; ignored 1a2b3c4d5e, which was measured with uncommitted changes" */
const char *pfg_base_how_ignored(const struct pfg_revision *revision,
                                 struct pfg_arena *arena);

/* Makes `n` earlier runs the base's history, if they and the `n_pooled_runs` of
 * its window are enough to tell the noise. */
void pfg_base_set_history(struct pfg_found *out, struct pfg_run_info *infos,
                          size_t n, size_t n_pooled_runs);

#endif
