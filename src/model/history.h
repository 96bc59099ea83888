#ifndef PFG_MODEL_HISTORY_H
#define PFG_MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "model/run.h"
#include "model/verdict.h"

/*
 * Results over the versions of a branch, on one hardware profile: what
 * `history`, `trend` and `site` show. Everything belongs to one arena; strings
 * are never NULL, and values are in base units.
 */

/* A version of the branch, measured or not. */
struct pfg_history_commit {
    struct pfg_revision revision;
    const char *author; /* a name; "" : unknown */
    pfg_time time;      /* of the commit, or of its first run */
    size_t n_runs;      /* 0: not measured */
};

/* The gate's last verdict on a version. */
struct pfg_history_verdict {
    enum pfg_verdict verdict;
    bool fails;
    double change;    /* against the base; NAN */
    const char *base; /* a revision's id, or a file */
    pfg_time time;    /* of the verdict */
};

/* A series in one version: the median over its runs. */
struct pfg_history_value {
    size_t commit; /* index */
    double value;
    double low; /* L, see verdict.md section 2; NAN: not known */
    size_t n;   /* observations; 0: summaries */
    size_t n_runs;
    double change; /* from the previous value, 0.1 is ten per cent more; NAN */
    const struct pfg_history_verdict *verdict; /* NULL: there is none */
};

/* A lasting change. */
struct pfg_history_shift {
    bool drift; /* gradual, from the value `good` to the value `bad`; else a
                   step between these two */
    /* rests on the last one or two values: more have to agree */
    bool candidate;
    bool worse;              /* false: better, or neither direction is */
    size_t good, bad;        /* indexes of values */
    size_t earliest, latest; /* with 95 % confidence, the first value after a
                                step is among these */
    double before, after;    /* levels */
    double change;           /* after / before - 1 */
    double change_lower, change_upper; /* at 95 %; NAN: exact */
};

struct pfg_history_series {
    const struct pfg_series *series; /* without pieces */
    const char *label;
    bool asked; /* it passes the filters; other series are context */
    struct pfg_history_value *values; /* oldest first */
    size_t n_values;
    double noise; /* standard deviation of a value, as a fraction; NAN: not
                     known, 0: it does not scatter */
    struct pfg_history_shift *shifts; /* oldest first */
    size_t n_shifts;
};

/* The part of a long series' shifts that more values do not change, because
 * they lie far enough back (compare/trend/shifts.h). Zeros: nothing yet. */
struct pfg_history_settled {
    size_t n; /* the number of values, from the first, that it was found in */
    size_t from;    /* the search goes on from here, */
    size_t segment; /* in a level that began here; both count only values above
                       zero */
    struct pfg_history_shift *shifts; /* oldest first */
    size_t n_shifts;
};

struct pfg_history {
    struct pfg_arena *arena;
    const char *project; /* "" : there is only one */
    const char *hardware, *fingerprint;
    const char *branch;                 /* "" : versions by time */
    struct pfg_history_commit *commits; /* oldest first */
    size_t n_commits;
    size_t first; /* index of the first commit that is asked for */
    struct pfg_history_series *series;
    size_t n_series;
    const char **notes; /* sentences about what was left out */
    size_t n_notes;
};

/* The index of the first value that is asked for; n_values: there is none. */
size_t pfg_history_from(const struct pfg_history *history,
                        const struct pfg_history_series *series);

/* The last value with a verdict among those that are asked for; NULL: none. */
const struct pfg_history_value *pfg_history_judged(
    const struct pfg_history *history, const struct pfg_history_series *series);

/* ---- trends: what changed for good in a suite, on one hardware profile ----
 */

enum pfg_trend_state {
    PFG_TREND_CANDIDATE, /* rests on the last one or two versions */
    PFG_TREND_CONFIRMED,
    PFG_TREND_ACCEPTED,  /* by a trailer, or by perfgate.json */
    PFG_TREND_RECOVERED, /* a later change reversed most of it */
    PFG_N_TREND_STATES,
};

/* "candidate", "confirmed", ... */
const char *pfg_trend_state_name(enum pfg_trend_state state);

/* A shift of one series, or one that most benchmarks share at one place, which
 * is more likely a change of the machine or the toolchain than of the code. */
struct pfg_trend_change {
    const struct pfg_history_series *series; /* of many: one of them */
    struct pfg_history_shift shift;          /* of many: the median of theirs */
    size_t good,
        bad;     /* commits: the last one before it, and the likeliest cause */
    size_t last; /* the last commit that may have caused it */
    size_t n_members;    /* benchmarks that have it; 0: it is of one series */
    size_t n_benchmarks; /* that were measured there */
    enum pfg_trend_state state;
    bool gated;               /* its metric is gated by default */
    bool fails;               /* fails with --fail-on regressed */
    const char *accepted;     /* by whom, and why; "" */
    const char **environment; /* what differs, "kernel: 6.1 before, 6.8 now" */
    size_t n_environment;
};

/* All shifts of one series together. */
struct pfg_trend_total {
    const struct pfg_history_series *series;
    double change; /* from the level at the beginning to the one at the end */
    size_t n;      /* shifts */
    bool worse;
};

/* All shifts of a suite in one metric together. */
struct pfg_trend_suite {
    const char *suite, *metric;
    double change; /* geometric mean over its series, unchanged ones included */
    size_t n_series;
    size_t n; /* shifts; those that one commit may have caused count once */
    bool worse;
};

struct pfg_trend {
    const struct pfg_history *history;
    const char *since;                /* as the user wrote it; "" */
    struct pfg_trend_change *changes; /* biggest first */
    size_t n_changes;
    struct pfg_trend_total *totals; /* of series with two shifts or more, the
                                       biggest first */
    size_t n_totals;
    struct pfg_trend_suite *suites; /* with two series and two shifts or more,
                                       the biggest first */
    size_t n_suites;
    size_t n_fails;
    const char **warnings; /* about acceptances */
    size_t n_warnings;
};

#endif
