#ifndef PFG_RENDER_HISTORY_HISTORY_FORMATS_H
#define PFG_RENDER_HISTORY_HISTORY_FORMATS_H

#include "model/history.h"
#include "render/render.h"
#include "unit/scale.h"
#include "json/write.h"

/* The formats of histories. They print and never decide. */

/* One history after the other. One series: a line a version, newest first, and
 * a line a shift. Several: a line each. `most` values are listed (0: all); of
 * the options colour and width count. */
void pfg_history_text(struct pfg_str *out,
                      const struct pfg_history *const *histories, size_t n,
                      size_t most, const struct pfg_render_options *options);

/* A document of one history, or of a list where several were asked for. */
void pfg_history_json(struct pfg_str *out,
                      const struct pfg_history *const *histories, size_t n,
                      bool several);
/* A row for each value. */
void pfg_history_csv(struct pfg_str *out,
                     const struct pfg_history *const *histories, size_t n);

/* Gauges for the last version and its change from a rolling baseline. */
void pfg_history_metrics(struct pfg_str *out,
                         const struct pfg_history *const *histories, size_t n);

/* The members of JSON objects: whose history it is, of a version, of a shift,
 * of a series with its values and shifts, and of what it is alone; and its
 * "shifts" as a member. */
void pfg_history_json_place(struct pfg_json_writer *w,
                            const struct pfg_history *history);
void pfg_history_json_commit(struct pfg_json_writer *w,
                             const struct pfg_history_commit *commit);
void pfg_history_json_shift(struct pfg_json_writer *w,
                            const struct pfg_history *history,
                            const struct pfg_history_series *series,
                            const struct pfg_history_shift *shift);
void pfg_history_json_series(struct pfg_json_writer *w,
                             const struct pfg_history *history,
                             const struct pfg_history_series *series);
void pfg_history_json_value(struct pfg_json_writer *w,
                            const struct pfg_history *history,
                            const struct pfg_history_value *value);
void pfg_history_json_shifts(struct pfg_json_writer *w,
                             const struct pfg_history *history,
                             const struct pfg_history_series *series);
void pfg_history_json_identity(struct pfg_json_writer *w,
                               const struct pfg_history_series *series);

/* ---- in words; belongs to the arena ---- */

/* "main on ci", "github.com/org/repo, main on ci". */
const char *pfg_history_place(const struct pfg_history *history,
                              struct pfg_arena *arena);

/* "3f2a1c9e21", or a name. */
const char *pfg_history_id(const struct pfg_history_commit *commit,
                           struct pfg_arena *arena);

/* "3f2a1c9e21  2026-01-31  Ada: a better name". */
const char *pfg_history_commit_words(const struct pfg_history_commit *commit,
                                     struct pfg_arena *arena);

/* One scale for all values of a series. */
struct pfg_scale pfg_history_scale(const struct pfg_history_series *series);

/* The values from `from` on, in at most `width` blocks. */
const char *pfg_history_spark(const struct pfg_history_series *series,
                              size_t from, size_t width,
                              struct pfg_arena *arena);

/* The verdict on a value: "slower (fails)", or "". */
const char *pfg_history_verdict(const struct pfg_history_series *series,
                                const struct pfg_history_value *value,
                                struct pfg_arena *arena);

/* "+8.1% [+7.0%, +9.3%]". */
const char *pfg_history_change(const struct pfg_history_shift *shift,
                               struct pfg_arena *arena);

#endif
