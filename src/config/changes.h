#ifndef PFG_CONFIG_CHANGES_H
#define PFG_CONFIG_CHANGES_H

#include "config/config.h"
#include "model/report.h"

/*
 * All keys in which two configurations differ, in the order of the table of
 * keys, which makes sure that none is forgotten. NULL is a configuration that
 * does not exist: the defaults. Different spellings of one value, reasons and
 * comments are not changes. What a rule does to a benchmark depends on the
 * other rules: the limits of the rows say it. The texts are in the arena.
 */
void pfg_config_changes(struct pfg_report_policy_change **out, size_t *n,
                        const struct pfg_config *base,
                        const struct pfg_config *head, struct pfg_arena *arena);

#endif
