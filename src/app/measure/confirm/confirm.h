#ifndef PFG_APP_MEASURE_CONFIRM_CONFIRM_H
#define PFG_APP_MEASURE_CONFIRM_CONFIRM_H

#include "app/input/context.h"
#include "base/str.h"
#include "model/report.h"

/*
 * The second look (verdict.md 8): what two first looks, `compare --screen`,
 * both select in the same direction and over its limit is regressed; two
 * rounds at 14 % bound the chance of a false alarm by 2 %.
 *
 * A decision is taken once: FIRST.confirmed, beside the first report, records
 * the pair and what came of it, and another try is refused with that.
 */

/* *status is 0 or 1. PFG_USAGE where the two do not belong together or FIRST
 * was settled before; PFG_DATA where the second is no new measurement, or a
 * candidate was not measured again; PFG_NOBASE where one compared nothing. */
int pfg_confirm(int *status, const struct pfg_context *context,
                const char *first, const char *second, struct pfg_error *err);

/* Appends the candidates of a first look, a line each, and how to measure
 * only them again with the tool that measured them; nothing without any. */
void pfg_screen_write(struct pfg_str *out, const struct pfg_report *report);

#endif
