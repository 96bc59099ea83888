#ifndef PFG_MODEL_NAME_H
#define PFG_MODEL_NAME_H

#include "base/error.h"

/* The longest name of hardware or of a baseline, in bytes: both together, with
 * what is added to them, are shorter than the longest file name. */
#define PFG_NAME_MAX 100

/*
 * Names of hardware and of baselines become names of files, and are printed
 * everywhere. Fails with `code`, at `pos` (which may be empty), where one is
 * not fit for both: it is empty, too long, holds a '/', begins with a dot, or
 * has characters that are not shown (see pfg_text_visible()). `what` is named
 * by it: "hardware", "baseline".
 */
int pfg_name_check(const char *name, const char *what, enum pfg_code code,
                   struct pfg_pos pos, struct pfg_error *err);

#endif
