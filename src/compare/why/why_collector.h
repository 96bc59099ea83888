#ifndef PFG_COMPARE_WHY_WHY_COLLECTOR_H
#define PFG_COMPARE_WHY_WHY_COLLECTOR_H

#include "stacks/stacks.h"

/*
 * Go's collector works on threads of its own, which nothing of the program
 * calls. What it costs in a profile becomes, in `charged` (frame * profiles +
 * profile), a cost of the functions that allocate, by what they spend on
 * allocating there. `scale`: of each profile's weights.
 */
void pfg_why_share_collector(double *charged, const struct pfg_stacks *stacks,
                             const double *scale);

#endif
