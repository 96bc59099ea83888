#ifndef PFG_APP_INPUT_RECORD_H
#define PFG_APP_INPUT_RECORD_H

#include "app/input/read_inputs.h"

/* From inputs to the store. */

struct pfg_record_options {
    struct pfg_read_options read; /* collect.split: --commit-from-file */
    const char *const *paths;
    size_t n_paths;
    const char *const *values; /* --value NAME=12.3ms */
    size_t n_values;
    const char *database;
    const char *commit;   /* a revision or a name; NULL: the one under test */
    const char *hardware; /* NULL: detect */
    const char *config;   /* whose rules name the hardware; NULL: found */
    bool dry_run;
    bool print; /* what was understood, as JSON lines on out */
};

/* Reads all inputs, then stores them in one transaction or not at all; says
 * on err what became of each. */
int pfg_record(const struct pfg_context *context,
               const struct pfg_record_options *options, struct pfg_error *err);

#endif
