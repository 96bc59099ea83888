#ifndef PFG_APP_INPUT_CI_H
#define PFG_APP_INPUT_CI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/input/context.h"

struct pfg_arena;

/*
 * What the CI around this process says of the change under test: the one
 * place that reads its variables and its event file. GitHub (and Enterprise),
 * Gitea and Forgejo (which take over GitHub's names), GitLab.
 *
 * Strings are never NULL; "" is what was not said, or was said in a way that
 * cannot be (a commit without hex digits, a repository with blanks). Labels
 * and branch names were chosen by people: they are cut, never trusted.
 */
struct pfg_ci {
    const char *forge;      /* "github", "gitlab", "gitea"; "" : no CI known */
    const char *api_url;    /* no slash at its end */
    const char *server_url; /* the same */
    const char *repository; /* "owner/name", of the pull request's target */
    const char *project_id; /* GitLab's number of it */
    const char *event;      /* "pull_request", "push", the CI's own word */
    const char *run_url;    /* of this run's page */

    bool pull_request;    /* (or merge request) the event is about one */
    uint64_t pull_number; /* 0: not said */
    const char *head_sha; /* of the pull request, else what was pushed */
    const char *base_sha; /* GitHub: the base branch's tip when the event came;
                             GitLab: where the change branched off */
    const char *base_branch;
    const char *head_label; /* GitHub, of a run that set this one off: whose
                               branch, "owner:branch" */
    bool is_fork; /* the head lives in another repository than the base */
    const char *const *labels;
    size_t n_labels;

    const char *trouble; /* why less is known than there should be, a sentence
                            for a warning; "" */
};

#define PFG_CI_LABELS_MAX 100
#define PFG_CI_LABEL_MAX  256 /* bytes */

/* In the arena; can't fail: see `trouble`. */
void pfg_ci_read(struct pfg_ci *out, const struct pfg_context *context,
                 struct pfg_arena *arena);

#endif
