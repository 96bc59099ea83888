#ifndef PFG_APP_ALERT_ALERT_H
#define PFG_APP_ALERT_ALERT_H

#include "app/publish/comment_place.h"
#include "model/history.h"

struct pfg_alert_options {
    struct pfg_comment_target target;
    const char *id;      /* of several gates in one repository */
    size_t most;         /* new issues a run */
    const char *webhook; /* an address that is told what is new; NULL */
};

/*
 * Issues for what got worse for good in a trend that was judged: one for each
 * cause, found again by a hidden marker, updated, and closed when the cause is
 * accepted or gone. What a person closed stays closed. Of more than `most` new
 * causes the smaller ones share an issue. A cause that another hardware's issue
 * tells of gets none. With target.dry_run the issues go to the context's out,
 * as if there were none yet. What was done goes to the context's err.
 */
int pfg_alert(const struct pfg_context *context, const struct pfg_trend *trend,
              const struct pfg_alert_options *options, struct pfg_error *err);

/* ---- what an alert is about ---- */

/* Changes for the worse that may have come with the same commit. */
struct pfg_cause {
    const struct pfg_trend_change **changes; /* biggest first */
    size_t n;
    bool drift;
    size_t first, last; /* commits that it may have come with */
};

struct pfg_causes {
    struct pfg_cause *at;
    size_t n;
};

/* Of the changes that fail, biggest first; in the history's arena. */
struct pfg_causes pfg_causes_of(const struct pfg_trend *trend);

/* Whether a change of that kind which was once told of as coming with this
 * commit is the cause: more results move a step by a version or two, and the
 * beginning of a drift further. */
bool pfg_cause_is(const struct pfg_cause *cause, bool drift, size_t commit);
bool pfg_change_is(const struct pfg_trend_change *change, bool drift,
                   size_t commit);

/* ---- in words; in the arena ---- */

/* By which issues of one gate are found, and what follows it: the hardware, and
 * a word for each cause. */
const char *pfg_alert_marker(const char *id, struct pfg_arena *arena);

/* The commit that a cause is known by in these words. */
size_t pfg_cause_commit(const struct pfg_cause *cause);

/* "Worse: core/sort time +8.2% since 3fa2b1c0de", "... and 2 more". */
const char *pfg_alert_title(const struct pfg_trend *trend,
                            const struct pfg_cause *causes, size_t n,
                            struct pfg_arena *arena);

/* The text of an issue, in Markdown, with the marker and what it covers. */
const char *pfg_alert_body(const struct pfg_trend *trend, const char *id,
                           const struct pfg_cause *causes, size_t n,
                           struct pfg_arena *arena);

/* Of a body: of which hardware, and each cause that it covers. 1 while there is
 * one more; `rest` begins as the body. */
struct pfg_alert_covered {
    struct pfg_slice hardware, id;
    bool drift;
};
int pfg_alert_covers(struct pfg_alert_covered *out, struct pfg_slice *rest);

/* A body with why the issue was closed, and whether it has one. */
const char *pfg_alert_closed(const char *body, const char *why,
                             struct pfg_arena *arena);
bool pfg_alert_is_closed(const char *body);

/* Posts text to an address of Slack, Mattermost or Teams: {"text": ...}, and to
 * Teams' workflows a message with an adaptive card. The address is a secret,
 * and appears in no message. */
int pfg_webhook_send(const struct pfg_context *context, const char *url,
                     const char *text, struct pfg_arena *arena,
                     struct pfg_error *err);

#endif
