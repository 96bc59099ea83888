#ifndef PFG_CONFIG_CHANGES_H
#define PFG_CONFIG_CHANGES_H

#include "config/config.h"
#include "model/report.h"

/*
 * What `head` says otherwise than `base`, key by key, in the order of the
 * table and then of the files; by the table, so that no key is forgotten. NULL
 * is the configuration that is not there: the defaults. What is written
 * otherwise and means the same (order of what does not depend on it, reasons,
 * comments) is not a change. The texts are the arena's.
 */
void pfg_config_changes(struct pfg_report_policy_change **out, size_t *n,
                        const struct pfg_config *base,
                        const struct pfg_config *head, struct pfg_arena *arena);

/* Whether a bound in place of another (NULL: none) lets more pass, or less. */
enum pfg_policy_effect pfg_config_bound_effect(const struct pfg_bound *from,
                                               const struct pfg_bound *to);

#endif
