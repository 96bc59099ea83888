#ifndef PFG_STATS_CHANGEPOINT_H
#define PFG_STATS_CHANGEPOINT_H

#include <stddef.h>

struct pfg_arena;

/* Change points in a history (verdict.md 7): PELT on winsorised logs, then
 * each verified, weakest first. */
struct pfg_changepoint {
    size_t at;          /* index of the first point of the new segment */
    double before, after; /* medians of the logs on either side */
    double p;
};

struct pfg_changepoints {
    struct pfg_changepoint *at; /* in the arena, ascending */
    size_t n;
};

/* `y` are logs in commit order. Fewer than six points have none. */
struct pfg_changepoints pfg_changepoints_find(const double *y, size_t n,
                                              struct pfg_arena *arena);

#endif
