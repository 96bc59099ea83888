#ifndef PFG_BASE_REGEX_H
#define PFG_BASE_REGEX_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* As regcomp(3) with REG_EXTENDED and `flags`, to be freed with regfree(). What
 * is wrong with the expression becomes a PFG_USAGE, "bad WHAT 'SHOWN': ...". */
int pfg_regex_new(regex_t *out, const char *expression, int flags,
                  const char *what, const char *shown, struct pfg_error *err);

/* As regexec(3): whether `text` matches, with `n` groups. */
bool pfg_regex_matches(const regex_t *regex, const char *text, size_t n,
                       regmatch_t *groups);

#endif
