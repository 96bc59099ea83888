#ifndef PFG_APP_PUBLISH_COMMENT_PLACE_H
#define PFG_APP_PUBLISH_COMMENT_PLACE_H

#include <stdbool.h>

#include "app/input/ci.h"
#include "app/input/context.h"
#include "forge/forge.h"

/* What was said of that; what was not (NULL) comes from the CI around us. */
struct pfg_comment_target {
    const char *forge;      /* "github" */
    const char *repository; /* "owner/name" */
    const char *number;     /* of the pull request */
    const char *sha;        /* of its head, all digits */
    const char *api_url;
    const char *token_file;
    const char *report_url; /* where the whole report is */
    bool dry_run;           /* nothing is posted */
};

/* Where a comment goes, who posts it and what is known of both. */
struct pfg_comment_place {
    struct pfg_ci ci;
    const struct pfg_forge *forge;
    struct pfg_forge_place at;
    const char *token; /* NULL: none was found */
    /* The CI gives this job no right to write: a fork's pull request, or
     * Dependabot's. */
    bool read_only;
    /* Of a workflow that another one, or a comment, set off: the report is of
     * code that nobody has reviewed. */
    bool untrusted;
    const char *url; /* of the report or the run; NULL */
};

/* PFG_USAGE where it cannot be known, with the option that says it. A number
 * or a commit that is missing is none: at.number is 0, at.sha "". */
int pfg_comment_place(struct pfg_comment_place *out,
                      const struct pfg_context *context,
                      const struct pfg_comment_target *target,
                      struct pfg_arena *arena, struct pfg_error *err);

/* What to do about a number that is missing. Always -1. */
int pfg_comment_no_number(const struct pfg_comment_place *place,
                          struct pfg_error *err);

/* What to do about a token that is missing. Always -1. */
int pfg_comment_no_token(const struct pfg_comment_place *place,
                         struct pfg_error *err);

/* A connection to the place's forge, that says on the context's err what it
 * waits for. The arena outlives it. */
int pfg_comment_connect(struct pfg_http **out,
                        const struct pfg_context *context,
                        const struct pfg_comment_place *place,
                        struct pfg_arena *arena, struct pfg_error *err);

/* What to do about a request that failed, as a hint: -1; 0 where it did not.
 * `target` is what the forge may not have. */
int pfg_comment_explain(const struct pfg_comment_place *place,
                        enum pfg_http_result result, const char *target,
                        struct pfg_error *err);

/* Time-outs and pauses, from the environment: PERFGATE_HTTP_TIMEOUT_MS and
 * its like. PFG_USAGE. */
int pfg_comment_limits(struct pfg_http_limits *out,
                       const struct pfg_context *context,
                       struct pfg_error *err);

#endif
