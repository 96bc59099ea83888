#ifndef PFG_CONFIG_EDIT_H
#define PFG_CONFIG_EDIT_H

#include "base/error.h"
#include "base/slice.h"
#include "base/str.h"

/* Changing a configuration as a person would: what is there stays as it is,
 * comments and all. */

struct pfg_config_acceptance {
    const char *benchmark, *metric, *until, *reason; /* NULL: left out */
};

/*
 * Appends `text` (of the file `path`, for errors) to `out` with one more
 * acceptance, the first of its list. What comes out is a configuration that
 * can be read; PFG_USAGE where it could not, or `text` cannot.
 */
int pfg_config_add_acceptance(struct pfg_str *out, struct pfg_slice text,
                              const char *path,
                              const struct pfg_config_acceptance *acceptance,
                              struct pfg_error *err);

#endif
