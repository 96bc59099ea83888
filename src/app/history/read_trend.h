#ifndef PFG_APP_HISTORY_READ_TREND_H
#define PFG_APP_HISTORY_READ_TREND_H

#include "app/history/read_history.h"
#include "model/history.h"

struct pfg_trend_options {
    const char *config; /* NULL: search for it */
    double threshold;   /* fail on changes for the worse above this fraction */
};

/*
 * Finds the changes in a history from pfg_history_read_on(). It marks those
 * that were accepted, by trailers of the commits in which a change happened or
 * by the configuration, and reports differences in the environment where most
 * benchmarks changed at once. The result is in the history's arena.
 */
int pfg_trend_read(struct pfg_trend *out, const struct pfg_history *history,
                   const struct pfg_history_reader *reader,
                   const struct pfg_trend_options *options,
                   struct pfg_error *err);

#endif
