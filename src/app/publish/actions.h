#ifndef PFG_APP_PUBLISH_ACTIONS_H
#define PFG_APP_PUBLISH_ACTIONS_H

#include "app/publish/publish.h"

/*
 * Publishes to GitHub Actions and compatible CIs: the summary (the Markdown
 * report, appended to $GITHUB_STEP_SUMMARY, whose limit is 1 MiB), annotations
 * (on stdout, or on stderr if a report uses stdout; the runner reads both), and
 * the step's outputs `verdict`, `regressions` and `report` in $GITHUB_OUTPUT.
 * The last one is the first HTML file among the destinations, else the first
 * file.
 *
 * Elsewhere it warns and does nothing. PFG_SYSTEM if a file cannot be written.
 */
int pfg_actions_publish(const struct pfg_context *context,
                        const struct pfg_report *report,
                        const struct pfg_destination *destinations, size_t n,
                        const struct pfg_render_options *options,
                        struct pfg_error *err);

#endif
