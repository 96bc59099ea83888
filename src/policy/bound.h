#ifndef PFG_POLICY_BOUND_H
#define PFG_POLICY_BOUND_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * An absolute limit on a value: "< 8ms", ">= 10000/s", "== 0", "0.4..0.6".
 * Base units; a range includes its ends. Equality has a tolerance of 1e-9 of
 * the value, so that what prints alike is alike.
 */
struct pfg_bound {
    double lower, upper;         /* infinite where it has no such side */
    bool lower_open, upper_open; /* the end itself is outside */
    bool share;                  /* in per cent: of counts, their rate */
    const char *unit;            /* base unit; "1": a plain number */
    const char *metric;          /* "errors == 0" names one; "" : it does not */
    const char *text;            /* what is said of the value, "< 8ms" */
};

/* Reads a limit, with a metric in front or not. PFG_USAGE with a hint. In the
 * arena. */
int pfg_bound_parse(struct pfg_bound *out, struct pfg_slice text,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Whether a value keeps it; NAN keeps none. */
bool pfg_bound_holds(const struct pfg_bound *bound, double value);

/* Whether every value that keeps `inner` keeps `outer`, too. False between
 * units that do not agree. */
bool pfg_bound_contains(const struct pfg_bound *outer,
                        const struct pfg_bound *inner);

/* A number with a unit, "50ns", "2 KiB", "3": above or equal 0. */
struct pfg_quantity {
    double value;
    const char *unit; /* base unit */
    const char *text;
};
int pfg_quantity_parse(struct pfg_quantity *out, struct pfg_slice text,
                       struct pfg_arena *arena, struct pfg_error *err);

/* Whether two base units measure the same: "1/s" and "elem/s" do. */
bool pfg_units_agree(const char *a, const char *b);

/* Whether a metric of that name can be measured in the base unit, as far as
 * the name tells; true where it tells nothing (globs, custom metrics). */
bool pfg_metric_allows_unit(const char *metric, const char *unit);

/* "a time", "a size", ...: what a base unit measures, for messages. */
const char *pfg_unit_dimension(const char *unit);

#endif
