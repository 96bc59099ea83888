#ifndef PFG_APP_EVALUATE_REPORT_CHECKS_H
#define PFG_APP_EVALUATE_REPORT_CHECKS_H

#include "config/config.h"
#include "model/report.h"

/* A report against what it was asked for, when all sections are in. */

/* A limit that can never be reached, a budget or ratio that cannot be judged:
 * PFG_USAGE. */
int pfg_report_check(const struct pfg_report *report, struct pfg_error *err);

/* Warns of rules and ratios of the configuration that matched nothing. */
void pfg_report_warn_unused(struct pfg_report *report,
                            const struct pfg_config *config);

/* Warns of benchmarks that have no base, where the policy says so. */
void pfg_report_warn_new(struct pfg_report *report,
                         const struct pfg_policy *policy);

#endif
