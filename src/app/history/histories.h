#ifndef PFG_APP_HISTORY_HISTORIES_H
#define PFG_APP_HISTORY_HISTORIES_H

#include "app/history/read_trend.h"

/* One history for each project and hardware profile that was asked for. */
struct pfg_histories {
    struct pfg_arena *arena;
    struct pfg_history_reader *readers; /* one for each project; their stores
                                           are closed */
    size_t n_readers;
    const struct pfg_history **at; /* by project, then profile */
    struct pfg_trend *trends;      /* one for each history; NULL: not asked
                                      for */
    size_t n;
    bool several; /* more than one was asked for, even if only one was found */
};

/*
 * Reads the histories on the hardware that the options name, else on that of
 * the newest run, or with `all_profiles` on all hardware. `trend` NULL: no
 * trends. If one of several projects cannot be read, it is left out with a
 * warning. A benchmark that only some histories have is not an error, one that
 * none has is PFG_USAGE. The options are borrowed. Call pfg_histories_free()
 * afterwards, also after an error.
 */
int pfg_histories_read(struct pfg_histories *out,
                       const struct pfg_context *context,
                       const struct pfg_history_options *options,
                       bool all_profiles, const struct pfg_trend_options *trend,
                       struct pfg_error *err);
void pfg_histories_free(struct pfg_histories *histories);

#endif
