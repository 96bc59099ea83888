#ifndef PFG_COMPARE_REPORT_HEADLINE_H
#define PFG_COMPARE_REPORT_HEADLINE_H

#include "model/report.h"

/* Rows, and those of them with one value per side. */
struct pfg_lone {
    size_t n, n_lone;
};

/* What was counted over all sections, beside the counts of the report. */
struct pfg_tally {
    size_t compared;    /* rows */
    size_t gated;       /* of them */
    size_t unproven;    /* inconclusive, but listed */
    size_t judged, met; /* absolute limits */
    size_t targets;     /* that fail, without a failing row that shows it */
    size_t without_base, shifts; /* sections */
    bool shift_fails;
    bool slower; /* a gated row is a time or a rate: "slower", not "worse" */
    bool doubts; /* a row may not have been measured at all */
    struct pfg_lone tested;  /* gated rows with noise */
    struct pfg_lone changed; /* rows that fail because they changed */
    struct {
        bool time;             /* one of them is a time or a rate */
        bool doubtful;         /* one of them may not have been measured */
    } failing[PFG_N_VERDICTS]; /* rows */
    /* Rows that could only have shown far more than their limit. */
    struct {
        size_t n;
        size_t n_open;    /* of these, too noisy to tell; the interval of the
                             others excludes a change */
        const char *what; /* these are: "timings", "values" */
    } blind;
};

/* Most blind rows are too noisy to tell. */
bool pfg_tally_is_noisy(const struct pfg_tally *tally);

/* Sets the headline and the exit status that go with the counts. */
void pfg_headline_set(struct pfg_report *report, const struct pfg_tally *tally,
                      bool allow_no_baseline);

#endif
