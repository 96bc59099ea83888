#ifndef PFG_COMPARE_SIGHT_H
#define PFG_COMPARE_SIGHT_H

#include "model/report.h"

/*
 * What the gated rows of a section could have shown, by kind: exact rows show
 * any difference and say nothing of how well the timings were measured. Fills
 * sights and detectable.
 */
void pfg_sight_fill(struct pfg_report_section *section,
                    struct pfg_arena *arena);

/* The kind of a row: "timings", "percentiles", "throughput", else its metric. */
const char *pfg_sight_kind(const struct pfg_report_row *row);

/* Most of the gated rows that have noise were blind to twice their limit. */
bool pfg_sight_is_blind(const struct pfg_report *report);

#endif
