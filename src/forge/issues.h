#ifndef PFG_FORGE_ISSUES_H
#define PFG_FORGE_ISSUES_H

#include "forge/forge.h"

/* Our issues in a repository: those whose text begins with a marker and that
 * the token's owner wrote. Issues of others are never touched. */

struct pfg_forge_issue {
    const char *number; /* digits */
    const char *body;
    bool open;
};

/* Finds all of them, open or closed, oldest first; in the arena. */
enum pfg_http_result pfg_forge_find_issues(
    struct pfg_forge_issue **out, size_t *n,
    const struct pfg_forge_session *session, const char *marker,
    struct pfg_error *err);

/* Creates an issue, or changes the one with the number; NULL texts stay.
 * *number of a new one is in the arena, "" if the forge did not tell it. */
struct pfg_forge_issue_text {
    const char *title, *body;
    bool close, reopen;
};
enum pfg_http_result pfg_forge_put_issue(
    const char **number, const struct pfg_forge_session *session,
    const struct pfg_forge_issue_text *text, struct pfg_error *err);

#endif
