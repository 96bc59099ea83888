#ifndef PFG_FORGE_LIST_H
#define PFG_FORGE_LIST_H

#include "forge/forge.h"

/* What comments and issues have in common: long lists, of which some entries
 * are ours. Inside this folder only. */

struct pfg_forge_list {
    const char *of; /* "comments" */
    const char *path;
    const char *size_name;     /* the parameter, "per_page" */
    size_t size;               /* 0: all at once */
    const char *more;          /* further parameters, "&sort=asc"; "" */
    void (*begin)(void *self); /* before the first page, each time */
    void (*take)(void *self, const struct pfg_json_document *document,
                 const struct pfg_json_value *value);
    void *self;
};

/* Takes every entry of every page; begins again with small pages where an
 * answer is too large. */
enum pfg_http_result pfg_forge_read_list(
    const struct pfg_forge_session *session, const struct pfg_forge_list *list,
    struct pfg_error *err);

/* Who the token belongs to. The token of an app has no user: GitHub answers
 * 403, and both are "". In the arena. */
struct pfg_forge_self {
    const char *id, *login;
};
enum pfg_http_result pfg_forge_find_self(
    struct pfg_forge_self *out, const struct pfg_forge_session *session,
    struct pfg_error *err);

/* The member `text` of a comment or an issue, where it begins with the marker
 * and the token's owner wrote it; else NULL. Borrowed from the document. */
const char *pfg_forge_own_text(const struct pfg_forge_self *self,
                               const struct pfg_json_document *document,
                               const struct pfg_json_value *value,
                               const char *text, const char *marker,
                               struct pfg_arena *arena);

#endif
