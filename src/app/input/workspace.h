#ifndef PFG_APP_INPUT_WORKSPACE_H
#define PFG_APP_INPUT_WORKSPACE_H

#include "app/input/context.h"
#include "config/config.h"
#include "model/run.h"
#include "vcs/vcs.h"

/* Where and on what this happens: the commit under test and the machine. */

/* The repository around the working directory, or NULL. */
int pfg_workspace_open_vcs(struct pfg_vcs **out, struct pfg_error *err);

/* The pull request's head, for pfg_vcs_resolve(): HEAD may be a merge made
 * for the test. */
struct pfg_vcs_hint pfg_workspace_hint(const struct pfg_context *context,
                                       struct pfg_arena *arena);

/*
 * The revision that results belong to. `spec` may be any string: a revision
 * that git knows, or else a name (a deployed version, a build); NULL: the
 * commit under test, with what CI says about it (the event file of GitHub,
 * variables of GitLab). Outside a repository a name is required: PFG_USAGE.
 */
int pfg_workspace_revision(struct pfg_revision *out,
                           const struct pfg_context *context,
                           struct pfg_vcs *vcs, const char *spec,
                           struct pfg_arena *arena, struct pfg_error *err);

/*
 * The same for what results are stored under: what --commit says, or NULL.
 * `results` are their files and folders, which make no tree dirty. An empty
 * word is PFG_USAGE: a variable that is not set. One that looks like a
 * revision, and that git does not know, is a name with a warning.
 */
int pfg_workspace_commit(struct pfg_revision *out,
                         const struct pfg_context *context, struct pfg_vcs *vcs,
                         const char *spec, const char *const *results,
                         size_t n_results, struct pfg_arena *arena,
                         struct pfg_error *err);

/* This machine's profile; `name` as by --hardware, or NULL: named by the rules
 * of the configuration at `config` (NULL: found), else by what it is. */
int pfg_workspace_profile(struct pfg_profile *out,
                          const struct pfg_context *context, const char *name,
                          const char *config, struct pfg_arena *arena,
                          struct pfg_error *err);

/*
 * The profile of what says that it was measured elsewhere than on `here`:
 * *out is made of what the facts say, *why is the contradiction in words, and
 * NULL, with *out as it was, where there is none.
 */
int pfg_workspace_profile_said(struct pfg_profile *out, const char **why,
                               const struct pfg_context *context,
                               const struct pfg_profile *here,
                               const struct pfg_fact *facts, size_t n,
                               const char *config, struct pfg_arena *arena,
                               struct pfg_error *err);

/* Where the configuration is: `path`, or as pfg_config_find() says. */
int pfg_workspace_find_config(const char **out, const char *path,
                              struct pfg_arena *arena, struct pfg_error *err);

/*
 * The configuration: `path`, or what is found from the working directory
 * upwards; *out is NULL where there is none.
 */
int pfg_workspace_config(struct pfg_config **out, const char *path,
                         struct pfg_error *err);

/* The database: `path`, or .perfgate/perfgate.db at the repository's root,
 * or in the working directory outside of one. On a server, where the path names
 * no project, that of the repository. */
const char *pfg_workspace_database(const char *path, struct pfg_vcs *vcs,
                                   struct pfg_arena *arena);

/* The same for whom the repository is of no other use. */
int pfg_workspace_find_database(const char **out, const char *path,
                                struct pfg_arena *arena, struct pfg_error *err);

/* `path` relative to the top of the work tree ("" for the top itself); NULL
 * where it is not below that. */
const char *pfg_workspace_below_top(struct pfg_vcs *vcs, const char *path,
                                    struct pfg_arena *arena);

/* What people call a revision: its name, or the first ten digits. */
const char *pfg_workspace_short_id(const struct pfg_revision *revision,
                                   struct pfg_arena *arena);

#endif
