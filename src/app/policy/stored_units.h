#ifndef PFG_APP_POLICY_STORED_UNITS_H
#define PFG_APP_POLICY_STORED_UNITS_H

#include "config/config.h"

/* `database` is the value of --db; NULL: the repository's own file. */

/* PFG_USAGE with its position if the unit of a budget does not fit the newest
 * stored results that it applies to. Without a database nothing is checked. */
int pfg_stored_units_check(const struct pfg_config *config,
                           const char *database, struct pfg_error *err);

/*
 * PFG_USAGE with a suggestion if no stored benchmark matches the pattern.
 * Without a database, or with an empty one, nothing is checked.
 */
int pfg_stored_names_check(const struct pfg_pattern *pattern,
                           const char *database, struct pfg_error *err);

#endif
