#include "render/words/facts.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "render/words/because.h"
#include "render/words/why_words.h"
#include "render/words/words.h"
#include "unit/scale.h"

struct writer {
    const struct pfg_report *report;
    const struct pfg_report_row *row;
    struct pfg_arena *arena;
    struct pfg_scale scale; /* of the row */
    PFG_VEC(struct pfg_row_fact) lines;
};

static void add(struct writer *w, const char *term, const char *text)
{
    if (*text) {
        pfg_vec_push(&w->lines, w->arena, ((struct pfg_row_fact){term, text}));
    }
}

static const char *value(struct writer *w, double x)
{
    char text[PFG_SCALE_TEXT];

    return pfg_arena_strdup(w->arena, pfg_scale_print(text, x, &w->scale));
}

static const char *direction(const struct pfg_report_row *row)
{
    static const char *const words[] = {
        [PFG_LOWER] = "lower is better",
        [PFG_HIGHER] = "higher is better",
        [PFG_NEUTRAL] = "neither direction is better",
    };

    return words[row->better];
}

static void add_change(struct writer *w)
{
    const struct pfg_report_row *row = w->row;
    const char *span = "", *absolute = "";

    if (isfinite(row->change_lower) && isfinite(row->change_upper)) {
        span = pfg_arena_printf(w->arena, ", between %s and %s (%s interval)",
                                pfg_words_change(w->arena, row->change_lower),
                                pfg_words_change(w->arena, row->change_upper),
                                pfg_words_percent(w->arena, row->change_level));
    }
    if (isfinite(row->difference) && row->difference != 0) {
        absolute =
            pfg_arena_printf(w->arena, "; %s%s", row->difference > 0 ? "+" : "",
                             value(w, row->difference));
    }
    if (isfinite(row->change)) {
        add(w, "change",
            pfg_arena_printf(w->arena, "%s%s%s; %s",
                             pfg_words_change(w->arena, row->change), span,
                             absolute, direction(row)));
    } else if (*absolute) {
        add(w, "change",
            pfg_arena_printf(w->arena, "%s; %s", absolute + 2, direction(row)));
    }
}

static void add_limit(struct writer *w)
{
    const struct pfg_report_row *row = w->row;
    const char *limit, *source, *weak = "";

    if (!row->gated) {
        add(w, "limit",
            pfg_arena_printf(w->arena, "not gated%s%s",
                             *row->not_gated ? ": " : "", row->not_gated));
        return;
    }
    if (!isfinite(row->threshold)) {
        return;
    }
    limit = pfg_words_percent(w->arena, row->threshold);
    source = row->threshold_source;
    if (row->effective_threshold > row->threshold + 1e-9) {
        weak = pfg_arena_printf(
            w->arena, "; the noise of this evidence widens it to %s",
            pfg_words_detects(w->arena, row->effective_threshold));
    }
    add(w, "limit",
        pfg_arena_printf(w->arena, *source ? "%s (%s)%s" : "%s%s%s", limit,
                         source, weak));
}

static void add_side(struct writer *w, const char *name,
                     const struct pfg_report_side *side)
{
    const char *span = "", *many = "", *source = "", *unit = "";

    if (!side->present) {
        add(w, name, "no value");
        return;
    }
    if (isfinite(side->interval.lower) && isfinite(side->interval.upper)) {
        span = pfg_arena_printf(
            w->arena, ", between %s and %s (%s interval)",
            value(w, side->interval.lower), value(w, side->interval.upper),
            pfg_words_percent(w->arena, side->interval.level));
    }
    if (side->n_processes > 1) {
        many =
            pfg_arena_printf(w->arena, " in %zu processes", side->n_processes);
    }
    if (*side->source) {
        source = pfg_arena_printf(w->arena, "; from %s", side->source);
    }
    if (*side->written_unit) {
        unit = pfg_arena_printf(w->arena, "; the tool writes %s",
                                side->written_unit);
    }
    add(w, name,
        *side->error
            ? pfg_arena_printf(w->arena, "failed: %s%s", side->error, source)
            : pfg_arena_printf(
                  w->arena, "%s%s; %s%s%s%s", value(w, side->value), span,
                  pfg_arena_counted(w->arena, side->n, "observation"), many,
                  unit, source));
}

/* The noise that the change was compared with, if there is any. */
static void add_noise(struct writer *w)
{
    const struct pfg_report_working *working = &w->row->working;
    const char *suite = "", *history = "";

    if (!working->present || !(working->error > 0) ||
        !isfinite(working->error)) {
        return;
    }
    if (isfinite(working->spread) && working->spread > 0) {
        suite = pfg_arena_printf(w->arena, "; the suite spreads by %s",
                                 pfg_words_percent(w->arena, working->spread));
    }
    if (working->earlier && isfinite(working->history)) {
        history = pfg_arena_printf(
            w->arena, "; %zu earlier runs spread by %s", working->earlier,
            pfg_words_percent(w->arena, working->history));
    }
    add(w, "noise",
        pfg_arena_printf(w->arena, "standard error of the change %s%s%s",
                         pfg_words_percent(w->arena, working->error), suite,
                         history));
}

static void add_advice(struct writer *w)
{
    for (size_t i = 0; i < w->row->n_advice; i++) {
        add(w, "next", w->row->advice[i]);
    }
}

static void add_footnotes(struct writer *w)
{
    for (size_t i = 0; i < w->row->n_footnotes; i++) {
        size_t which = w->row->footnotes[i];

        if (which < w->report->n_footnotes &&
            strcmp(w->report->footnotes[which],
                   pfg_evidence_meaning(w->row->evidence)) != 0) {
            add(w, "note", w->report->footnotes[which]);
        }
    }
}

struct pfg_row_facts pfg_facts_of_row(const struct pfg_report *report,
                                      const struct pfg_report_row *row,
                                      struct pfg_arena *arena)
{
    const double values[] = {row->base.value, row->head.value};
    struct writer w = {
        .report = report,
        .row = row,
        .arena = arena,
        .scale = pfg_scale_for(pfg_words_unit(row), values, 2),
    };
    const struct pfg_why_lines where = pfg_why_of_row(row, arena);

    add(&w, "why", row->reason);
    add(&w, "decided", pfg_because(&row->decision, arena));
    add_change(&w);
    add_side(&w, "base", &row->base);
    add_side(&w, "head", &row->head);
    add_limit(&w);
    if (isfinite(row->detectable)) {
        add(&w, "could see",
            pfg_arena_printf(arena,
                             row->detectable > 1 ? "a change of %s"
                                                 : "a change of %s or more",
                             pfg_words_detects(arena, row->detectable)));
    }
    add_noise(&w);
    add(&w, "evidence",
        pfg_arena_printf(arena, "%s: %s", pfg_evidence_name(row->evidence),
                         pfg_evidence_meaning(row->evidence)));
    add(&w, "limit became", row->limit_change);
    if (*row->budget) {
        add(&w, "budget",
            pfg_arena_printf(arena, "%s, %s", row->budget,
                             row->budget_crossed ? "crossed" : "kept"));
    }
    for (size_t i = 0; i < where.n; i++) {
        add(&w, "where", where.at[i]);
    }
    add_advice(&w);
    add_footnotes(&w);
    return (struct pfg_row_facts){w.lines.at, w.lines.n};
}
