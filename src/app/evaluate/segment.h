#ifndef PFG_APP_EVALUATE_SEGMENT_H
#define PFG_APP_EVALUATE_SEGMENT_H

#include "app/evaluate/acceptance.h"
#include "compare/compare.h"

/*
 * Where the history of a comparison begins anew: at commits, within the base's
 * ancestry, with a trailer that accepted a change. What was measured before
 * such a commit was another program to the series that the trailer names.
 * Nothing where there is no repository, for names, and for
 * acceptances of perfgate.json, which do not tell the commit that they are
 * about. A trailer of everything counts where that is allowed.
 */
int pfg_segments_gather(struct pfg_comparison *comparison,
                        const struct pfg_acceptance_sources *sources,
                        struct pfg_error *err);

#endif
