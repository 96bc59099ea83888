#ifndef PFG_APP_COMMANDS_DOCTOR_H
#define PFG_APP_COMMANDS_DOCTOR_H

#include "app/evaluate/evaluate.h"

/*
 * Tests whether this gate fires when it should, and only then. Judges data
 * without a change, and the same data made worse by known amounts, with the
 * policy in `options`. *status is 1 if not a single row fails the gate at the
 * largest size. PFG_DATA if there is nothing to split.
 */
int pfg_doctor(int *status, const struct pfg_context *context,
               const struct pfg_evaluate_options *options,
               struct pfg_error *err);

/* ---- the data ---- */

/* How to make two sides without a change between them from existing results. */
enum pfg_split_kind {
    PFG_SPLIT_NONE,
    PFG_SPLIT_PROCESSES, /* every other process of the head */
    PFG_SPLIT_RUNS,      /* each earlier run and the next one */
    PFG_SPLIT_SAMPLES,   /* every other sample of the head's processes */
};

struct pfg_split {
    enum pfg_split_kind kind;
    const struct pfg_comparison *from;
    struct pfg_run **runs; /* of PFG_SPLIT_RUNS, oldest first */
    size_t n_pairs;        /* 1 unless runs are paired */
    bool alternating;      /* in the real comparison */
};

/* Chooses how to split; PFG_SPLIT_NONE if there is too little data. */
struct pfg_split pfg_split_choose(const struct pfg_comparison *from,
                                  struct pfg_arena *arena);

/* What to make worse in the second half, by keys of series. */
struct pfg_injection {
    const struct pfg_map *keys; /* NULL: nothing */
    double size;                /* 0.10: by 10 per cent */
};

/*
 * Compares the halves of a pair as base and head; a report with one section.
 * For a pair of runs, the earlier runs are the history.
 */
struct pfg_report *pfg_split_compare(const struct pfg_split *split, size_t pair,
                                     const struct pfg_injection *injection);

#endif
