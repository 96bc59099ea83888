#ifndef PFG_RENDER_WORDS_WHY_WORDS_H
#define PFG_RENDER_WORDS_WHY_WORDS_H

#include "base/arena.h"
#include "model/report.h"
#include "model/why.h"

/* Where a change comes from, in words. */

#define PFG_WHY_LINES 3 /* of a row, in reports for people */

/* "new, was inlined into parse; in memcpy", or "". In the arena. */
const char *pfg_why_remark(const struct pfg_why_function *function,
                           struct pfg_arena *arena);

/* "+9.0 of +12.0%: lex (new; in memcpy)", in the arena. */
const char *pfg_why_line(const struct pfg_why *why,
                         const struct pfg_why_function *function,
                         struct pfg_arena *arena);

/* Lists the named functions that changed in the direction of the whole, or in
 * any direction if the whole changed by no more than chance. The program's own
 * go first, then the largest. Returns how many. */
size_t pfg_why_named(const struct pfg_why_function *out[PFG_WHY_LINES],
                     const struct pfg_why *why);

/* Sentences about a row that was profiled: its named functions in per cent of
 * the profile's base, and what is unknown. n 0: it was not profiled. */
struct pfg_why_lines {
    const char *at[PFG_WHY_LINES + 3];
    size_t n;
};

struct pfg_why_lines pfg_why_of_row(const struct pfg_report_row *row,
                                    struct pfg_arena *arena);

/* The sentence if no function is named. */
const char *pfg_why_nothing(const struct pfg_why *why);

#endif
