#ifndef PFG_APP_HISTORY_HISTORIES_H
#define PFG_APP_HISTORY_HISTORIES_H

#include "app/history/read_trend.h"

/* One history for each project and hardware profile that is asked for. */
struct pfg_histories {
    struct pfg_arena *arena;
    struct pfg_history_reader *readers; /* one a project, with nothing open */
    size_t n_readers;
    const struct pfg_history **at; /* by project, then profile */
    struct pfg_trend *trends;      /* of each; NULL: not asked for */
    size_t n;
    bool several; /* more than one was asked for, however many there are */
};

/*
 * Reads them: on the hardware that is named or, where none is, on that of the
 * newest run, with `all_profiles` on all. `trend` NULL: no trends. Of several
 * projects one that cannot be read is left out with a warning; a benchmark that
 * only some histories have is not an error, one that none has is PFG_USAGE. The
 * options are borrowed. Ends with pfg_histories_free(), also after an error.
 */
int pfg_histories_read(struct pfg_histories *out,
                       const struct pfg_context *context,
                       const struct pfg_history_options *options,
                       bool all_profiles, const struct pfg_trend_options *trend,
                       struct pfg_error *err);
void pfg_histories_free(struct pfg_histories *histories);

#endif
