#ifndef PFG_COMPARE_ROW_TARGET_H
#define PFG_COMPARE_ROW_TARGET_H

#include <stddef.h>

#include "compare/row/row.h"
#include "model/report.h"

/*
 * Absolute limits: the budgets that rows were held against, and the ratios
 * between benchmarks of the head's own runs, which need no base.
 */
struct pfg_target_input {
    const struct pfg_row *rows; /* decided */
    size_t n_rows;
    const struct pfg_pool *head;
    const struct pfg_policy *policy;
    const char *hardware; /* the profile's name; "" : files */
    bool (*wanted)(const void *self, const struct pfg_pooled *pooled);
    const void *self;
};

/* Fills the targets of a section. */
void pfg_targets_fill(struct pfg_report_section *section,
                      const struct pfg_target_input *input,
                      struct pfg_arena *arena);

#endif
