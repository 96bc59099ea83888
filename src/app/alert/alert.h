#ifndef PFG_APP_ALERT_ALERT_H
#define PFG_APP_ALERT_ALERT_H

#include "app/publish/comment_place.h"
#include "model/trend.h"

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

#endif
