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
    double lower, upper; /* infinite if there is no limit on that side */
    bool lower_open, upper_open; /* the end itself is excluded */
    bool share;                  /* written in per cent: limits the rate of
                                    counts */
    const char *unit;            /* base unit; "1": a plain number */
    const char *metric;          /* from "errors == 0"; "" : none is named */
    const char *text;            /* the limit on the value, "< 8ms" */
};

/* Reads a limit, with or without a metric in front. PFG_USAGE with a hint. In
 * the arena. */
int pfg_bound_parse(struct pfg_bound *out, struct pfg_slice text,
                    struct pfg_arena *arena, struct pfg_error *err);

/* Whether a value is within the bound; NAN never is. */
bool pfg_bound_holds(const struct pfg_bound *bound, double value);

/* Whether every value within `inner` is within `outer`. False if their units do
 * not agree. */
bool pfg_bound_contains(const struct pfg_bound *outer,
                        const struct pfg_bound *inner);

/* A number with a unit, "50ns", "2 KiB", "3"; at least 0. */
struct pfg_quantity {
    double value;
    const char *unit; /* base unit */
    const char *text;
};
int pfg_quantity_parse(struct pfg_quantity *out, struct pfg_slice text,
                       struct pfg_arena *arena, struct pfg_error *err);

/* Whether two base units measure the same quantity, as "1/s" and "elem/s" do.
 */
bool pfg_units_agree(const char *a, const char *b);

/* Whether a metric of that name can have the base unit. True for globs and
 * custom metrics, whose names do not tell. */
bool pfg_metric_allows_unit(const char *metric, const char *unit);

/* The quantity of a base unit for messages: "a time", "a size". */
const char *pfg_unit_dimension(const char *unit);

#endif
