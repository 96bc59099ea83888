#ifndef PFG_APP_INPUT_WORKSPACE_H
#define PFG_APP_INPUT_WORKSPACE_H

#include "app/input/context.h"
#include "config/config.h"
#include "model/run.h"
#include "vcs/vcs.h"

/* The commit under test and the machine. */

/* Opens the repository around the working directory; *out is NULL if there is
 * none. */
int pfg_workspace_open_vcs(struct pfg_vcs **out, struct pfg_error *err);

/* The pull request's head, for pfg_vcs_resolve(), because HEAD may be a merge
 * made for the test. */
struct pfg_vcs_hint pfg_workspace_hint(const struct pfg_context *context,
                                       struct pfg_arena *arena);

/*
 * The revision that results belong to. `spec` may be any string: a revision
 * that git knows, or else a name (a deployed version, a build). NULL is the
 * commit under test, as the CI describes it (GitHub's event file, GitLab's
 * variables). Outside a repository a name is required: PFG_USAGE.
 */
int pfg_workspace_revision(struct pfg_revision *out,
                           const struct pfg_context *context,
                           struct pfg_vcs *vcs, const char *spec,
                           struct pfg_arena *arena, struct pfg_error *err);

/*
 * The revision to store results under; `spec` is the value of --commit, or
 * NULL. `results` are their files and folders, which do not make the tree
 * dirty. An empty value is PFG_USAGE: a variable that is not set. One that
 * looks like a revision but is unknown to git is a name, with a warning.
 */
int pfg_workspace_commit(struct pfg_revision *out,
                         const struct pfg_context *context, struct pfg_vcs *vcs,
                         const char *spec, const char *const *results,
                         size_t n_results, struct pfg_arena *arena,
                         struct pfg_error *err);

/* This machine's profile. `name` is the value of --hardware; if NULL, the rules
 * of the configuration at `config` (NULL: search for it) name it, else its
 * properties do. */
int pfg_workspace_profile(struct pfg_profile *out,
                          const struct pfg_context *context, const char *name,
                          const char *config, struct pfg_arena *arena,
                          struct pfg_error *err);

/*
 * The profile of results that say they were measured elsewhere than on `here`:
 * *out is made of the facts, and *why describes the contradiction. If there is
 * none, *why is NULL and *out unchanged.
 */
int pfg_workspace_profile_said(struct pfg_profile *out, const char **why,
                               const struct pfg_context *context,
                               const struct pfg_profile *here,
                               const struct pfg_fact *facts, size_t n,
                               const char *config, struct pfg_arena *arena,
                               struct pfg_error *err);

/* The path of the configuration: `path`, or as pfg_config_find() finds it. */
int pfg_workspace_find_config(const char **out, const char *path,
                              struct pfg_arena *arena, struct pfg_error *err);

/*
 * Reads the configuration at `path`, or the one found from the working
 * directory upwards; *out is NULL if there is none.
 */
int pfg_workspace_config(struct pfg_config **out, const char *path,
                         struct pfg_error *err);

/* The database: `path`, or .perfgate/perfgate.db at the repository's root, or
 * in the working directory outside of one. On a server, a path without a
 * project gets that of the repository. */
const char *pfg_workspace_database(const char *path, struct pfg_vcs *vcs,
                                   struct pfg_arena *arena);

/* The same, if the repository is not needed otherwise. */
int pfg_workspace_find_database(const char **out, const char *path,
                                struct pfg_arena *arena, struct pfg_error *err);

/* `path` relative to the top of the work tree ("" for the top itself); NULL if
 * it is outside. */
const char *pfg_workspace_below_top(struct pfg_vcs *vcs, const char *path,
                                    struct pfg_arena *arena);

/* The short name of a revision: its name, or the first ten digits. */
const char *pfg_workspace_short_id(const struct pfg_revision *revision,
                                   struct pfg_arena *arena);

#endif
