#ifndef PFG_MODEL_REPORT_H
#define PFG_MODEL_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "model/metric.h"
#include "model/profile.h"
#include "model/verdict.h"
#include "model/why.h"
#include "stats/sample.h"
#include "stats/statistic.h"
#include "unit/unit.h"

/*
 * The report: what compare/ decides and render/ prints. Every value is
 * final; a renderer chooses words, scales and colours, but never a verdict.
 * Everything belongs to one arena; strings are never NULL.
 */

/* One side of a row. Values in base units. */
struct pfg_report_side {
    bool present;
    size_t n; /* observations */
    size_t n_processes;
    /* median, the row's statistic, or the tool's aggregate; NAN */
    double value;
    struct pfg_interval interval; /* of the value; NAN: unknown */
    const double *values;    /* observations in order of reading; may be NULL */
    const size_t *processes; /* the process of each, from 0 */
    const char *error;       /* why it failed; "" : it did not */
    const char *written_unit; /* as the tool printed it */
    const char *source;       /* "bench.txt:14" */
    const double *trace; /* the value over `trace_seconds` in the last process
                            that was watched, evenly spaced */
    size_t n_trace;      /* 0: none was watched */
    double trace_seconds;
};

/* An earlier result of a series, in base units. */
struct pfg_report_point {
    double value;         /* its median */
    double level;         /* L: the mean of its lowest quarter */
    const char *revision; /* id; "" for files */
    const char *author;   /* of the commit; "" : not known */
    pfg_time time;        /* of the commit; 0: not known */
};

/* Where the level of a series changed. */
struct pfg_report_jump {
    size_t at;            /* the first point of the new level */
    double before, after; /* medians of the points on either side */
};

/*
 * The numbers behind a row's verdict, with the letters of docs/verdict.md.
 * Logs are signed so that up is worse. NAN: this step was not taken.
 */
struct pfg_report_working {
    bool present;    /* false: there was nothing to compute with */
    bool by_process; /* processes are the samples */
    /* base and head are known to have been measured in turn */
    bool alternating;
    bool family;               /* takes part in the test over the suite */
    bool worse, better;        /* selected at PFG_Q in this direction */
    bool screened;             /* selected at the screening level, as worse */
    size_t n;                  /* samples of the smaller side */
    double theta;              /* theta', the limit */
    double effective;          /* smallest change that weak evidence can call */
    double low_base, low_head; /* L of both sides */
    double smear_base, smear_head;     /* s of both sides */
    double low_shift;                  /* dL */
    double effect;                     /* dM */
    double effect_lower, effect_upper; /* its interval */
    double tau;                        /* tau0 */
    double spread;                     /* S, of the suite */
    double prior;                      /* P */
    size_t earlier;                    /* m, earlier runs */
    double history;                    /* r, their spread */
    double variance;                   /* V */
    double error;                      /* SE; for weak evidence sigma_w */
    double freedom;                    /* nu */
    double gain;                       /* g */
    /* from this shift on it is called whatever its p; NAN: never */
    double apart;
    double p_worse, p_better, p_bulk;
    double share; /* of the level that this look may spend, by which the first
                     two p are divided; NAN: there was one look */
    size_t tests; /* T, in the family */
    double q;     /* the level at which it was selected; NAN: it was not */
    /* Oldest first, the base last, up to 100. The last earlier + 1, the
     * baseline window, are of the base's level and were used; those before are
     * only shown. */
    const struct pfg_report_point *points;
    size_t n_points;
    const struct pfg_report_jump *jumps; /* ascending */
    size_t n_jumps;
};

struct pfg_report_row {
    const char *key;                    /* identity */
    const char *suite, *label, *metric; /* what rules match */
    const char *benchmark;
    const char *unit; /* base unit */
    enum pfg_direction better;
    enum pfg_metric_kind kind;
    struct pfg_report_side base, head;

    enum pfg_verdict verdict;
    enum pfg_evidence evidence;
    enum pfg_statistic statistic; /* what is shown and compared */
    struct pfg_decision decision;
    /* "±18 %, limit 10 %"; "" : the verdict needs no reason */
    const char *reason;
    const char *doubt; /* why it may not have been measured: "more than ten
                          times better"; "" */
    bool gated;        /* takes part in the gate */
    bool fails;        /* fails the gate */
    bool listed;       /* a person should look at it */
    bool repeats; /* another row already shows that its benchmark failed, is
                     gone or is new */
    const char *not_gated; /* why it is not gated; "" */

