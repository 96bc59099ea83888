#include "render/facts.h"

#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "render/words.h"
#include "unit/scale.h"

struct writer {
    const struct pfg_report *report;
    const struct pfg_report_row *row;
    struct pfg_arena *arena;
    struct pfg_scale scale; /* of the row */
    PFG_VEC(struct pfg_row_fact) lines;
};

const char *pfg_facts_of_evidence(enum pfg_evidence evidence)
{
    static const char *const meanings[PFG_N_EVIDENCES] = {
        [PFG_EXACT] = "the same value every time: any difference is real",
        [PFG_REPLICATED] = "several processes a side, measured in turn",
        [PFG_SINGLE] =
            "samples of one process: the noise between runs is assumed",
        [PFG_HISTORY] = "one value against those of earlier runs",
        [PFG_SUMMARY] = "an aggregate of the tool with its own error",
        [PFG_POINT] = "fewer than four numbers: the noise is assumed",
        [PFG_NO_EVIDENCE] = "a side is missing",
    };

    return meanings[evidence];
}

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
        [PFG_LOWER] = "less is better",
        [PFG_HIGHER] = "more is better",
        [PFG_NEUTRAL] = "neither way is better",
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

static void add_test(struct writer *w)
{
    double p = w->row->p;

    if (!isfinite(p)) {
        return;
    }
    add(w, "chance",
        pfg_arena_printf(
            w->arena,
            "p = %.3g, one-sided: how likely a difference like this is where "
            "nothing changed, before correction over %zu gated rows",
            p, w->report->n_gated));
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
            pfg_words_percent(w->arena, row->effective_threshold));
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
            : pfg_arena_printf(w->arena, "%s%s; %zu observation%s%s%s%s",
                               value(w, side->value), span, side->n,
                               side->n == 1 ? "" : "s", many, unit, source));
}

/* What the change was held against, where there is a spread to speak of. */
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

/* Which test chose the row, for who wants to follow it in the manual. */
static void add_choice(struct writer *w)
{
    const struct pfg_report_working *working = &w->row->working;

    if (working->present && working->family && isfinite(working->q)) {
        add(w, "chosen",
            pfg_arena_printf(
                w->arena, "at a false discovery rate of %s among %zu tests",
                pfg_words_percent(w->arena, working->q), working->tests));
    }
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

        if (which < w->report->n_footnotes) {
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

    add(&w, "why", row->reason);
    add_change(&w);
    add_side(&w, "base", &row->base);
    add_side(&w, "head", &row->head);
    add_limit(&w);
    if (isfinite(row->detectable)) {
        add(&w, "could see",
            pfg_arena_printf(arena, "a change of %s or more",
                             pfg_words_percent(arena, row->detectable)));
    }
    add_noise(&w);
    add_test(&w);
    add_choice(&w);
    add(&w, "evidence",
        pfg_arena_printf(arena, "%s: %s", pfg_evidence_name(row->evidence),
                         pfg_facts_of_evidence(row->evidence)));
    add(&w, "limit became", row->limit_change);
    if (*row->budget) {
        add(&w, "budget",
            pfg_arena_printf(arena, "%s, %s", row->budget,
                             row->budget_crossed ? "crossed" : "kept"));
    }
    add_advice(&w);
    add_footnotes(&w);
    return (struct pfg_row_facts){w.lines.at, w.lines.n};
}
