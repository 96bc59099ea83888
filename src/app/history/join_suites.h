#ifndef PFG_APP_HISTORY_JOIN_SUITES_H
#define PFG_APP_HISTORY_JOIN_SUITES_H

#include "app/history/read_history.h"

/*
 * What github-action-benchmark kept of a tool tells no suite. Where one suite
 * alone has the same series, its stored ones of no suite become that suite's,
 * and the reader's `n_joined` counts them.
 */
int pfg_history_join_suites(struct pfg_history_reader *reader,
                            struct pfg_error *err);

#endif
