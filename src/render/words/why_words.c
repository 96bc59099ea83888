#include "render/words/why_words.h"

#include <math.h>

#include "render/words/words.h"

size_t pfg_why_named(const struct pfg_why_function *out[PFG_WHY_LINES],
                     const struct pfg_why *why)
{
    double change = why->head - why->base;
    bool known = fabs(change) > PFG_WHY_ERRORS * why->error;
    size_t n = 0;

    for (size_t i = 0; i < 2 * why->n_functions && n < PFG_WHY_LINES; i++) {
        const struct pfg_why_function *f =
            &why->functions[i % why->n_functions];

        if (f->named && f->foreign == (i >= why->n_functions) &&
            (!known || (f->head > f->base) == (change > 0))) {
            out[n++] = f;
        }
    }
    return n;
}

/* "+9.0 of +12.0%". */
static const char *part_of(const struct pfg_why *why,
                           const struct pfg_why_function *function,
                           struct pfg_arena *arena)
{
    double part = 100 * (function->head - function->base) / why->base;

    return why->base > 0
               ? pfg_arena_printf(
                     arena, "%+.*f of %s", fabs(part) < 9.95 ? 1 : 0, part,
                     pfg_words_change(arena, why->head / why->base - 1))
               : "";
}

const char *pfg_why_line(const struct pfg_why *why,
                         const struct pfg_why_function *function,
                         struct pfg_arena *arena)
{
    const char *remark = pfg_why_remark(function, arena);

    return pfg_arena_printf(arena, *remark ? "%s: %s (%s)" : "%s: %s%s",
                            part_of(why, function, arena), function->name,
                            remark);
}

struct pfg_why_lines pfg_why_of_row(const struct pfg_report_row *row,
                                    struct pfg_arena *arena)
{
    const struct pfg_why_function *named[PFG_WHY_LINES];
    const struct pfg_why *why = row->why;
    struct pfg_why_lines lines = {.n = 0};
    size_t n;

    if (!why) {
        return lines;
    }
    n = pfg_why_named(named, why);
    for (size_t i = 0; i < n; i++) {
        lines.at[lines.n++] = pfg_why_line(why, named[i], arena);
    }
    if (!n && *why->profiler) {
        lines.at[lines.n++] = pfg_why_nothing(why);
    }
    for (size_t i = 0; i < why->n_notes && lines.n < PFG_WHY_LINES; i++) {
        lines.at[lines.n++] = why->notes[i];
    }
    return lines;
}

const char *pfg_why_remark(const struct pfg_why_function *function,
                           struct pfg_arena *arena)
{
    const char *state = function->is_new ? "new" : function->gone ? "gone" : "";

    return pfg_arena_printf(
        arena, "%s%s%s%s%s%s", state, *state && *function->note ? ", " : "",
        function->note,
        (*state || *function->note) && *function->through ? "; " : "",
        *function->through ? "in " : "", function->through);
}

const char *pfg_why_nothing(const struct pfg_why *why)
{
    return why->n_functions ? "no function changed by more than chance"
                            : "no function changed";
}
