#ifndef PFG_APP_INPUT_CI_H
#define PFG_APP_INPUT_CI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/input/context.h"

struct pfg_arena;

/*
 * What the CI says about the change under test. This is the only place that
 * reads its variables and its event file: of GitHub (and Enterprise), of Gitea
 * and Forgejo, which use GitHub's names, and of GitLab.
 *
 * Strings are never NULL; "" means absent or invalid (a commit without hex
 * digits, a repository with blanks). Labels and branch names were chosen by
 * people: they are limited in length and never trusted.
 */
struct pfg_ci {
    const char *forge;      /* "github", "gitlab", "gitea"; "" : no known CI */
    const char *api_url;    /* without a slash at the end */
    const char *server_url; /* without a slash at the end */
    const char *repository; /* "owner/name" of the target */
    const char *project_id; /* GitLab's number of the project */
    const char *event;      /* the CI's word: "pull_request", "push" */
    const char *run_url;    /* the page of this run */

    bool pull_request;    /* the event is about one, or a merge request */
    uint64_t pull_number; /* 0: unknown */
    const char *head_sha; /* of the pull request, else of the push */
    const char *base_sha; /* GitHub: the base branch's tip when the event
                             occurred; GitLab: where the change branched off */
    const char *base_branch;
    const char *head_label; /* GitHub, in a workflow that another run started:
                               that run's "owner:branch" */
    bool is_fork; /* the head is in another repository than the base */
    const char *const *labels;
    size_t n_labels;

    const char *trouble; /* why something is missing, a sentence for a warning;
                            "" : nothing is */
};

#define PFG_CI_LABELS_MAX 100
#define PFG_CI_LABEL_MAX  256 /* bytes */

/* Reads it into the arena. Can't fail; see `trouble`. */
void pfg_ci_read(struct pfg_ci *out, const struct pfg_context *context,
                 struct pfg_arena *arena);

#endif
