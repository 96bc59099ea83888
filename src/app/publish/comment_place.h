#ifndef PFG_APP_PUBLISH_COMMENT_PLACE_H
#define PFG_APP_PUBLISH_COMMENT_PLACE_H

#include <stdbool.h>

#include "app/input/ci.h"
#include "app/input/context.h"
#include "forge/forge.h"

/* The user's settings; those that are NULL come from the CI. */
struct pfg_comment_target {
    const char *forge;      /* "github" */
    const char *repository; /* "owner/name" */
    const char *number;     /* of the pull request */
    const char *sha;        /* of its head, in full */
    const char *api_url;
    const char *token_file;
    const char *report_url; /* address of the whole report */
    bool dry_run;           /* post nothing */
};

/* The place of a comment, and who posts it. */
struct pfg_comment_place {
    struct pfg_ci ci;
    const struct pfg_forge *forge;
    struct pfg_forge_place at;
    const char *token; /* NULL: there is none */
    /* The CI does not let this job write: it is for a pull request by a fork or
     * by Dependabot. */
    bool read_only;
    /* The job was started by another workflow or a comment: the report is about
     * code that nobody has reviewed. */
    bool untrusted;
    const char *url; /* address of the report or the run; NULL */
};

/* Finds the place. PFG_USAGE with the missing option if that is not possible. A
 * missing number or commit is no error: at.number is 0, at.sha "". */
int pfg_comment_place(struct pfg_comment_place *out,
                      const struct pfg_context *context,
                      const struct pfg_comment_target *target,
                      struct pfg_arena *arena, struct pfg_error *err);

/* Reports a missing number. Always -1. */
int pfg_comment_no_number(const struct pfg_comment_place *place,
                          struct pfg_error *err);

/* Reports a missing token. Always -1. */
int pfg_comment_no_token(const struct pfg_comment_place *place,
                         struct pfg_error *err);

/* Connects to the place's forge. Waiting is announced on the context's err. The
 * arena must outlive the connection. */
int pfg_comment_connect(struct pfg_http **out,
                        const struct pfg_context *context,
                        const struct pfg_comment_place *place,
                        struct pfg_arena *arena, struct pfg_error *err);

/* Adds a hint about a failed request and returns -1; 0 if it succeeded.
 * `target` is what the forge may lack. */
int pfg_comment_explain(const struct pfg_comment_place *place,
                        enum pfg_http_result result, const char *target,
                        struct pfg_error *err);

/* Reads time-outs and pauses from the environment: PERFGATE_HTTP_TIMEOUT_MS and
 * others. PFG_USAGE. */
int pfg_comment_limits(struct pfg_http_limits *out,
                       const struct pfg_context *context,
                       struct pfg_error *err);

#endif
