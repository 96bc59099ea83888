#ifndef PFG_FORGE_STICKY_COMMENT_H
#define PFG_FORGE_STICKY_COMMENT_H

#include "forge/forge.h"

/*
 * The one comment of ours on a pull request. It is known by a marker that its
 * text begins with and by who wrote it: what somebody else wrote is never
 * touched, whatever stands in it. Two jobs that create it at the same time
 * both look again and leave the older one.
 */
struct pfg_forge_wish {
    const char *marker; /* "<!-- perfgate:ID -->" */
    const char *body;   /* begins with it */
    /* What replaces an earlier comment, where none is to be created; or
     * NULL. */
    const char *only_update;
    /* What an earlier comment of ours becomes, in the arena, of its text and
     * of the one above; NULL: just that. */
    const char *(*joined)(const char *earlier, const char *text,
                          struct pfg_arena *arena);
};

/* The head of the place's request as the forge has it now, in the arena; ""
 * where it does not say, or may not tell this token. */
enum pfg_http_result pfg_forge_head(const char **out,
                                    const struct pfg_forge_session *session,
                                    struct pfg_error *err);

/* The number of the open request of `branch`, "owner:branch", whose head is the
 * place's commit; 0: there is none. The forge lists `requests`. */
enum pfg_http_result pfg_forge_find_request(
    uint64_t *out, const struct pfg_forge_session *session, const char *branch,
    struct pfg_error *err);

enum pfg_forge_done {
    PFG_FORGE_NOTHING, /* there is none, and none was to be created */
    PFG_FORGE_CREATED,
    PFG_FORGE_UPDATED,
    PFG_FORGE_SAME, /* it says so already */
};

/* The forge's word on a failure decides what the caller makes of it. */
enum pfg_http_result pfg_forge_comment(enum pfg_forge_done *out,
                                       const struct pfg_forge_session *session,
                                       const struct pfg_forge_wish *wish,
                                       struct pfg_error *err);

#endif
