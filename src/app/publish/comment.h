#ifndef PFG_APP_PUBLISH_COMMENT_H
#define PFG_APP_PUBLISH_COMMENT_H

#include "app/input/context.h"
#include "app/publish/combine.h"
#include "app/publish/comment_place.h"
#include "model/report.h"

/*
 * Reports on a pull request: one comment, and the status of its head. Missing
 * settings come from the CI (ci.h), the token from PERFGATE_TOKEN, the forge's
 * own variables or a file, never from the command line.
 */
struct pfg_comment_options {
    struct pfg_comment_target target;
    const char *id;     /* tells several gates in one repository apart; NULL */
    const char *part;   /* the job's part of a gate that several jobs share;
                           NULL */
    const char *failed; /* why there is no report; NULL: there is one */
    const char *status; /* the name of the status; "": the id; NULL: set none */
    bool no_comment;    /* set only the status */
    bool only_on_change;
    bool keep;       /* keep the headings of earlier reports, folded */
    bool require;    /* missing rights are an error */
    bool check_head; /* refuse a report about another commit */
};

/* Checks the form of all options before any work. PFG_USAGE. */
int pfg_comment_check(const struct pfg_comment_options *options,
                      struct pfg_error *err);

/*
 * Posts the reports; with options->failed `n` is 0. If the pull request's head
 * is another commit by now, no comment is written and a note says so: the job
 * of an older push may end last. Actions are listed on the context's err.
 * Outside of a pull request, and if the CI does not let this job write, a note
 * or a warning says so and it succeeds, unless options->require. All other
 * failures are errors: PFG_USAGE for missing or inconsistent options,
 * PFG_SYSTEM from the forge. With dry_run the comment is only printed to the
 * context's out.
 */
int pfg_comment_post(const struct pfg_context *context,
                     const struct pfg_named_report *reports, size_t n,
                     const struct pfg_comment_options *options,
                     struct pfg_error *err);

#endif
