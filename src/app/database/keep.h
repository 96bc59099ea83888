#ifndef PFG_APP_DATABASE_KEEP_H
#define PFG_APP_DATABASE_KEEP_H

#include "app/input/context.h"
#include "base/arena.h"

/*
 * The runs at the changes of all histories on HEAD's branch, sorted: those of
 * the versions that a step may have come with, the last three before and the
 * first three after them, and of where drifts begin and end. The change is
 * found again without the others, and an alert's commit is one of them.
 */
int pfg_keep_changes(long **out, size_t *n, const struct pfg_context *context,
                     const char *database, struct pfg_arena *arena,
                     struct pfg_error *err);

#endif
