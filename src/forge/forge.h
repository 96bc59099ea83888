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
 * A service for code review. To add one, describe its addresses and answers in
 * forges.c. What all have in common, such as finding, creating and updating the
 * one comment, is in sticky_comment.h.
 */
struct pfg_forge;

/* A pull request or commit. Strings are never NULL; "" is unknown. */
struct pfg_forge_place {
    const char *api_url;    /* no slash at its end */
    const char *repository; /* "owner/name" */
    const char *project_id; /* GitLab's number of the project */
    uint64_t number;        /* of the pull request; 0: unknown */
    const char *sha;        /* of its head, in full */
};

/* A connection to one forge for one place. */
struct pfg_forge_session {
    const struct pfg_forge *forge;
    const struct pfg_forge_place *place;
    struct pfg_http *http;
    struct pfg_arena *arena; /* owns the answers */
};

enum pfg_conclusion {
    PFG_CONCLUDES_SUCCESS,
    PFG_CONCLUDES_FAILURE,
    PFG_CONCLUDES_NEUTRAL, /* no objection; the title says why */
};

struct pfg_forge_status {
    const char *name; /* constant, so that rules can name it */
    enum pfg_conclusion conclusion;
    const char *title;   /* plain text, one line */
    const char *summary; /* Markdown, at most 65,535 bytes */
    const char *url;     /* address of the full report or the run; NULL */
};

/* The JSON of a forge's issues: names of members and their values. */
struct pfg_forge_issue_words {
    const char *number, *body;    /* "number", "body" */
    const char *state;            /* the member that sets it, "state" */
    const char *open, *close;     /* the values for "open" and "closed" */
    const char *size;             /* parameter for the size of a page,
                                     "per_page" */
    const char *listing;          /* parameters for all issues, "&state=all" */
    const char *by_login, *by_id; /* parameters for one author; NULL: none */
    const char *page; /* web page of one, below the repository's, "/issues/" */
};

struct pfg_forge {
    const char *name;          /* "github", as in --forge */
    const char *title;         /* "GitHub" */
    const char *request;       /* "pull request" */
    const char *api_url;       /* of the public server; NULL: there is none */
    const char *const *tokens; /* environment variables, ended by NULL */
    const char *authorization; /* the header's text before the token */
    const char *const *headers;
    const char *permission; /* that the token needs, for a hint */
    size_t page_size;       /* 0: all comments come at once */
    const char *listing;    /* more parameters for the list; "" */
    const char *update;     /* the method of an update */

    /* Addresses, see pfg_forge_path(). */
    const char *comments; /* of a request; new ones are posted there */
    const char *comment;  /* one comment */
    const char *issues;   /* the list; one issue is below it */
    const char *statuses; /* those of a commit */
    const char *requests; /* NULL: the requests of a branch cannot be listed */
    const char *request_path;
    const char *head; /* the member of a request with the head's `sha`; NULL:
                         the request itself */

    struct pfg_forge_issue_words issue;
    const char *failure; /* the value for a failed commit, "failure" */
    size_t title_most;   /* maximum number of characters of the title */
    bool check_runs;     /* apps set check runs */
};

/* All forges, ended by a NULL name. */
extern const struct pfg_forge pfg_forges[];

const struct pfg_forge *pfg_forge_find(const char *name); /* or NULL */

/* Fills in one of a forge's addresses: {repo}, {project} (GitLab's number, else
 * the repository as one part of an address), {number}, {sha}, and the `id` of a
 * comment (NULL: there is none in it). In the arena. */
const char *pfg_forge_path(const struct pfg_forge_place *place,
                           const char *address, const char *id,
                           struct pfg_arena *arena);

/* The digits of a number in an answer, in the arena; "" for other values. */
const char *pfg_forge_digits(const struct pfg_json_document *document,
                             const struct pfg_json_value *value,
                             struct pfg_arena *arena);

/* Whether it is a repository that may be used in an address: "owner/name";
 * GitLab's may have more parts. */
bool pfg_forge_is_repository(const char *text);
/* Whether it is a whole commit id: 40 or 64 lower-case hex digits. */
bool pfg_forge_is_sha(const char *text);

/* Sets the status of the place's commit; *how is then "check run" or "commit
 * status". */
enum pfg_http_result pfg_forge_put_status(
    const char **how, const struct pfg_forge_session *session,
    const struct pfg_forge_status *status, struct pfg_error *err);

#endif
