#ifndef PFG_APP_EVALUATE_SEGMENT_H
#define PFG_APP_EVALUATE_SEGMENT_H

#include "app/evaluate/acceptance.h"
#include "compare/compare.h"

/*
 * Finds where the history of a comparison starts anew: at the commits in the
 * base's ancestry with a trailer that accepted a change. To the series that the
 * trailer names, older results are those of another program. A trailer that
 * matches everything counts if that is allowed. Does nothing without a
 * repository, for named versions, and for acceptances in perfgate.json, which
 * do not tell their commit.
 */
int pfg_segments_gather(struct pfg_comparison *comparison,
                        const struct pfg_acceptance_sources *sources,
                        struct pfg_error *err);

#endif
