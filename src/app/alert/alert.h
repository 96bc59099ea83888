#ifndef PFG_APP_ALERT_ALERT_H
#define PFG_APP_ALERT_ALERT_H

#include "app/publish/comment_place.h"
#include "model/history.h"

struct pfg_alert_options {
    struct pfg_comment_target target;
    const char *id;      /* tells several gates in one repository apart */
    size_t most;         /* new issues in one run */
    const char *webhook; /* the address to post news to; NULL: none */
};

/*
 * Keeps issues about lasting regressions in a judged trend: one for each cause,
 * recognized by a hidden marker, updated, and closed when the cause is accepted
 * or gone. Issues that a person closed stay closed. If there are more than
 * `most` new causes, the smaller ones share an issue. A cause with an issue of
 * another hardware gets no second one. With target.dry_run the issues are
 * printed to the context's out, as if none existed. PFG_USAGE for missing
 * settings, PFG_SYSTEM for errors of the forge.
 */
int pfg_alert(const struct pfg_context *context, const struct pfg_trend *trend,
              const struct pfg_alert_options *options, struct pfg_error *err);

/* ---- causes ---- */

/* Regressions that may have the same commit. */
struct pfg_cause {
    const struct pfg_trend_change **changes; /* largest first */
    size_t n;
    bool drift;
    size_t first, last; /* the commits that may have caused it */
};

struct pfg_causes {
    struct pfg_cause *at;
    size_t n;
};

/* The causes of the changes that fail, largest first; in the history's arena.
 */
struct pfg_causes pfg_causes_of(const struct pfg_trend *trend);

/* Whether a change of that kind, once reported for this commit, has this cause.
 * More results may move a step by a version or two, and the start of a drift
 * further. */
bool pfg_cause_is(const struct pfg_cause *cause, bool drift, size_t commit);
bool pfg_change_is(const struct pfg_trend_change *change, bool drift,
                   size_t commit);

/* ---- texts, in the arena ---- */

/* The beginning of the marker in issues of one gate. The hardware and a word
 * for each cause follow. */
const char *pfg_alert_marker(const char *id, struct pfg_arena *arena);

/* "Worse: core/sort time +8.2% since 3fa2b1c0de", "... and 2 more". */
const char *pfg_alert_title(const struct pfg_trend *trend,
                            const struct pfg_cause *causes, size_t n,
                            struct pfg_arena *arena);

/* The text of an issue in Markdown, with the marker and its causes. */
const char *pfg_alert_body(const struct pfg_trend *trend, const char *id,
                           const struct pfg_cause *causes, size_t n,
                           struct pfg_arena *arena);

/* Reads the marker in a body: the hardware and one cause. 1 while there is
 * another; `rest` is the whole body at first. */
struct pfg_alert_covered {
    struct pfg_slice hardware, id;
    bool drift;
};
int pfg_alert_covers(struct pfg_alert_covered *out, struct pfg_slice *rest);

/* Adds to a body why the issue was closed; or tells whether it says so. */
const char *pfg_alert_closed(const char *body, const char *why,
                             struct pfg_arena *arena);
bool pfg_alert_is_closed(const char *body);

/* Posts text to an address of Slack, Mattermost or Teams as {"text": ...}; to
 * Teams' workflows as a message with an adaptive card. The address is a secret
 * and appears in no message. */
int pfg_webhook_send(const struct pfg_context *context, const char *url,
                     const char *text, struct pfg_arena *arena,
                     struct pfg_error *err);

#endif
