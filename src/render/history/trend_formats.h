#ifndef PFG_RENDER_HISTORY_TREND_FORMATS_H
#define PFG_RENDER_HISTORY_TREND_FORMATS_H

#include "model/history.h"
#include "render/render.h"

/* Trends in formats, one after the other; where several were asked for, JSON is
 * a list, and Markdown says whose each is. */
void pfg_trend_text(struct pfg_str *out, const struct pfg_trend *trends,
                    size_t n, const struct pfg_render_options *options);
void pfg_trend_markdown(struct pfg_str *out, const struct pfg_trend *trends,
                        size_t n, bool several);
void pfg_trend_json(struct pfg_str *out, const struct pfg_trend *trends,
                    size_t n, bool several);

/* ---- in words; belongs to the arena ---- */

/* "2 regressions, 1 improvement since v1.2". */
const char *pfg_trend_headline(const struct pfg_trend *trend,
                               struct pfg_arena *arena);

/* "core/sort  time", or "9 of 12 benchmarks". */
const char *pfg_trend_subject(const struct pfg_trend_change *change,
                              struct pfg_arena *arena);

/* "step, confirmed", "drift, 2.9% a month", "accepted: commit 1a2b3c4d5e". */
const char *pfg_trend_kind(const struct pfg_trend *trend,
                           const struct pfg_trend_change *change,
                           struct pfg_arena *arena);

/* "core/sort time: since v1.2: +11.3% in 4 changes". */
const char *pfg_trend_total(const struct pfg_trend *trend,
                            const struct pfg_trend_total *total,
                            struct pfg_arena *arena);

/* "core time, geometric mean of 12 series: since v1.2: +2.1% in 5 changes". */
const char *pfg_trend_suite(const struct pfg_trend *trend,
                            const struct pfg_trend_suite *suite,
                            struct pfg_arena *arena);

/* The headings of changes, in order. */
enum pfg_trend_group {
    PFG_TREND_WORSE,
    PFG_TREND_SHARED,
    PFG_TREND_SETTLED, /* accepted or recovered */
    PFG_TREND_BETTER,
    PFG_TREND_NEUTRAL,
    PFG_N_TREND_GROUPS,
};
const char *pfg_trend_group_name(enum pfg_trend_group group);
enum pfg_trend_group pfg_trend_group_of(const struct pfg_trend_change *change);

/* The number of commits that may have caused a change, which are those after
 * the last good one, and how many of them are shown. */
#define PFG_TREND_COMMITS 10
size_t pfg_trend_commits(const struct pfg_trend_change *change);

#endif
