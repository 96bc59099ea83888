#ifndef PFG_APP_PUBLISH_COMMENT_H
#define PFG_APP_PUBLISH_COMMENT_H

#include "app/input/context.h"
#include "app/publish/combine.h"
#include "app/publish/comment_place.h"
#include "model/report.h"

/*
 * Reports on a pull request: the one comment, and the status of its head.
 * What is not given comes from the CI around us (ci.h); the token from
 * PERFGATE_TOKEN, the forge's own variables or a file, never from a command
 * line.
 */
struct pfg_comment_options {
    struct pfg_comment_target target;
    const char *id;     /* of several gates in one repository; NULL */
    const char *part;   /* of a gate that several jobs share; NULL */
    const char *failed; /* no report: why nothing was measured; NULL */
    const char *status; /* set it, by this name; "": by the id; NULL: no */
    bool no_comment;    /* the status alone */
    bool only_on_change;
    bool keep;       /* what was said of earlier heads, folded */
    bool require;    /* what cannot be posted for want of rights is an error */
    bool check_head; /* refuse a report of another commit */
};

/* Whether all that was given has the form it must have, before any work.
 * PFG_USAGE. */
int pfg_comment_check(const struct pfg_comment_options *options,
                      struct pfg_error *err);

/*
 * Posts; with options->failed `n` is 0. A comment about another commit than the
 * request's head is not written, and a note says so: the job of an older push
 * may end last. What was done goes to the context's err, a line each. Outside
 * of a pull request, or where the CI gives the jobs of forks no right to write,
 * a note or a warning says so and all is well, unless options->require. All
 * else that fails is an error: PFG_USAGE where something is missing or does
 * not fit, PFG_SYSTEM from the forge. With dry_run the comment goes to the
 * context's out, and nothing anywhere else.
 */
int pfg_comment_post(const struct pfg_context *context,
                     const struct pfg_named_report *reports, size_t n,
                     const struct pfg_comment_options *options,
                     struct pfg_error *err);

#endif
