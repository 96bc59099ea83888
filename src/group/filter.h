#ifndef PFG_GROUP_FILTER_H
#define PFG_GROUP_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "model/run.h"

/*
 * Chooses series by terms `[!][suite:|benchmark:|metric:]PATTERN`. A PATTERN is
 * a glob that must match the whole text, or a /regular expression/ (POSIX
 * extended) that may match anywhere in it. Without a field it is tried on the
 * benchmark's label and on "suite/label". A series passes if, for each field
 * named without "!", at least one term matches, and no term with "!" does.
 */

/* Returns PFG_USAGE for a malformed term. */
int pfg_filter_check(const char *const *terms, size_t n, struct pfg_error *err);

/* The terms must have passed pfg_filter_check(). */
bool pfg_filter_passes(const char *const *terms, size_t n,
                       const struct pfg_series *series, const char *label);

#endif
