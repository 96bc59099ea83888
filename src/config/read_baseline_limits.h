#ifndef PFG_CONFIG_READ_BASELINE_LIMITS_H
#define PFG_CONFIG_READ_BASELINE_LIMITS_H

#include "config/config.h"

/*
 * The limits that a baseline file has of its own, in the words of the
 * configuration:
 *
 *     "threshold": 10,
 *     "thresholds": [ { "benchmark": "core*", "threshold": 5 } ],
 *     "targets": [ { "benchmark": "write/1000", "budget": "< 8ms" } ]
 *
 * Both lists hold rules; a target has a budget. *out has the threshold and
 * the rules of both, or is NULL where the file has none. PFG_USAGE with the
 * place. pfg_config_free() it.
 */
int pfg_config_read_baseline_limits(struct pfg_config **out, const char *path,
                                    struct pfg_error *err);
/* Reads the text of a file that is called `path`. */
int pfg_config_parse_baseline_limits(struct pfg_config **out,
                                     struct pfg_slice text, const char *path,
                                     struct pfg_error *err);

/*
 * Joins the rules of the configuration (NULL: none) with those of a baseline
 * file. The latter come last and win, because they are about this one baseline.
 * In the arena; `matched` starts empty.
 */
void pfg_config_join_rules(struct pfg_rules *out, const struct pfg_rules *first,
                           const struct pfg_rules *own,
                           struct pfg_arena *arena);

#endif
