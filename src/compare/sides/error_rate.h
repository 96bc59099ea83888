#ifndef PFG_COMPARE_SIDES_ERROR_RATE_H
#define PFG_COMPARE_SIDES_ERROR_RATE_H

#include "compare/sides/pool.h"
#include "policy/rule.h"

/*
 * Adds an "error rate" to the benchmarks of a side whose tool counts
 * failures and requests but prints no rate, if some budget is about one:
 * failures of all kinds divided by requests, per process. The series is
 * marked as derived, because the counts are compared themselves.
 */
void pfg_error_rates_add(struct pfg_pool *pool, const struct pfg_rules *rules,
                         struct pfg_arena *arena);

#endif
