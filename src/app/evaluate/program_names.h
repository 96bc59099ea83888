#ifndef PFG_APP_EVALUATE_PROGRAM_NAMES_H
#define PFG_APP_EVALUATE_PROGRAM_NAMES_H

#include "compare/comparison.h"

/*
 * google-benchmark's suite is the name of the program, and base and head may be
 * two programs: "bench-old", "bench-new". Results that github-action-benchmark
 * stored have no suite at all. If each side has one suite, they differ, and
 * they share a benchmark, the base's series get the head's suite, and a note of
 * the comparison says so. `arena` is the comparison's.
 */
void pfg_program_names_unify(struct pfg_comparison *comparison,
                             struct pfg_arena *arena);

#endif
