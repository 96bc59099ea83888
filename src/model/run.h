#ifndef PFG_MODEL_RUN_H
#define PFG_MODEL_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "model/measurement.h"
#include "model/profile.h"
#include "unit/unit.h"

/*
 * A run: one input, ingested. Everything in it belongs to its arena; strings
 * are never NULL ("": unknown) unless stated otherwise.
 */

/* What was measured: a commit, or a name given by the user. */
struct pfg_revision {
    const char *id;      /* 40 hex digits, or the name */
    const char *tree;    /* hex, "" for a name */
    const char *subject; /* first line of the message */
    const char *author; /* a name; NULL: unknown, since no result contains it */
    const char *branch;
    const char *merge; /* the throw-away merge commit that was checked out */
    pfg_time time;
    bool dirty; /* tracked files were changed */
    bool named; /* a name, not a commit */
};

/* Keys of facts about a single process, such as its duration, begin with this.
 * They differ between any two runs. */
#define PFG_FACT_OF_PROCESS "process "
/* That a process was cut short, in words: "wrk ran for 1.00s of 20s". */
#define PFG_FACT_CUT_SHORT PFG_FACT_OF_PROCESS "cut short"

/* The variant of series that perfgate counts itself: by what. */
#define PFG_VARIANT_COUNTER      "counter"
#define PFG_COUNTED_BY_PERF      "perf"
#define PFG_COUNTED_BY_CALLGRIND "callgrind"

/* The variant of series that a tool was told to observe for a time, "5ms". */
#define PFG_VARIANT_LENGTH "length"

struct pfg_process {
    long round;    /* 0: none */
    pfg_time time; /* 0: unknown */
};

/* One series in one process. */
struct pfg_piece {
    size_t process; /* index into the run's processes */
    size_t number;  /* of the process within this series, from 0 */
    double *values; /* observations; n 0: a summary, or failed */
    size_t n;
    bool has_summary;
    struct pfg_summary summary;
    const char *written_unit;
    const char **written; /* one for each value, or one for the summary */
    size_t n_written;
    double events, trials;
    const char *error;  /* "" : fine */
    const char *budget; /* "" : none */
    bool budget_crossed;
    const char *file;
    long line;
    /* If the process was watched, the value over `trace_seconds`, evenly
     * spaced; not stored. n_trace 0: it was not watched. */
    const double *trace;
    size_t n_trace;
    double trace_seconds;
};

/*
 * The pieces of a series with one value per process and nothing else, stored
 * in columns because there may be millions. They are from one file; the
 * written digits and all lines but the first are not kept.
 */
struct pfg_plain_pieces {
    double *values;
    double *trials; /* of values that are events per trial; NULL: not known */
    uint32_t *processes; /* NULL: `process`, `process` + 1, ... */
    uint32_t process;    /* the first */
    uint32_t line;       /* of the first */
    const char *file, *written_unit;
};

/* The process of the i-th piece. */
static inline size_t pfg_plain_process(const struct pfg_plain_pieces *plain,
                                       size_t i)
{
    return plain->processes ? plain->processes[i] : plain->process + i;
}

struct pfg_series {
    const char *key; /* identity, see group/key.h; not for people */
    const char *suite, *benchmark;
    struct pfg_fact *params; /* sorted by key */
    size_t n_params;
    struct pfg_fact *variant; /* sorted by key */
    size_t n_variant;
    const char *metric, *unit;
    enum pfg_direction better;
    bool exact, derived;
    PFG_VEC(struct pfg_piece) pieces; /* in order of reading */
    /* The pieces, if `pieces.at` is NULL; else NULL. Only runs read without
     * their written digits have any. */
    const struct pfg_plain_pieces *plain;
};

struct pfg_run {
    struct pfg_arena *arena;
    struct pfg_arena *shared; /* where runs that were loaded together keep their
                                 series; or NULL */
    long id;                  /* in the store; 0: not stored */
    struct pfg_revision revision;
    struct pfg_profile profile;
    pfg_time time;
    const char *tool;   /* the ingesters that read it, "gobench" */
    const char *source; /* the path as given, "-" */
    /* of content and what makes it unique; "": never a duplicate */
    const char *digest;
    const char *label;              /* the name of a file in reports, else "" */
    PFG_VEC(struct pfg_fact) facts; /* from the tool and --env */
    PFG_VEC(struct pfg_process) processes;
    PFG_VEC(struct pfg_series *) series; /* in order of first appearance */
    const char *failure; /* how the harness broke; "" : it did not */
    size_t n_measurements, n_warnings, n_failed;
};

/* Whether `id` is a commit, 40 hexadecimal digits, and not a name. */
bool pfg_revision_is_commit(const char *id);

/* An empty run with an arena of its own. */
struct pfg_run *pfg_run_new(void);
void pfg_run_free(struct pfg_run *run); /* NULL is fine */

/* Piece `i` of a series, plain or not. */
struct pfg_piece pfg_series_piece(const struct pfg_series *series, size_t i);

/* The value of the first fact with that key, or NULL. */
const char *pfg_run_fact(const struct pfg_run *run, const char *key);

#endif
