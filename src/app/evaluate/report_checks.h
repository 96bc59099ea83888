#ifndef PFG_APP_EVALUATE_REPORT_CHECKS_H
#define PFG_APP_EVALUATE_REPORT_CHECKS_H

#include "config/config.h"
#include "model/report.h"

/* Checks of the whole report, after the last section. */

/* PFG_USAGE for a limit that can never be reached, and a budget or ratio that
 * cannot be judged. */
int pfg_report_check(const struct pfg_report *report, struct pfg_error *err);

/* Warns of rules and ratios of the configuration that matched nothing. */
void pfg_report_warn_unused(struct pfg_report *report,
                            const struct pfg_config *config);

/* Warns of benchmarks without a base if the policy asks for it. */
void pfg_report_warn_new(struct pfg_report *report,
                         const struct pfg_policy *policy);

#endif
