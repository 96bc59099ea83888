#ifndef PFG_RENDER_TEMPLATE_MARKERS_H
#define PFG_RENDER_TEMPLATE_MARKERS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"

/*
 * A template engine passes over a marker that nobody fills: what was meant to
 * stand there is then missing, silently. This looks before it happens.
 */
struct pfg_marker_problem {
    long line;
    const char *text; /* "'HEADLIN' is no marker of perfgate" */
    const char *hint; /* "did you mean 'HEADLINE'?", or "" */
};

/*
 * Finds the markers of `text`, a template called `name`, that no template of
 * perfgate has, and modifiers that do not exist. The problems are in the
 * arena, in order; returns how many.
 */
size_t pfg_markers_check(struct pfg_marker_problem **out, const char *name,
                         struct pfg_slice text, struct pfg_arena *arena);

#endif
