#ifndef PFG_COMPARE_WHY_WHY_SUMS_H
#define PFG_COMPARE_WHY_WHY_SUMS_H

#include <stdbool.h>

#include "compare/why/why_question.h"

/* What the profiles of both sides add up to. Internal to why*.c. A row is a
 * value for each profile, those of the base first. */
struct pfg_why_sums {
    const struct pfg_why_question *q;
    const struct pfg_stacks *stacks;
    struct pfg_arena *arena; /* for what lasts as long as comparing */
    struct pfg_arena *keep;  /* for the answer */
    double *scratch; /* as many as there are weights, or frames * profiles */
    size_t n;        /* profiles */
    double *scale;   /* of each, to the unit */
    double *totals;  /* of each, scaled */
    double *charged; /* frame * n + profile, scaled; with what it calls of
                        libraries */
    double *self;
    double *inclusive;
    double phi;
    bool sampled;
    double whole[2];
};

/* Of the question, which is borrowed; what is made is in the arenas. */
void pfg_why_sums_make(struct pfg_why_sums *w,
                       const struct pfg_why_question *question,
                       struct pfg_arena *arena, struct pfg_arena *keep);

/* The scratch, with zeroes: valid until it is asked for again. */
double *pfg_why_clean(const struct pfg_why_sums *w);

bool pfg_why_is_head(const struct pfg_why_sums *w, size_t profile);
/* The mean over the profiles of a side. */
double pfg_why_mean(const struct pfg_why_sums *w, const double *row, bool head);
/* Head less base, and its standard error: at least what counting leaves, and
 * what the profiles show. */
double pfg_why_change(const struct pfg_why_sums *w, const double *row);
double pfg_why_error(const struct pfg_why_sums *w, const double *row);
/* A change that repeats in all profiles, and is more than chance. */
bool pfg_why_is_real(const struct pfg_why_sums *w, const double *row);

/* ---- why_paths.c ---- */

/* A function's call path with the largest change in its direction, libraries'
 * part included; a node, or PFG_STACKS_NONE. */
size_t pfg_why_largest_path(const struct pfg_why_sums *w, size_t frame,
                            bool up);
/* The library's function that has at least half of its change; "" : none. */
const char *pfg_why_through(const struct pfg_why_sums *w, size_t frame,
                            double whole_change);
/* The function that calls it most, on one side: a frame, or PFG_STACKS_NONE. */
size_t pfg_why_caller(const struct pfg_why_sums *w, size_t frame, bool head);

#endif
