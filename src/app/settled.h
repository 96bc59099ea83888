#ifndef PFG_APP_SETTLED_H
#define PFG_APP_SETTLED_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"

/*
 * FIRST.confirmed: what became of a first look. It belongs to the bytes of
 * FIRST; where that was written anew since, it says nothing.
 */

/* PFG_USAGE, with the earlier outcome, where `first` was settled before. */
int pfg_settled_check(const char *first, struct pfg_arena *arena,
                      struct pfg_error *err);

int pfg_settled_write(const char *first, const char *second, pfg_time when,
                      int status, const char *outcome, struct pfg_error *err);

#endif
