#ifndef PFG_STATS_ROW_LIMIT_H
#define PFG_STATS_ROW_LIMIT_H

#include <stdbool.h>

/* Limits on a change, in logs (verdict.md section 1). */

/* What counts as equal, in log units: 110 ns is 10 % over 100 ns. */
#define PFG_TOLERANCE 1e-9

/* theta' of a limit theta (0.10 is ten per cent): on a rise of the value, if
 * lower is better, and on a fall, if higher is; the latter is infinite from
 * theta = 1 on. */
double pfg_limit_rise(double theta); /* ln(1 + theta) */
double pfg_limit_fall(double theta); /* -ln(1 - theta) */

/* ln(1 + min(theta, 2 %)): both the bulk and the undisturbed mode must have
 * moved by this before anything can be called (verdict.md section 3). */
double pfg_limit_floor(double theta);

/* max(theta', ln 1.02): an interval within this is "unchanged". */
double pfg_limit_unchanged(double limit);

/* The value is at the limit or over it, within the tolerance. False for NAN. */
bool pfg_reaches(double value, double limit);

#endif
