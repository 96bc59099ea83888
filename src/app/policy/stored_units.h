#ifndef PFG_APP_POLICY_STORED_UNITS_H
#define PFG_APP_POLICY_STORED_UNITS_H

#include "config/config.h"

/* PFG_USAGE, at its place, where a budget of the configuration is in a unit
 * that what it is about was not measured in, by the newest runs of the
 * database. Without a database there is nothing to find. */
int pfg_stored_units_check(const struct pfg_config *config,
                           struct pfg_error *err);

/*
 * PFG_USAGE where no benchmark of the database matches the pattern, with the
 * name that was probably meant. Without a database, or with an empty one,
 * nobody knows.
 */
int pfg_stored_names_check(const struct pfg_pattern *pattern,
                           struct pfg_error *err);

#endif
