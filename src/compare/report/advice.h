#ifndef PFG_COMPARE_REPORT_ADVICE_H
#define PFG_COMPARE_REPORT_ADVICE_H

#include "model/report.h"

/*
 * What would give a firmer answer, computed from the numbers that led to this
 * one (verdict.md 9): nobody is told to do what would not help.
 */

/* Another way to have measured a row. */
struct pfg_advice_design {
    bool replicated; /* processes in turn, else samples of one process */
    size_t n;        /* a side */
    size_t tests;    /* T of the suite; 0 counts as 1 */
};

/*
 * The smallest change, as a fraction, that the row could call when it is
 * measured so, at 90 % power, with the noise that it shows now. NAN where the
 * row has no noise to go by.
 */
double pfg_advice_detectable(const struct pfg_report_row *row,
                             const struct pfg_advice_design *design);

/* The noise between runs is most of what is not known: more samples of one
 * process say nothing about it. Only of rows with `single` evidence. */
bool pfg_advice_between_runs(const struct pfg_report_row *row);

/* Fills the advice of a section and of its rows. */
void pfg_advise(struct pfg_report_section *section, struct pfg_arena *arena);

#endif
