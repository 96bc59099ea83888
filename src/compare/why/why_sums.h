#ifndef PFG_COMPARE_WHY_WHY_SUMS_H
#define PFG_COMPARE_WHY_WHY_SUMS_H

#include <stdbool.h>

#include "compare/why/why_question.h"

/* Sums over the profiles of both sides. Internal to why*.c. A row has a value
 * for each profile, those of the base first. */
struct pfg_why_sums {
    const struct pfg_why_question *q;
    const struct pfg_stacks *stacks;
    struct pfg_arena *arena; /* for the time of the comparison */
    struct pfg_arena *keep;  /* for the answer */
    double *scratch; /* a row for each node or frame, whichever are more */
    size_t n;        /* profiles */
    double *scale;   /* of each, to the unit */
    double *totals;  /* of each, scaled */
    double *charged; /* frame * n + profile, scaled, with the libraries that it
                        calls */
    double *self;
    double *inclusive;
    double phi;
    bool sampled;
    double whole[2];
};

/* Sums up the profiles of a question, which is borrowed. Results are in the
 * arenas. */
void pfg_why_sums_make(struct pfg_why_sums *w,
                       const struct pfg_why_question *question,
                       struct pfg_arena *arena, struct pfg_arena *keep);

/* The scratch, zeroed; valid until the next call. */
double *pfg_why_clean(const struct pfg_why_sums *w);

bool pfg_why_is_head(const struct pfg_why_sums *w, size_t profile);
/* The mean over the profiles of a side. */
double pfg_why_mean(const struct pfg_why_sums *w, const double *row, bool head);
/* Head minus base, and its standard error: the larger of what counting and what
 * the profiles show. */
double pfg_why_change(const struct pfg_why_sums *w, const double *row);
double pfg_why_error(const struct pfg_why_sums *w, const double *row);
/* The change repeats in all profiles, and is more than chance. */
bool pfg_why_is_real(const struct pfg_why_sums *w, const double *row);

/* ---- why_paths.c ---- */

/* The call path of a function with the largest change up or down, libraries
 * included; a node, or PFG_STACKS_NONE. */
size_t pfg_why_largest_path(const struct pfg_why_sums *w, size_t frame,
                            bool up);
/* The library function with at least half of a function's change; "" : none. */
const char *pfg_why_through(const struct pfg_why_sums *w, size_t frame,
                            double whole_change);
/* The frame that calls a function most on one side, or PFG_STACKS_NONE. */
size_t pfg_why_caller(const struct pfg_why_sums *w, size_t frame, bool head);

#endif
