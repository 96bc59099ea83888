#ifndef PFG_INGEST_K6_K6_THRESHOLD_H
#define PFG_INGEST_K6_K6_THRESHOLD_H

#include <stdbool.h>

#include "base/slice.h"

/* k6's thresholds, "p(95) < 500": statistic, operator, number
 * (metrics/thresholds_parser.go). */

/* The part before the operator, "p(95)". Borrows. */
struct pfg_slice pfg_k6_threshold_statistic(const char *expression);

/* Whether `value` meets the threshold. True for one that cannot be parsed,
 * because k6 has judged it already. */
bool pfg_k6_threshold_holds(const char *expression, double value);

#endif
