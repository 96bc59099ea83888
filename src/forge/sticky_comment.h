#ifndef PFG_FORGE_STICKY_COMMENT_H
#define PFG_FORGE_STICKY_COMMENT_H

#include "forge/forge.h"

/*
 * Our one comment on a pull request, recognized by a marker at its beginning
 * and by its author: comments of others are never touched, whatever their text.
 * If two jobs create it at the same time, both look again and leave the older
 * one.
 */
struct pfg_forge_wish {
    const char *marker; /* "<!-- perfgate:ID -->" */
    const char *body;   /* the text; begins with the marker */
    /* The text for an earlier comment if none is to be created; or NULL. */
    const char *only_update;
    /* Joins our earlier comment and the text above, in the arena; NULL: the
     * text replaces it. */
    const char *(*joined)(const char *earlier, const char *text,
                          struct pfg_arena *arena);
};

/* The current head of the place's request, in the arena; "" if the forge does
 * not tell, or does not let this token know. */
enum pfg_http_result pfg_forge_head(const char **out,
                                    const struct pfg_forge_session *session,
                                    struct pfg_error *err);

/* Finds the open request of `branch`, "owner:branch", whose head is the place's
 * commit; 0: there is none. The forge must list `requests`. */
enum pfg_http_result pfg_forge_find_request(
    uint64_t *out, const struct pfg_forge_session *session, const char *branch,
    struct pfg_error *err);

enum pfg_forge_done {
    PFG_FORGE_NOTHING, /* there was none, and none was to be created */
    PFG_FORGE_CREATED,
    PFG_FORGE_UPDATED,
    PFG_FORGE_SAME, /* it was up to date */
};

/* Creates or updates the comment. On a failure the caller decides by the
 * forge's answer. */
enum pfg_http_result pfg_forge_comment(enum pfg_forge_done *out,
                                       const struct pfg_forge_session *session,
                                       const struct pfg_forge_wish *wish,
                                       struct pfg_error *err);

#endif
