#include "app/commands/explain_row.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "compare/report/advice.h"
#include "compare/report/derivation.h"
#include "render/words/because.h"
#include "render/words/words.h"
#include "term/table.h"
#include "unit/scale.h"

/* Samples of a process, or points of a history, to print. */
enum { MOST_VALUES = 30, LABEL = 10, VALUES = 22 };

struct page {
    struct pfg_str *out;
    const struct pfg_report_row *row;
    struct pfg_arena *arena;
    struct pfg_scale scale; /* of all values of the row */
    int width;              /* of the terminal; 0: unlimited */
};

/* Prints `text` after `label`; further lines are aligned with the text. */
static void put_text(struct page *p, const char *label, const char *text)
{
    struct pfg_slice rest = pfg_slice_of(text), line;
    size_t indent = pfg_text_width(pfg_slice_of(label));
    size_t room = p->width < 40 ? SIZE_MAX : (size_t)p->width - indent;

    while ((line = pfg_text_take_line(&rest, room)).len) {
        pfg_str_puts(p->out, label);
        pfg_text_visible(p->out, line);
        pfg_str_putc(p->out, '\n');
        label = pfg_arena_printf(p->arena, "%*s", (int)indent, "");
    }
}

/* Prints "samples   text"; the label only once in a group. */
static void put(struct page *p, const char *label, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void put(struct page *p, const char *label, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    put_text(p, pfg_arena_printf(p->arena, "  %-*s", LABEL, label),
             pfg_arena_vprintf(p->arena, format, arguments));
    va_end(arguments);
}

static const char *value(struct page *p, double number)
{
    char text[PFG_SCALE_TEXT];

    return pfg_arena_strdup(p->arena, pfg_scale_print(text, number, &p->scale));
}

static const char *digits(struct page *p, double number)
{
    char text[PFG_SCALE_TEXT];

    return pfg_arena_strdup(p->arena,
                            pfg_scale_digits(text, number, &p->scale));
}

static double sign_of(const struct pfg_report_row *row)
{
    return row->better == PFG_HIGHER ? -1 : 1;
}

/* A signed log as a change. */
static const char *change(struct page *p, double signed_log)
{
    return pfg_words_change(p->arena, expm1(sign_of(p->row) * signed_log));
}

/* A signed log as a value. */
static const char *level(struct page *p, double signed_log)
{
    return value(p, exp(sign_of(p->row) * signed_log));
}

/* "1.002 → 1.319 µs, between +28.9% and +33.1% (95% interval)" */
static void put_change(struct page *p)
{
    const struct pfg_report_row *row = p->row;
    struct pfg_row_words words = pfg_words_row(row, p->arena);
    const char *interval = "";

    if (row->change_lower < row->change_upper) {
        interval =
            pfg_arena_printf(p->arena, ", between %s and %s (%s interval)",
                             pfg_words_change(p->arena, row->change_lower),
                             pfg_words_change(p->arena, row->change_upper),
                             pfg_words_percent(p->arena, row->change_level));
    }
    if (isfinite(row->change)) {
        put(p, "change", "%s%s", pfg_words_values(p->arena, &words), interval);
    }
}

/* --- samples --- */

static void put_process(struct page *p, const struct pfg_report_side *side,
                        size_t process, size_t from, size_t to)
{
    struct pfg_str text = pfg_str_in(p->arena);

    if (side->n_processes > 1 && side->n > side->n_processes) {
        pfg_str_printf(&text, "process %zu: ", process + 1);
    }
    for (size_t i = from; i < to && i - from < MOST_VALUES; i++) {
        pfg_str_printf(&text, "%s%s", i > from ? " " : "",
                       digits(p, side->values[i]));
    }
    if (to - from > MOST_VALUES) {
        pfg_str_printf(&text, " and %zu more", to - from - MOST_VALUES);
    }
    pfg_str_printf(&text, "%s%s", *p->scale.suffix ? " " : "", p->scale.suffix);
    put(p, "", "%s", text.ptr);
}

static void put_side(struct page *p, const char *label,
                     const struct pfg_report_side *side)
{
    if (!side->present) {
        put(p, label, "not measured");
        return;
    }
    if (side->n) {
        put(p, label, "%s: %s of %zu value%s of %zu process%s, from %s",
            value(p, side->value), pfg_statistic_words(p->row->statistic),
            side->n, side->n == 1 ? "" : "s", side->n_processes,
            side->n_processes == 1 ? "" : "es", side->source);
    } else {
        put(p, label, "no value, from %s", side->source);
    }
    if (*side->error) {
        put(p, "", "it failed: %s", side->error);
    }
    if (side->values && (!side->processes || side->n == side->n_processes)) {
        put_process(p, side, 0, 0, side->n);
        return;
    }
    for (size_t from = 0, to; side->values && from < side->n; from = to) {
        size_t process = side->processes[from];

        for (to = from + 1; to < side->n && side->processes[to] == process;
             to++) {
        }
        put_process(p, side, process, from, to);
    }
}

/* --- the steps --- */

static const char *step_value(struct page *p, enum pfg_step_kind kind, double x)
{
    switch (kind) {
    case PFG_STEP_SHARE:
        return pfg_words_percent(p->arena, x);
    case PFG_STEP_LEVEL:
        return level(p, x);
    case PFG_STEP_CHANGE:
        return change(p, x);
    default:
        return pfg_arena_printf(p->arena, "%.4g", x);
    }
}

static void put_steps(struct page *p)
{
    struct pfg_derivation_steps steps = pfg_derivation_steps(p->row, p->arena);

    for (size_t i = 0; i < steps.n; i++) {
        const struct pfg_derivation_step *step = &steps.at[i];
        const char *values = "";
        size_t width;

        for (size_t k = 0; k < step->n; k++) {
            values =
                pfg_arena_printf(p->arena, "%s%s%s", values, k ? ", " : "",
                                 step_value(p, step->kind, step->values[k]));
        }
        width = pfg_text_width(pfg_slice_of(values));
        put_text(p,
                 pfg_arena_printf(p->arena, "  %-*s%-8s  %s%*s", LABEL,
                                  i ? "" : "steps", step->symbol, values,
                                  width < VALUES ? (int)(VALUES - width) : 2,
                                  ""),
                 step->formula);
    }
}

static void put_limit(struct page *p)
{
    const struct pfg_report_row *row = p->row;

    if (!row->gated) {
        put(p, "limit", "none: %s", row->not_gated);
        return;
    }
    put(p, "limit", "%s, from %s%s",
        pfg_words_percent(p->arena, row->threshold),
        strcmp(row->threshold_source, "default") ? row->threshold_source
                                                 : "the built-in default",
        row->better == PFG_HIGHER ? " (a decrease: higher is better)" : "");
    if (row->effective_threshold > row->threshold) {
        put(p, "", "with so few values, noise widens it to %s",
            pfg_words_detects(p->arena, row->effective_threshold));
    }
    if (*row->budget) {
        put(p, "", "absolute limit: %s (%s)", row->budget,
            row->budget_crossed ? "crossed" : "kept");
    }
}

static void put_history(struct page *p)
{
    const struct pfg_report_working *w = &p->row->working;
    size_t window = pfg_report_window(w);
    size_t from =
        w->n_points > window + MOST_VALUES ? w->n_points - MOST_VALUES : window;

    if (!w->n_points) {
        if (w->present) {
            put(p, "history", "none used");
        }
        return;
    }
    put(p, "history",
        "%zu earlier results since the last change of level, "
        "oldest first, then the base",
        w->earlier);
    for (size_t i = 0; i < w->n_jumps; i++) {
        const struct pfg_report_jump *jump = &w->jumps[i];

        put(p, "", "level changed %s: %s to %s, %zu results ago",
            pfg_words_jump(p->arena, p->row, jump), value(p, jump->before),
            value(p, jump->after), w->n_points - jump->at);
    }
    for (size_t i = from; i < w->n_points; i++) {
        const struct pfg_report_point *point = &w->points[i];

        put(p, "", "%s (L %s)%s%.10s", value(p, point->value),
            value(p, point->level), *point->revision ? " " : "",
            point->revision);
    }
}

/* What more measurements, or others, would have shown. */
static void put_detectable(struct page *p)
{
    static const size_t sizes[] = {5, 10, 20};
    const struct pfg_report_row *row = p->row;
    bool tested = pfg_evidence_is_tested(row->evidence);

    if (!isfinite(row->detectable)) {
        return;
    }
    put(p, "detects",
        row->detectable > 1 ? "a change of %s, in 9 of 10 cases"
                            : "a change of %s or more, in 9 of 10 cases",
        pfg_words_detects(p->arena, row->detectable));
    for (size_t i = 0; row->gated && tested && i < 3; i++) {
        struct pfg_advice_design one =
            pfg_advice_design(false, sizes[i], row->working.tests);
        struct pfg_advice_design turn =
            pfg_advice_design(true, sizes[i], row->working.tests);
        const char *in_turn =
            pfg_words_detects(p->arena, pfg_advice_detectable(row, &turn));

        if (row->evidence == PFG_SINGLE) {
            put(p, "",
                "with %zu samples from one process per side: %s; with %zu "
                "processes in turn: %s",
                sizes[i],
                pfg_words_detects(p->arena, pfg_advice_detectable(row, &one)),
                sizes[i], in_turn);
        } else {
            put(p, "", "with %zu processes per side, in turn: %s", sizes[i],
                in_turn);
        }
    }
    if (pfg_advice_between_runs(row)) {
        put(p, "",
            "most of the noise is assumed to be between runs: more processes "
            "in turn help, more samples in this process do not");
    }
}

/* One unit for all printed values. */
static struct pfg_scale scale_of(const struct pfg_report_row *row)
{
    const double values[] = {row->base.value, row->head.value};

    return pfg_scale_for(row->unit, values, 2);
}

void pfg_explain_put_row(struct pfg_str *out,
                         const struct pfg_report_section *section,
                         const struct pfg_report_row *row, bool verbose,
                         int width, struct pfg_arena *arena)
{
    struct page p = {out, row, arena, scale_of(row), width};

    pfg_text_visible(out, pfg_slice_of(row->label));
    pfg_str_puts(out, "  ");
    pfg_text_visible(out, pfg_slice_of(row->metric));
    pfg_str_putc(out, '\n');
    put_text(&p, "  ", pfg_plainly(row, arena));
    if (*row->suite) {
        put(&p, "suite", "%s", row->suite);
    }
    if (section->has_profile) {
        put(&p, "hardware", "%s", section->profile.name);
    }
    put(&p, "verdict", "%s%s%s",
        pfg_verdict_word(row->verdict, pfg_report_is_time(row)),
        *row->reason ? ": " : "", row->reason);
    put_change(&p);
    if (isfinite(row->change)) { /* else this was printed above */
        put(&p, "because", "%s", pfg_because(&row->decision, arena));
    }
    put(&p, "evidence", "%s: %s", pfg_evidence_name(row->evidence),
        pfg_evidence_meaning(row->evidence));
    put_side(&p, "base", &row->base);
    put_side(&p, "head", &row->head);
    put_limit(&p);
    if (verbose) {
        put_steps(&p);
    }
    put_history(&p);
    put_detectable(&p);
    for (size_t i = 0; i < row->n_advice; i++) {
        put(&p, i ? "" : "advice", "%s", row->advice[i]);
    }
    pfg_str_putc(out, '\n');
}
