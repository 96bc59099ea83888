#ifndef PFG_COMPARE_REPORT_DERIVATION_H
#define PFG_COMPARE_REPORT_DERIVATION_H

#include "compare/row/row.h"
#include "model/report.h"

/* Fills `out` with the numbers that led to a row's verdict, for readers who
 * want to check it. Leaves it unchanged, all unknown, if the row has no numbers
 * on both sides. */
void pfg_derivation_fill(struct pfg_report_working *out,
                         const struct pfg_row *row, struct pfg_arena *arena);

/* What a step's numbers are. */
enum pfg_step_kind {
    PFG_STEP_NUMBER,
    PFG_STEP_SHARE,  /* 0.05 is 5 % */
    PFG_STEP_CHANGE, /* a difference of two signed logs */
    PFG_STEP_LEVEL,  /* the signed log of a value */
};

/* A step on the way to a verdict: a symbol such as "P", what it is, and how it
 * is computed. */
struct pfg_derivation_step {
    const char *symbol;
    const char *formula;
    enum pfg_step_kind kind;
    double values[3];
    size_t n;
};

/*
 * The steps that led to a row's verdict, in the order of docs/verdict.md; in
 * the arena. Empty if there was nothing to compute with.
 */
struct pfg_derivation_steps {
    struct pfg_derivation_step *at;
    size_t n;
};

struct pfg_derivation_steps pfg_derivation_steps(
    const struct pfg_report_row *row, struct pfg_arena *arena);

#endif
