#ifndef PFG_COMPARE_REPORT_DERIVATION_H
#define PFG_COMPARE_REPORT_DERIVATION_H

#include "compare/row/row.h"
#include "model/report.h"

/* The numbers that led to a row's verdict, for whoever wants to check it. A
 * row without numbers on both sides leaves `out` as it is, of which nothing is
 * known before. */
void pfg_derivation_fill(struct pfg_report_working *out,
                         const struct pfg_row *row, struct pfg_arena *arena);

/* What a step's numbers are. */
enum pfg_step_kind {
    PFG_STEP_NUMBER,
    PFG_STEP_SHARE,  /* 0.05 is 5 % */
    PFG_STEP_CHANGE, /* a difference of two signed logs */
    PFG_STEP_LEVEL,  /* the signed log of a value */
};

/* A step on the way to a verdict: "P", what it is and how it is computed. */
struct pfg_derivation_step {
    const char *symbol;
    const char *formula;
    enum pfg_step_kind kind;
    double values[3];
    size_t n;
};

/*
 * The steps that led to a row's verdict, first to last, as docs/verdict.md has
 * them; in the arena. None where there was nothing to compute with.
 */
struct pfg_derivation_steps {
    struct pfg_derivation_step *at;
    size_t n;
};

struct pfg_derivation_steps pfg_derivation_steps(
    const struct pfg_report_row *row, struct pfg_arena *arena);

#endif