    /* The change of the written value: 0.10 is ten per cent more, whichever
     * direction is better. NAN: there is none (from zero, or a side is
     * missing). */
    double change;
    double change_lower, change_upper, change_level;
    double difference; /* absolute, head - base, base unit; NAN: none */
    double p;          /* one-sided, before correction; NAN: no test */
    double threshold;  /* fraction */
    const char *threshold_source; /* "--threshold", "default", "config:12" */
    /* smallest change that weak evidence can call */
    double effective_threshold;
    double detectable; /* smallest change this row could have called; NAN */
    const char *limit_change; /* how the change under test alters the row's
                                 limit: "looser: threshold 5% to 50%"; "" */
    const char *budget;       /* the limit of its budget, "p(95)<500"; "" */
    bool budget_crossed;

    const size_t *footnotes; /* indexes into the report's */
    size_t n_footnotes;
    size_t order; /* of measuring, within the section */

    struct pfg_report_working working;
    const char **advice; /* what to do for a firmer answer, sentences */
    size_t n_advice;
    const struct pfg_why *why; /* profiles of both sides; NULL: not profiled */
};

/* An absolute limit, on a value or on a ratio of two. */
enum pfg_target_status {
    PFG_TARGET_NONE,
    PFG_TARGET_MET,
    PFG_TARGET_MISSED,
    PFG_TARGET_NO_DATA,     /* nothing, or not enough, was measured */
    PFG_TARGET_UNJUDGEABLE, /* a wrong or ambiguous limit, with which no report
                               is made */
    PFG_N_TARGET_STATUSES,
};

/* "met", "missed", "no-data", ... */
extern const struct pfg_enum_words pfg_target_status_words;

struct pfg_report_target {
    const char *name;             /* "event_store_write/1000: time" */
    const char *limit;            /* as it was written, "< 8ms" */
    const char *unit;             /* base unit; "1" for ratios */
    double current;               /* the head's median; NAN: no data */
    struct pfg_interval interval; /* of the value; NAN: unknown */
    enum pfg_target_status status;
    bool ratio;
    bool fails;         /* fails the gate */
    const char *reason; /* why there is no data; "" */
    const char *source; /* "perfgate.json:12" */
    const char *row;    /* key of its row; "" */
};

struct pfg_report_geomean {
    const char *suite, *metric, *unit;
    double base, head; /* geometric means over rows with both, base unit */
    double change;
    size_t n;
};

/* Where a side comes from. */
struct pfg_report_origin {
    const char *label; /* "v1.2", "old.txt", the short SHA */
    const char *id;    /* full SHA or name; "" for files */
    const char *subject;
    pfg_time time;
    bool dirty;
    size_t n_runs;
    size_t n_series;
    const char *how;      /* "merge-base with main, 3 commits back" */
    const char *tool;     /* that printed the results, "gobench"; "" */
    const char **digests; /* of the runs, oldest first; "": the run is never
                             recognised */
    size_t n_digests;
};

/* What the gated rows of one kind could have shown. */
struct pfg_report_sight {
    const char *what;  /* "timings", "percentiles"; of exact ones their metrics:
                          "allocs, bytes" */
    bool exact;        /* any difference shows */
    size_t n, n_blind; /* rows; of them, those that could not have shown a
                          change of twice their limit */
    double detectable; /* smallest change in most of them; NAN if exact */
};

/* One hardware profile's comparison. */
struct pfg_report_section {
    /* zeroed, with the name "", when files are compared */
    struct pfg_profile profile;
    bool has_profile;
    bool has_base;
    const char *no_base;         /* why there is none */
    const char **other_profiles; /* those with data of the head's benchmarks */
    size_t n_other_profiles;
    struct pfg_report_origin base, head;
    struct pfg_report_row *rows; /* failing and listed ones first */
    size_t n_rows;
    struct pfg_report_geomean *geomeans;
    size_t n_geomeans;
    struct pfg_report_target *targets; /* budgets, then ratios */
    size_t n_targets;
    const char **notes; /* environment differences, suites not run, ... */
    size_t n_notes;
    double detectable; /* smallest change that most gated rows could have shown,
                          without exact ones; NAN */
    struct pfg_report_sight *sights; /* inexact kinds first */
    size_t n_sights;
    const char *machines; /* how the machines of base and head differ; "" */
    const char *shift;    /* "whole suite +8 %: ..."; "" */
    bool shift_fails;
    const char **advice; /* for the suite, sentences */
    size_t n_advice;
};

/* The effect of a changed policy on what it judges. */
enum pfg_policy_effect {
    PFG_POLICY_OTHER, /* unknown from the text alone */
    PFG_POLICY_LOOSER,
    PFG_POLICY_TIGHTER,
    PFG_N_POLICY_EFFECTS,
};

