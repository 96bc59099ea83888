#ifndef PFG_APP_COMMANDS_DOCTOR_H
#define PFG_APP_COMMANDS_DOCTOR_H

#include "app/evaluate/evaluate.h"

/*
 * Would this gate fire, and would it keep quiet? Judges data in which nothing
 * changed, and the same data made worse by a known size, by the rules that
 * `options` set. *status is 1 where not one row fails the gate at +20 %.
 * PFG_DATA where there is nothing to split.
 */
int pfg_doctor(int *status, const struct pfg_context *context,
               const struct pfg_evaluate_options *options,
               struct pfg_error *err);

/* ---- what it looks at ---- */

/* Two sides between which nothing changed, out of measurements there are. */
enum pfg_split_kind {
    PFG_SPLIT_NONE,
    PFG_SPLIT_PROCESSES, /* every other process of the head */
    PFG_SPLIT_RUNS,      /* each earlier run and the one after it */
    PFG_SPLIT_SAMPLES,   /* every other sample of the head's processes */
};

struct pfg_split {
    enum pfg_split_kind kind;
    const struct pfg_comparison *from;
    struct pfg_run **runs; /* of PFG_SPLIT_RUNS, oldest first */
    size_t n_pairs;        /* 1 unless runs are paired */
    bool alternating;      /* the real comparison would know it */
};

/* Chooses how to split; PFG_SPLIT_NONE where there is too little. */
struct pfg_split pfg_split_choose(const struct pfg_comparison *from,
                                  struct pfg_arena *arena);

/* What is made worse in the second half: the keys of series. */
struct pfg_injection {
    const struct pfg_map *keys; /* NULL: nothing */
    double size;                /* 0.10: by ten per cent */
};

/*
 * Compares the two halves of a pair as if they were base and head; a report
 * with one section. The history of a pair of runs is what came before it.
 */
struct pfg_report *pfg_split_compare(const struct pfg_split *split, size_t pair,
                                     const struct pfg_injection *injection);

#endif
