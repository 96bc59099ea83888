#ifndef PFG_APP_ALERT_WEBHOOK_H
#define PFG_APP_ALERT_WEBHOOK_H

#include "app/input/context.h"
#include "base/arena.h"

/* Posts text to an address of Slack, Mattermost or Teams: {"text": ...}, and to
 * Teams' workflows a message with an adaptive card. The address is a secret,
 * and appears in no message. */
int pfg_webhook_send(const struct pfg_context *context, const char *url,
                     const char *text, struct pfg_arena *arena,
                     struct pfg_error *err);

#endif
