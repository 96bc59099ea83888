#ifndef PFG_APP_MEASURE_TURN_MEASURE_WHY_H
#define PFG_APP_MEASURE_TURN_MEASURE_WHY_H

#include "app/measure/turn/measure_process.h"

/*
 * Profiles what the report says has changed, the furthest over its limit
 * first: some profiles per side, base and head in turn, which become the rows'
 * `why`. What cannot be profiled is said in the report; nothing that happens
 * here changes a verdict, a number or the status.
 */
void pfg_measure_why(struct pfg_report *report, struct pfg_processes *processes,
                     const struct pfg_profile_options *options);

#endif
