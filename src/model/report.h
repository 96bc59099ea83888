#ifndef PFG_MODEL_REPORT_H
#define PFG_MODEL_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "model/metric.h"
#include "model/profile.h"
#include "model/verdict.h"
#include "stats/sample.h"
#include "unit/unit.h"

/*
 * What compare/ decides and render/ prints: all that the two share. Every
 * value is final; a renderer chooses words, scales and colours, never a
 * verdict. Everything belongs to one arena; strings are never NULL.
 */

/* One side of a row. Values in base units. */
struct pfg_report_side {
    bool present;
    size_t n;            /* observations */
    size_t n_processes;
    double value;        /* median, or what the tool said; NAN: none */
    struct pfg_interval interval; /* of it; NAN where none can be given */
    const double *values; /* observations in order of reading; may be NULL */
    const size_t *processes; /* the process of each, from 0 */
    const char *error;   /* failed: why; "" : it did not */
    const char *written_unit; /* as the tool printed it */
    const char *source;  /* "bench.txt:14" */
};

struct pfg_report_row {
    const char *key; /* identity */
    const char *suite, *label, *metric; /* the words that rules match */
    const char *benchmark;
    const char *unit; /* base unit */
    enum pfg_direction better;
    enum pfg_metric_kind kind;
    struct pfg_report_side base, head;

    enum pfg_verdict verdict;
    enum pfg_evidence evidence;
    const char *reason;  /* "±18 %, limit 10 %"; "" where the verdict says it */
    bool gated;          /* takes part in the gate */
    bool fails;          /* fails the gate */
    bool listed;         /* wants a person's eye */
    const char *not_gated; /* why it is not gated; "" */

    /* The change of the value as written: 0.10 is ten per cent more, whichever
     * way is better. NAN: it has none (from zero, a side is missing). */
    double change;
    double change_lower, change_upper, change_level;
    double difference;   /* absolute, head - base, base unit; NAN: none */
    double p;            /* one-sided, before correction; NAN: no test */
    double threshold;    /* fraction */
    const char *threshold_source; /* "--threshold", "default", "config:12" */
    double effective_threshold; /* weak evidence: what can be called */
    double detectable;   /* smallest change this row could have called; NAN */
    const char *budget;  /* the limit of a budget, "p(95)<500"; "" */
    bool budget_crossed;

    const size_t *footnotes; /* indexes into the report's */
    size_t n_footnotes;
    size_t order; /* of measuring, within the section */
};

struct pfg_report_geomean {
    const char *suite, *metric, *unit;
    double base, head; /* geometric means over rows with both, base unit */
    double change;
    size_t n;
};

/* Where a side comes from. */
struct pfg_report_origin {
    const char *label;    /* "v1.2", "old.txt", the short SHA */
    const char *id;       /* full SHA or name; "" for files */
    const char *subject;
    pfg_time time;
    bool dirty;
    size_t n_runs;
    size_t n_series;
    const char *how;      /* "merge-base with main, 3 commits back" */
};

/* One hardware profile's comparison. */
struct pfg_report_section {
    struct pfg_profile profile; /* zeroed name "" when files are compared */
    bool has_profile;
    bool has_base;
    const char *no_base;  /* why there is none */
    const char **other_profiles; /* where the head's benchmarks have data */
    size_t n_other_profiles;
    struct pfg_report_origin base, head;
    struct pfg_report_row *rows; /* those that want an eye first */
    size_t n_rows;
    struct pfg_report_geomean *geomeans;
    size_t n_geomeans;
    const char **notes; /* environment differences, suites not run, ... */
    size_t n_notes;
    double detectable;  /* what most gated rows could have shown; NAN */
    const char *shift;  /* "whole suite +8 %: ..."; "" */
    bool shift_fails;
};

struct pfg_report {
    struct pfg_arena *arena;
    const char *version; /* of perfgate */
    pfg_time time;
    int status;          /* the exit status that this report means */
    bool gate;           /* false: --no-gate, status 0 whatever happened */
    const char *headline; /* one sentence, no full stop */
    const char *command;  /* reproduces the comparison */
    double threshold;     /* the default limit, fraction */
    bool threshold_given; /* the user wrote it */
    size_t counts[PFG_N_VERDICTS];
    size_t n_rows, n_gated, n_fails;
    struct pfg_report_section *sections;
    size_t n_sections;
    const char **footnotes;
    size_t n_footnotes;
    const char **warnings; /* about the input: parsed, skipped */
    size_t n_warnings;
};

#endif
