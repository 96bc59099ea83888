#ifndef PFG_APP_PUBLISH_COMMENT_TEXT_H
#define PFG_APP_PUBLISH_COMMENT_TEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "forge/forge.h"
#include "model/report.h"

/* A report as the text of a comment and of a status. */

/* Forges reject comments of more than 65,536 characters. */
#define PFG_COMMENT_MOST 65536

struct pfg_comment_text {
    const char *marker; /* "<!-- perfgate:ID -->", of a part
                           "<!-- perfgate:ID:PART -->" */
    const char *body;   /* begins with it */
    const char *fixed;  /* the text for updating an earlier comment only */
};

/*
 * In the arena. `part`, or NULL: each has a comment of its own, so that no job
 * overwrites what another one found, and says whose it is. `untrusted`: the
 * report was made by code that nobody has reviewed, which the text then says.
 */
int pfg_comment_text(struct pfg_comment_text *out,
                     const struct pfg_report *report, const char *id,
                     const char *part, const char *sha, const char *report_url,
                     bool untrusted, struct pfg_arena *arena,
                     struct pfg_error *err);

/* `text` with the headings of `earlier`, the comment that it replaces, folded
 * at its end, and of those that one kept: the newest twenty, one for each
 * commit. In the arena. */
const char *pfg_comment_merge(const char *earlier, const char *text,
                              struct pfg_arena *arena);

/* The conclusion for the status. It is neutral without a base, with unconfirmed
 * changes, if the gate could not have detected a change of its limit, and for a
 * pass reported by untrusted code. */
enum pfg_conclusion pfg_comment_conclusion(const struct pfg_report *report,
                                           bool untrusted);

/* One line, at most 250 bytes. */
const char *pfg_comment_title(const struct pfg_report *report, bool untrusted,
                              struct pfg_arena *arena);

/* Whether nothing fails and nothing needs attention. */
bool pfg_comment_is_clean(const struct pfg_report *report);

#endif
