#ifndef PFG_APP_PUBLISH_ACTIONS_H
#define PFG_APP_PUBLISH_ACTIONS_H

#include "app/publish/publish.h"

/*
 * What GitHub Actions, and those that took it over, show of a job: the
 * summary (the Markdown report, appended to $GITHUB_STEP_SUMMARY, whose limit
 * is 1 MiB), annotations (on stdout, or on stderr where a report has stdout
 * for itself: the runner reads both), and the outputs `verdict`,
 * `regressions` and `report` of the step in $GITHUB_OUTPUT, the last one the
 * first HTML or else first file among the destinations.
 *
 * Elsewhere it warns and does nothing. PFG_SYSTEM where a file cannot be
 * written.
 */
int pfg_actions_publish(const struct pfg_context *context,
                        const struct pfg_report *report,
                        const struct pfg_destination *destinations, size_t n,
                        const struct pfg_render_options *options,
                        struct pfg_error *err);

#endif
