#ifndef PFG_COMPARE_ROW_TARGET_H
#define PFG_COMPARE_ROW_TARGET_H

#include "compare/row/row.h"

/*
 * Absolute limits, which need no base: budgets of rows, and ratios between
 * benchmarks of the head's own runs.
 */
struct pfg_targets {
    const struct pfg_row *rows; /* decided */
    size_t n_rows;
    const struct pfg_pool *head;
    const struct pfg_policy *policy;
    const char *hardware; /* the profile's name; "" : files */
    struct pfg_arena *arena;
    PFG_VEC(struct pfg_report_target) list; /* for the report */
};

/* Whether a target of that severity fails the gate when it is not met. */
bool pfg_target_fails(const struct pfg_targets *t, enum pfg_severity severity);

/* ---- budget.c ---- */

/* Holds rows against their budgets, once the verdicts of thresholds are known.
 * A row over its budget gets that verdict unless it failed or regressed. */
void pfg_budgets_judge(struct pfg_row *rows, size_t n, struct pfg_arena *arena);

/* Lists the budgets of the rows, and those of rules that no series met. */
void pfg_budgets_list(struct pfg_targets *t);

/* ---- ratio.c ---- */

/* Judges and lists the ratios of the policy, and marks those that matched. */
void pfg_ratios_list(struct pfg_targets *t);

#endif
