#ifndef PFG_MODEL_NAME_H
#define PFG_MODEL_NAME_H

#include "base/error.h"

/* The longest name of hardware or of a baseline, in bytes. Both together, with
 * what is added to them, still fit into a file name. */
#define PFG_NAME_MAX 100

/*
 * Checks a name of hardware or of a baseline, which becomes part of file
 * names and is printed everywhere. Fails with `code`, at `pos` (which may be
 * empty), if it is empty, too long, contains a '/', begins with a dot, or
 * has characters that need escaping (see pfg_text_visible()). `what` is what
 * it names: "hardware", "baseline".
 */
int pfg_name_check(const char *name, const char *what, enum pfg_code code,
                   struct pfg_pos pos, struct pfg_error *err);

#endif
