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
 * are never NULL ("" where unknown) unless said otherwise.
 */

/* What the run was measured on: a commit, or a name that somebody gave. */
struct pfg_revision {
    const char *id;      /* 40 hex digits, or the name */
    const char *tree;    /* hex, "" for a name */
    const char *subject; /* first line of the message */
    const char *author;  /* a name; NULL: not known, no result tells it */
    const char *branch;
    const char *merge; /* the throw-away merge commit that was checked out */
    pfg_time time;
    bool dirty; /* tracked files were changed */
    bool named; /* a name, not a commit */
};

/* How the key of a fact begins that is of one process, such as how long it
 * took: no two have the same. */
#define PFG_FACT_OF_PROCESS "process "
/* What was measured before it ended, in words: "wrk ran for 1.00s of 20s". */
#define PFG_FACT_CUT_SHORT PFG_FACT_OF_PROCESS "cut short"

/* The variant of what perfgate counts itself, and how. */
#define PFG_VARIANT_COUNTER      "counter"
#define PFG_COUNTED_BY_PERF      "perf"
#define PFG_COUNTED_BY_CALLGRIND "callgrind"

/* The variant of what perfgate has a tool observe for so long, "5ms". */
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
    /* How it went over `trace_seconds`, evenly spaced, of what was watched; is
     * not stored. n_trace 0: nobody watched. */
    const double *trace;
    size_t n_trace;
    double trace_seconds;
};

/*
 * The pieces of a series that has one value a process and nothing else, of
 * which there may be millions: columns, a row a piece. They are of one file;
 * what was written was not kept, nor were the lines behind the first.
 */
struct pfg_plain_pieces {
    double *values;
    double *trials; /* of a value that is events a trial; NULL: not known */
    uint32_t *processes; /* NULL: `process` and those that follow it */
    uint32_t process;    /* the first */
    uint32_t line;       /* of the first */
    const char *file, *written_unit;
};

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
    /* They are here, `pieces.at` being NULL; NULL: they are there. Only a run
     * whose written digits nobody asked for has any. */
    const struct pfg_plain_pieces *plain;
};

struct pfg_run {
    struct pfg_arena *arena;
    struct pfg_arena *shared; /* runs that were loaded together have there what
                                 their series are; or NULL */
    long id;                  /* in the store; 0: not stored */
    struct pfg_revision revision;
    struct pfg_profile profile;
    pfg_time time;
    const char *tool;   /* the ingesters that read it, "gobench" */
    const char *source; /* the path as given, "-" */
    const char *digest; /* of content and what makes it unique; "": never a
                           repeat */
    const char *label;  /* what files are called in a report, else "" */
    PFG_VEC(struct pfg_fact) facts; /* from the tool and --env */
    PFG_VEC(struct pfg_process) processes;
    PFG_VEC(struct pfg_series *) series; /* in order of first appearance */
    const char *failure; /* the harness broke: how; "" : it did not */
    size_t n_measurements, n_warnings, n_failed;
};

/* Whether `id` is that of a commit, not a name: 40 hexadecimal digits. */
bool pfg_revision_is_commit(const char *id);

/* An empty run with an arena of its own. */
struct pfg_run *pfg_run_new(void);
void pfg_run_free(struct pfg_run *run); /* NULL is fine */

/* A piece of a series that may be plain. */
struct pfg_piece pfg_series_piece(const struct pfg_series *series, size_t i);

/* The value of a fact (the first, where it has several), or NULL. */
const char *pfg_run_fact(const struct pfg_run *run, const char *key);

#endif
