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
 * Where code is reviewed. To add one: an entry in forges.c, which says how its
 * addresses and answers look. What they have in common, finding the one
 * comment, creating, updating, is sticky_comment.h.
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
    const char *page; /* of one, below the repository's, "/issues/" */
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

    /* Addresses, see pfg_forge_path(). */
    const char *comments; /* of a request, where they are created, too */
    const char *comment;  /* one of them */
    const char *issues;   /* one is below it */
    const char *statuses; /* of a commit */
    const char *requests; /* NULL: those of a branch cannot be listed */
    const char *request_path;
    const char *head; /* the member of a request that has the head's `sha`;
                         NULL: the request has it */

    struct pfg_forge_issue_words issue;
    const char *failure; /* the state of a commit, "failure" */
    size_t title_most;   /* characters of its words */
    bool check_runs;     /* an app's status is a check run */
};

/* All of them, ended by a NULL name. */
extern const struct pfg_forge pfg_forges[];

const struct pfg_forge *pfg_forge_find(const char *name); /* or NULL */

/* One of a forge's addresses with what is known of a place: {repo}, {project}
 * (GitLab's number of it, else the repository as one part of an address),
 * {number}, {sha}, and the `id` of a comment (NULL: none is in it). In the
 * arena. */
const char *pfg_forge_path(const struct pfg_forge_place *place,
                           const char *address, const char *id,
                           struct pfg_arena *arena);

/* The digits of a number in an answer, in the arena; "" for anything else. */
const char *pfg_forge_digits(const struct pfg_json_document *document,
                             const struct pfg_json_value *value,
                             struct pfg_arena *arena);

/* A repository that may stand in an address: "owner/name", GitLab's may have
 * more parts. */
bool pfg_forge_is_repository(const char *text);
/* All digits of a commit's id: 40 or 64, in small letters. */
bool pfg_forge_is_sha(const char *text);

/* Sets the status of the place's commit; *how is then what it became, "check
 * run" or "commit status". */
enum pfg_http_result pfg_forge_put_status(
    const char **how, const struct pfg_forge_session *session,
    const struct pfg_forge_status *status, struct pfg_error *err);

#endif
