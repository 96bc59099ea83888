#ifndef PFG_GROUP_FILTER_H
#define PFG_GROUP_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "model/run.h"

/*
 * Which series take part: terms `[!][suite:|benchmark:|metric:]PATTERN`. A
 * PATTERN is a glob over the whole word, or a /regular expression/ (POSIX
 * extended) found anywhere in it; without a field it is tried on the
 * benchmark's label and on "suite/label". A series passes when it matches one
 * of the terms without "!" of every field named (or there are none), and no
 * term with it.
 */

/* PFG_USAGE where a term is not well-formed. */
int pfg_filter_check(const char *const *terms, size_t n, struct pfg_error *err);

/* `terms` have been checked. */
bool pfg_filter_passes(const char *const *terms, size_t n,
                       const struct pfg_series *series, const char *label);

#endif
