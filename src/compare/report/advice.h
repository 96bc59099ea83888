#ifndef PFG_COMPARE_REPORT_ADVICE_H
#define PFG_COMPARE_REPORT_ADVICE_H

#include "model/report.h"

/*
 * What would give a firmer answer, computed from the numbers behind this one
 * (verdict.md 9), so that nobody is told to do what would not help.
 */

/* Fills the advice of a section and of its rows. */
void pfg_advise(struct pfg_report_section *section, struct pfg_arena *arena);

/* ---- designs.c ---- */

/* Another way to measure a row. */
struct pfg_advice_design {
    bool replicated; /* processes in turn, else samples of one process */
    size_t n;        /* per side */
    double factor;   /* of SE, see pfg_detect_factor() */
    double ranks;    /* of half the interval, see pfg_detect_ranks_factor() */
    double width;    /* half the interval, for an SE of 1 */
};

/* `tests` is T of the suite; 0 counts as 1. */
struct pfg_advice_design pfg_advice_design(bool replicated, size_t n,
                                           size_t tests);

/*
 * The smallest change, as a fraction, that the row could call in a design, at
 * 90 % power, with the noise that it shows now. NAN if the row has no noise to
 * go by.
 */
double pfg_advice_detectable(const struct pfg_report_row *row,
                             const struct pfg_advice_design *design);

/* Rounds in turn that the row has so far. Many processes that were not in turn
 * count one less: as many in turn would be an improvement. */
size_t pfg_advice_rounds(const struct pfg_report_row *row);

/* Most of the uncertainty of a row with `single` evidence is noise between
 * runs, about which more samples of one process say nothing. */
bool pfg_advice_between_runs(const struct pfg_report_row *row);

#endif
