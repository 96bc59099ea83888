#ifndef PFG_APP_ALERT_CAUSE_H
#define PFG_APP_ALERT_CAUSE_H

#include "base/vec.h"
#include "model/trend.h"

/* What an alert is about: changes for the worse that may have come with the
 * same commit. */
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

#endif
