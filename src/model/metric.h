#ifndef PFG_MODEL_METRIC_H
#define PFG_MODEL_METRIC_H

#include <stdbool.h>

#include "unit/unit.h"

/*
 * One vocabulary for all tools: the name of a metric, which direction is
 * better, how noisy its kind is, and whether it is gated by default.
 */
enum pfg_metric_kind {
    PFG_METRIC_MICRO, /* times and throughputs of a micro-benchmark */
    PFG_METRIC_LOAD,  /* rates, means, medians of a load test */
    PFG_METRIC_TAIL,  /* percentiles from 90 on */
    PFG_METRIC_COUNT, /* deterministic: allocations, bytes, instructions */
    PFG_METRIC_RATE,  /* events per trial: errors, failed checks */
    PFG_METRIC_OTHER, /* unknown: only shown */
};

/* "micro", "load", ...: the words of JSON. */
extern const struct pfg_enum_words pfg_metric_kind_words;

struct pfg_metric {
    const char *name;    /* "time", "latency p99" */
    const char *aliases; /* the tools' own words, "ns/op sec/op" */
    enum pfg_metric_kind kind;
    enum pfg_direction better; /* if neither tool nor unit tells */
    bool gated;                /* by default */
};

/* Finds a metric by name, and names such as "latency p99.9" by their pattern. A
 * metric that is not in the table is PFG_METRIC_OTHER, neutral and not gated;
 * but see pfg_metric_gated() if it came with a direction. Can't fail. */
struct pfg_metric pfg_metric_find(const char *name);

/* Whether `name` (or an alias of it) means `metric`. */
bool pfg_metric_matches(const char *metric, const char *name);

/* Gated by default: known as gated, or unknown with a direction given by the
 * tool (a `Unit` line, a custom counter declared lower or higher). */
bool pfg_metric_gated(const char *name, enum pfg_direction better);

/* The sign that makes the log of a value rise when it gets worse: -1 if higher
 * values are better, else 1. */
double pfg_direction_sign(enum pfg_direction better);

/* Whether a value that changed by `change` got worse; false if neither
 * direction is better. */
bool pfg_direction_is_worse(enum pfg_direction better, double change);

/* The base unit is that of a time or a rate, which get slower or faster. */
bool pfg_unit_is_of_time(const char *unit);

#endif
