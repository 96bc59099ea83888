#ifndef PFG_APP_EVALUATE_PROGRAM_NAMES_H
#define PFG_APP_EVALUATE_PROGRAM_NAMES_H

#include "compare/comparison.h"

/*
 * google-benchmark's suite is the name of the program, and base and head may be
 * two programs: "bench-old", "bench-new". What github-action-benchmark kept of
 * a tool tells no suite at all. Where each side has one suite, they
 * differ, and a benchmark of one is in the other as well, the base's series get
 * the head's suite, and a note of the comparison says so. `arena` is the
 * comparison's.
 */
void pfg_program_names_unify(struct pfg_comparison *comparison,
                             struct pfg_arena *arena);

#endif
