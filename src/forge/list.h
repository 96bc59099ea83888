#ifndef PFG_FORGE_LIST_H
#define PFG_FORGE_LIST_H

#include "forge/forge.h"

/* Reads the long lists of comments and issues, some entries of which are ours.
 * Inside this folder only. */

struct pfg_forge_list {
    const char *of; /* "comments" */
    const char *path;
    const char *size_name;     /* the parameter for it, "per_page" */
    size_t size;               /* entries of a page; 0: all at once */
    const char *more;          /* more parameters, "&sort=asc"; "" */
    void (*begin)(void *self); /* called before each first page */
    void (*take)(void *self, const struct pfg_json_document *document,
                 const struct pfg_json_value *value);
    void *self;
};

/* Calls `take` for every entry of every page. Starts again with small pages if
 * an answer is too large. */
enum pfg_http_result pfg_forge_read_list(
    const struct pfg_forge_session *session, const struct pfg_forge_list *list,
    struct pfg_error *err);

/* The owner of the token. Both are "" for the token of an app, which has no
 * user: GitHub answers 403. In the arena. */
struct pfg_forge_self {
    const char *id, *login;
};
enum pfg_http_result pfg_forge_find_self(
    struct pfg_forge_self *out, const struct pfg_forge_session *session,
    struct pfg_error *err);

/* The member `text` of a comment or an issue if it begins with the marker and
 * the token's owner wrote it; else NULL. Borrowed from the document. */
const char *pfg_forge_own_text(const struct pfg_forge_self *self,
                               const struct pfg_json_document *document,
                               const struct pfg_json_value *value,
                               const char *text, const char *marker,
                               struct pfg_arena *arena);

#endif
