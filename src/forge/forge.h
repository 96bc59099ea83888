#ifndef PFG_FORGE_FORGE_H
#define PFG_FORGE_FORGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "forge/http.h"
#include "json/json.h"

/*
 * Where code is reviewed. To add one: a file here with one `const struct
 * pfg_forge` and a line in forges.h. What they have in common, finding the one
 * comment, creating, updating, is sticky_comment.h; a forge says how its
 * addresses and answers look.
 */
struct pfg_forge;

/* What is talked about. Strings are never NULL; "" is not known. */
struct pfg_forge_place {
    const char *api_url;    /* no slash at its end */
    const char *repository; /* "owner/name" */
    const char *project_id; /* GitLab's number of it */
    uint64_t number;        /* of the pull request; 0: not known */
    const char *sha;        /* of its head, all digits */
};

/* A conversation with one forge about one place. */
struct pfg_forge_session {
    const struct pfg_forge *forge;
    const struct pfg_forge_place *place;
    struct pfg_http *http;
    struct pfg_arena *arena; /* what is answered lives here */
};

/* A comment as it was read; borrowed from the document. */
struct pfg_forge_comment {
    const char *id;     /* in the arena, digits */
    const char *author; /* in the arena, digits; "" */
    const char *body;
    bool by_machine; /* written by an app, not by a person */
};

enum pfg_conclusion {
    PFG_CONCLUDES_SUCCESS,
    PFG_CONCLUDES_FAILURE,
    PFG_CONCLUDES_NEUTRAL, /* good enough to go on; the title says why */
};

struct pfg_forge_status {
    const char *name; /* it stays the same, so that rules can name it */
    enum pfg_conclusion conclusion;
    const char *title;   /* plain text, one line */
    const char *summary; /* Markdown, at most 65,535 bytes */
    const char *url;     /* of the full report or the run; NULL */
};

/* How a forge's issues look: names of members and words of theirs. */
struct pfg_forge_issue_words {
    const char *number, *body;    /* "number", "body" */
    const char *state;            /* what sets it, "state" */
    const char *open, *close;     /* to "open", "closed" */
    const char *size;             /* of a page, "per_page" */
    const char *listing;          /* of all, "&state=all" */
    const char *by_login, *by_id; /* and of one author; NULL: none */
};

struct pfg_forge {
    const char *name;          /* "github", as in --forge */
    const char *title;         /* "GitHub" */
    const char *request;       /* "pull request" */
    const char *api_url;       /* of the public one; NULL: there is none */
    const char *const *tokens; /* environment variables, ended by NULL */
    const char *authorization; /* what stands before the token in its header */
    const char *const *headers;
    const char *permission; /* what the token needs, for a hint */
    size_t page_size;       /* 0: all comments come at once */
    const char *listing;    /* further parameters of the list; "" */
    const char *update;     /* the method of an update */

    /* Where comments of the place are listed and created, and one of them.
     * In the arena. */
    const char *(*list_path)(const struct pfg_forge_place *place,
                             struct pfg_arena *arena);
    const char *(*one_path)(const struct pfg_forge_place *place, const char *id,
                            struct pfg_arena *arena);
    /* What tells of the request itself, in the arena, and the member of its
     * answer that has the head's `sha`; NULL: the answer has it. */
    const char *(*request_path)(const struct pfg_forge_place *place,
                                struct pfg_arena *arena);
    const char *head;
    /* Where requests are listed, and the further parameters for the open ones
     * of a branch, "owner:branch". In the arena; NULL: such a list cannot be
     * had. */
    const char *(*requests_path)(const struct pfg_forge_place *place,
                                 struct pfg_arena *arena);
    const char *(*of_branch)(const char *branch, struct pfg_arena *arena);
    /* Where issues are listed and created; one is below it. */
    const char *(*issues_path)(const struct pfg_forge_place *place,
                               struct pfg_arena *arena);
    struct pfg_forge_issue_words issue;
    /* False for what is no comment that somebody wrote. */
    bool (*read_comment)(struct pfg_forge_comment *out,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *value,
                         struct pfg_arena *arena);
    /* Sets the status of the place's commit; *how is then what it became,
     * "check run" or "commit status". */
    enum pfg_http_result (*put_status)(const char **how,
                                       const struct pfg_forge_session *session,
                                       const struct pfg_forge_status *status,
                                       struct pfg_error *err);
};

/* All of them, ended by NULL. */
extern const struct pfg_forge *const pfg_forges[];

const struct pfg_forge *pfg_forge_find(const char *name); /* or NULL */

/* The digits of a number in an answer, in the arena; "" for anything else. */
const char *pfg_forge_digits(const struct pfg_json_document *document,
                             const struct pfg_json_value *value,
                             struct pfg_arena *arena);

/* Where a pull request is, its comments, and one of them: GitHub's addresses,
 * which Gitea has as well. In the arena. */
const char *pfg_forge_pull_path(const struct pfg_forge_place *place,
                                struct pfg_arena *arena);
const char *pfg_forge_issues_path(const struct pfg_forge_place *place,
                                  struct pfg_arena *arena);
const char *pfg_forge_comments_path(const struct pfg_forge_place *place,
                                    struct pfg_arena *arena);
const char *pfg_forge_comment_path(const struct pfg_forge_place *place,
                                   const char *id, struct pfg_arena *arena);

/* A repository that may stand in an address: "owner/name", GitLab's may have
 * more parts. */
bool pfg_forge_is_repository(const char *text);
/* All digits of a commit's id: 40 or 64, in small letters. */
bool pfg_forge_is_sha(const char *text);

/*
 * A commit status, which all forges have in nearly one form: sends `state`,
 * the context and at most `most` characters of the title to `path`. None of
 * them knows neutral: `state` is then a success, and the words say so.
 */
enum pfg_http_result pfg_forge_put_commit_status(
    const struct pfg_forge_session *session, const char *path,
    const char *state, size_t most, const struct pfg_forge_status *status,
    struct pfg_error *err);

#endif
