#ifndef PFG_APP_MEASURE_SCREEN_H
#define PFG_APP_MEASURE_SCREEN_H

#include "base/str.h"
#include "model/report.h"

/* Appends the candidates of a first look, a line each, and how to measure
 * only them again with the tool that measured them; nothing without any. */
void pfg_screen_write(struct pfg_str *out, const struct pfg_report *report);

#endif
