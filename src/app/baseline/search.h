#ifndef PFG_APP_BASELINE_SEARCH_H
#define PFG_APP_BASELINE_SEARCH_H

#include "app/input/context.h"
#include "store/store.h"
#include "vcs/vcs.h"

/* The search for a base: what it is told, and what it finds. */

struct pfg_search_options {
    const char *base; /* a revision or a name; NULL: search for it */
    bool by_time;     /* the base is what was measured before the head, whatever
                         its ancestry; `base` is then NULL */
    size_t window;    /* how many versions are pooled as the base; 0, 1: one */
    const char *base_branch; /* NULL: origin/HEAD, main, master */
};

struct pfg_search {
    const struct pfg_context *context;
    const struct pfg_search_options *options; /* only for pfg_search_base() */
    struct pfg_store *store;                  /* NULL: there is none */
    struct pfg_vcs *vcs;                      /* NULL: not in a repository */
    struct pfg_arena *arena;
};

/* The stored runs of a revision, or why there is no base. */
struct pfg_found {
    struct pfg_revision revision;
    struct pfg_run_info *infos; /* newest first */
    size_t n;
    size_t n_pooled;     /* versions in the window; 0, 1: no window */
    const char *how;     /* "merge-base with main, 3 commits back" */
    const char *missing; /* why nothing was found; NULL: something was */
    bool own;            /* because the user named the head itself */
    struct pfg_run_info *history; /* earlier runs, newest first */
    size_t n_history;
};

/* At most so many earlier runs are used to estimate the noise, and none if
 * there are fewer than the minimum. */
#define PFG_HISTORY_MAX 30
#define PFG_HISTORY_MIN 8

/* ---- the stored results of one state of the code ---- */

/* Finds the revision that `spec` means: a stored name or id, else a revision of
 * git. PFG_USAGE if neither knows it. */
int pfg_search_revision(const struct pfg_search *search,
                        struct pfg_revision *out, const char *spec,
                        struct pfg_error *err);

/*
 * The runs of a revision on one profile (NULL: on any): those stored under its
 * id or that of the CI's merge that was built for it, else those of the same
 * tree. All are of one state of the code: the revision's own if that was
 * measured, else the one measured last. Clean runs, unless there are only dirty
 * ones or the revision is dirty itself.
 */
int pfg_search_runs(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_revision *revision,
                    const char *fingerprint, struct pfg_error *err);

/* Whether a run is of the head's own code, under whatever name. Such a run is
 * never its base. */
bool pfg_search_is_own(const struct pfg_found *head,
                       const struct pfg_run_info *info);

/* Removes the head's own runs from `found`. */
void pfg_search_drop_own(struct pfg_found *found, const struct pfg_found *head);

/* ---- the base of a head ---- */

/* Finds the base of `head`, which has runs on this profile, and its history.
 * The head's own code and results are never its base. */
int pfg_search_base(const struct pfg_search *search, struct pfg_found *out,
                    const struct pfg_found *head, const char *fingerprint,
                    struct pfg_error *err);

/* The revision measured last, on any hardware; PFG_DATA if there are no
 * results. */
int pfg_search_newest(const struct pfg_search *search, struct pfg_revision *out,
                      struct pfg_error *err);

/* The names of all profiles with results. */
int pfg_search_profiles(const struct pfg_search *search, const char ***out,
                        size_t *n, struct pfg_error *err);

/* ---- the base by time of measuring ---- */

/* For deployed versions, which have no ancestry. No git is needed. */

/*
 * The versions measured before the head was measured first on this hardware,
 * the latest first, at most options->window of them (0: one). Never the head's
 * own code. A single version contributes all its runs, several only the earlier
 * ones.
 */
int pfg_base_by_time(const struct pfg_search *search, struct pfg_found *out,
                     const struct pfg_found *head, const char *fingerprint,
                     struct pfg_error *err);

/* Adds the runs that are earlier than the base as its history. */
int pfg_base_earlier(const struct pfg_search *search, struct pfg_found *out,
                     const struct pfg_found *head, const char *fingerprint,
                     struct pfg_error *err);

/* The text of `found->how` with the window added: "..., pooled with the 7
 * measured before it, back to v1.2". `last` is the oldest version, `asked` the
 * size that was requested. */
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
