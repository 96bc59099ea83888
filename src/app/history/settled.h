#ifndef PFG_APP_HISTORY_SETTLED_H
#define PFG_APP_HISTORY_SETTLED_H

#include "app/history/read_history.h"
#include "base/vec.h"

/*
 * What is settled of long series is kept in the database, so that after another
 * run only the tail of its series is searched for changes. It is a cache: it
 * counts where the values that it follows from are still the first ones of the
 * series, by their digest.
 */
struct pfg_settling {
    const struct pfg_history_reader *reader;
    const struct pfg_history *history;
    struct pfg_rank_tables *tables; /* or NULL */
    PFG_VEC(struct pfg_stored_settled) moved_on;
};

/* pfg_shifts_find() of a series, from where it was settled on. */
int pfg_settling_find(struct pfg_settling *settling,
                      struct pfg_history_series *series, struct pfg_error *err);

/* Keeps what moved on. A database that cannot be written, or that is of an
 * older version, stays as it is; what else goes wrong is a warning. */
void pfg_settling_keep(const struct pfg_settling *settling);

#endif
