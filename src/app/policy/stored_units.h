#ifndef PFG_APP_POLICY_STORED_UNITS_H
#define PFG_APP_POLICY_STORED_UNITS_H

#include "config/config.h"

/* `database` is as --db says it; NULL: the repository's own file. */

/* PFG_USAGE, at its place, where a budget of the configuration is in a unit
 * that what it is about was not measured in, by the newest runs of the
 * database. Without a database there is nothing to find. */
int pfg_stored_units_check(const struct pfg_config *config,
                           const char *database, struct pfg_error *err);

/*
 * PFG_USAGE where no benchmark of the database matches the pattern, with the
 * name that was probably meant. Without a database, or with an empty one,
 * nobody knows.
 */
int pfg_stored_names_check(const struct pfg_pattern *pattern,
                           const char *database, struct pfg_error *err);

#endif
