#ifndef PFG_APP_INPUT_RECORD_H
#define PFG_APP_INPUT_RECORD_H

#include "app/input/read_inputs.h"

/* Reads inputs into the database. */

struct pfg_record_options {
    struct pfg_read_options read; /* collect.split: --commit-from-file */
    const char *const *paths;
    size_t n_paths;
    const char *const *values; /* --value NAME=12.3ms */
    size_t n_values;
    const char *database;
    const char *commit; /* a revision or a name; NULL: the commit under test */
    const char *hardware; /* NULL: detect */
    const char *config;   /* the configuration with names of hardware; NULL:
                             search for it */
    bool dry_run;
    bool print; /* print the measurements on out as JSON lines */
};

/* Reads all inputs, then stores them in one transaction, all or none. Prints on
 * err what happened to each. */
int pfg_record(const struct pfg_context *context,
               const struct pfg_record_options *options, struct pfg_error *err);

#endif
