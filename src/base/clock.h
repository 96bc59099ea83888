#ifndef PFG_BASE_CLOCK_H
#define PFG_BASE_CLOCK_H

#include <stdint.h>

#include "base/slice.h"

/* A moment: nanoseconds since 1970 UTC; 0 means unknown. */
typedef int64_t pfg_time;

#define PFG_SECOND ((pfg_time)1000000000)

pfg_time pfg_time_now(void);

/* Seconds of a monotonic clock, for durations. */
double pfg_clock_seconds(void);

/* Reads RFC 3339 ("2026-11-21T07:49:48.796382846Z", "+05:30", a blank for the
 * T, no zone: UTC), a plain date, or seconds since 1970. Returns 0 or -1. */
int pfg_time_parse(pfg_time *out, struct pfg_slice text);

/* "2026-11-21T07:49:48Z", or "2026-11-21 07:49" for people; "" when unknown. */
#define PFG_TIME_TEXT 32
const char *pfg_time_iso(char out[PFG_TIME_TEXT], pfg_time time);
const char *pfg_time_short(char out[PFG_TIME_TEXT], pfg_time time);

#endif