/* "other", "looser", "tighter". */
extern const struct pfg_enum_words pfg_policy_effect_words;
const char *pfg_policy_effect_name(enum pfg_policy_effect effect);

struct pfg_report_policy_change {
    const char *what;      /* "core* threshold", "acceptance of parse*" */
    const char *from, *to; /* "5%", "50%"; "" : there is none */
    bool added, removed;   /* only the head has it, only the base has it */
    const char *text;      /* all of that: "core* threshold 5% to 50%" */
    enum pfg_policy_effect effect;
    const char *source; /* in the head: "perfgate.json:12"; "" */
};

/* How the change under test alters the policy of its base. */
struct pfg_report_policy {
    const char *base;      /* the base's commit, shortened; "" : not compared */
    const char *headline;  /* "this change loosens the policy: ..."; "" : it is
                              unchanged */
    const char *judged_by; /* "head", "base": whose policy judges */
    enum pfg_policy_effect effect; /* of all changes together */
    struct pfg_report_policy_change *changes;
    size_t n_changes;
    size_t n_looser, n_tighter; /* rows whose limit became looser, or tighter */
};

/* Counts by benchmark; a benchmark has the verdict of its worst row. */
struct pfg_report_benchmarks {
    size_t n, n_fails;
    size_t n_judged; /* gated, with both sides */
    size_t counts[PFG_N_VERDICTS];
    size_t failing[PFG_N_VERDICTS]; /* those that fail the gate */
};

struct pfg_report {
    struct pfg_arena *arena;
    const char *version; /* of perfgate */
    pfg_time time;
    int status;           /* the exit status */
    bool gate;            /* false: --no-gate, status 0 whatever happened */
    const char *headline; /* one sentence, no full stop */
    const char *unneeded; /* the headline if nothing had to be measured; "" :
                             something had to */
    const char *command;  /* reproduces the comparison */
    const char *accept_label; /* prefix of labels of the pull request that
                                 accept; "" : there is no pull request */
    enum pfg_tone tone;
    double threshold;     /* the default limit, fraction */
    bool threshold_given; /* the user wrote it */
    double limit_lowest,
        limit_highest; /* of the limits that judged rows; NAN */
    struct pfg_report_benchmarks benchmarks;
    size_t counts[PFG_N_VERDICTS]; /* of rows */
    size_t n_rows, n_gated, n_fails;
    struct pfg_report_section *sections;
    size_t n_sections;
    struct pfg_report_policy policy;
    const char **footnotes;
    size_t n_footnotes;
    const char **warnings; /* about the input: parsed, skipped */
    size_t n_warnings;
};

/* The exit status as a word for programs: "passed", "failed", "no-base",
 * "reported", ... */
const char *pfg_report_outcome(const struct pfg_report *report);

/* The first point of the baseline window. */
size_t pfg_report_window(const struct pfg_report_working *working);

/* Walks all rows, section by section: `while (pfg_report_next(&at))`, beginning
 * with {.report = report}. */
struct pfg_report_cursor {
    const struct pfg_report *report;
    struct pfg_report_section *section;
    struct pfg_report_row *row;
};
bool pfg_report_next(struct pfg_report_cursor *at);

/* The row is of a time or a rate, which get slower or faster. */
bool pfg_report_is_time(const struct pfg_report_row *row);

/* The row is gated, but could not have shown a change of PFG_BLIND times its
 * limit. */
#define PFG_BLIND 2
bool pfg_report_is_blind(const struct pfg_report_row *row);

/*
 * Whether more rounds may still decide a row of the section: it is gated,
 * was measured on both sides, and is unconfirmed or inconclusive (or proven,
 * while its lower bound still has to get over the limit). A shift of the
 * whole suite is not believed before ten rounds: with five, all processes of
 * one side meet the machine's slow state by chance in one suite of a
 * hundred.
 */
bool pfg_report_is_open(const struct pfg_report_section *section,
                        const struct pfg_report_row *row);

/* A row about which nothing is known yet: texts are "", numbers NAN. Rows are
 * made from this, so that no text in them is NULL. */
struct pfg_report_row pfg_report_row_new(void);

/* Whether two rows of a section are of one benchmark. */
bool pfg_report_is_same_benchmark(const struct pfg_report_row *a,
                                  const struct pfg_report_row *b);

/* The row of a section with that key, or NULL. */
const struct pfg_report_row *pfg_report_find(
    const struct pfg_report_section *section, const char *key);

#endif
