#ifndef PFG_APP_PUBLISH_COMMENT_TEXT_H
#define PFG_APP_PUBLISH_COMMENT_TEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "forge/forge.h"
#include "model/report.h"

/* A report in the words of a comment and of a status. */

/* Forges refuse comments of more than 65,536 characters. */
#define PFG_COMMENT_MOST 65536

struct pfg_comment_text {
    const char *marker; /* "<!-- perfgate:ID -->", of a part
                           "<!-- perfgate:ID:PART -->" */
    const char *body;   /* begins with it */
    const char *fixed;  /* the same where an earlier one is all there is to
                           change */
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

/* `text` and, folded at its end, the headings of `earlier`, the comment that it
 * replaces, and of those that one keeps: the newest twenty, a commit each. In
 * the arena. */
const char *pfg_comment_keep(const char *earlier, const char *text,
                             struct pfg_arena *arena);

/* What the gate's outcome is to whoever waits for it. Without a base, with
 * changes that are not confirmed, or where the gate could not have seen its
 * own limit it is neutral; so is a pass that untrusted code reports. */
enum pfg_conclusion pfg_comment_conclusion(const struct pfg_report *report,
                                           bool untrusted);

/* One line, at most 250 bytes. */
const char *pfg_comment_title(const struct pfg_report *report, bool untrusted,
                              struct pfg_arena *arena);

/* Whether there is nothing to tell: nothing fails, nothing wants a look. */
bool pfg_comment_is_clean(const struct pfg_report *report);

#endif
