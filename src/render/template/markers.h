#ifndef PFG_RENDER_TEMPLATE_MARKERS_H
#define PFG_RENDER_TEMPLATE_MARKERS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"

/*
 * ctemplate ignores unknown markers, so a typing mistake would silently leave
 * out text. This finds them first.
 */
struct pfg_marker_problem {
    long line;
    const char *text; /* "'HEADLIN' is no marker of perfgate" */
    const char *hint; /* "did you mean 'HEADLINE'?", or "" */
};

/*
 * Finds markers of `text`, a template called `name`, that no template of
 * perfgate has, and unknown modifiers. Returns the number of problems, which
 * are in the arena, in order.
 */
size_t pfg_markers_check(struct pfg_marker_problem **out, const char *name,
                         struct pfg_slice text, struct pfg_arena *arena);

#endif
