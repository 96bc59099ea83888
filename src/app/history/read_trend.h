#ifndef PFG_APP_HISTORY_READ_TREND_H
#define PFG_APP_HISTORY_READ_TREND_H

#include "app/history/read_history.h"
#include "model/history.h"

struct pfg_trend_options {
    const char *config; /* NULL: found */
    double threshold;   /* what got worse by more than this fraction fails */
};

/*
 * What changed in a history that pfg_history_read_on() read: with what was
 * accepted, by trailers of the commits that a change came with and by the
 * configuration, and with what differs in the environment where most
 * benchmarks changed at once. In the history's arena.
 */
int pfg_trend_read(struct pfg_trend *out, const struct pfg_history *history,
                   const struct pfg_history_reader *reader,
                   const struct pfg_trend_options *options,
                   struct pfg_error *err);

#endif
