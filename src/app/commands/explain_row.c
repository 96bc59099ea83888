#include "app/commands/explain_row.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "compare/advice.h"
#include "compare/decide.h"
#include "render/because.h"
#include "render/words.h"
#include "term/table.h"
#include "unit/scale.h"

/* So many samples of a process, or points of a history, are printed. */
enum { MOST_VALUES = 30, LABEL = 10 };

struct page {
    struct pfg_str *out;
    const struct pfg_report_row *row;
    struct pfg_arena *arena;
    struct pfg_scale scale; /* of all values of the row */
    bool verbose;           /* with the formulas */
};

/* "samples   text": one label a group, then blanks. */
static void put(struct page *p, const char *label, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void put(struct page *p, const char *label, const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pfg_str_printf(p->out, "  %-*s", LABEL, label);
    pfg_text_visible(p->out, pfg_slice_of(text));
    pfg_str_putc(p->out, '\n');
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

/* A signed log as the change of the value as written. */
static const char *change(struct page *p, double signed_log)
{
    return pfg_words_change(p->arena, expm1(sign_of(p->row) * signed_log));
}

/* A signed log as a value. */
static const char *level(struct page *p, double signed_log)
{
    return value(p, exp(sign_of(p->row) * signed_log));
}

/* --- in plain words --- */

/* Of all pairs of a value of each side, how many have the head above. */
static size_t pairs_above(const struct pfg_report_row *row)
{
    size_t n = 0;

    for (size_t i = 0; i < row->head.n; i++) {
        for (size_t k = 0; k < row->base.n; k++) {
            n += row->head.values[i] > row->base.values[k];
        }
    }
    return n;
}

/* "all 10 of head are above all 10 of base"; "" where they are not known. */
static const char *overlap(struct page *p)
{
    enum { MOST_PAIRS = 1000000 };
    const struct pfg_report_side *base = &p->row->base, *head = &p->row->head;
    size_t pairs = base->n * head->n, above;

    if (!base->values || !head->values || base->n < 2 || head->n < 2 ||
        pairs > MOST_PAIRS || p->row->evidence == PFG_EXACT) {
        return "";
    }
    above = pairs_above(p->row);
    if (above == pairs || !above) {
        return pfg_arena_printf(
            p->arena, "; all %zu values of head are %s all %zu of base",
            head->n, above ? "above" : "at or below", base->n);
    }
    return pfg_arena_printf(p->arena,
                            "; a value of head is above one of base in %.0f of "
                            "100 pairs",
                            100 * (double)above / (double)pairs);
}

/* "+31.3% (1.002 → 1.319 µs); all 10 values of ...; limit 5%" */
static void put_plainly(struct page *p)
{
    const struct pfg_report_row *row = p->row;
    struct pfg_row_words words = pfg_words_row(row, p->arena);

    if (isfinite(row->change)) {
        put(p, "change", "%s (%s)%s%s%s",
            pfg_words_change(p->arena, row->change),
            pfg_words_values(p->arena, &words), overlap(p),
            row->gated ? "; limit " : "", row->gated ? words.limit : "");
    }
}

/* --- samples --- */

static void put_process(struct page *p, const char *label,
                        const struct pfg_report_side *side, size_t process,
                        size_t from, size_t to)
{
    struct pfg_str text;

    pfg_str_init(&text, 0);
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
    put(p, label, "%s", text.ptr);
    pfg_str_free(&text);
}

static void put_side(struct page *p, const char *label,
                     const struct pfg_report_side *side)
{
    if (!side->present) {
        put(p, label, "not measured");
        return;
    }
    put(p, label, "%s: median of %zu value%s of %zu process%s, from %s",
        value(p, side->value), side->n, side->n == 1 ? "" : "s",
        side->n_processes, side->n_processes == 1 ? "" : "es", side->source);
    if (*side->error) {
        put(p, "", "it failed: %s", side->error);
    }
    if (side->values && (!side->processes || side->n == side->n_processes)) {
        put_process(p, "", side, 0, 0, side->n);
        return;
    }
    for (size_t from = 0, to; side->values && from < side->n; from = to) {
        size_t process = side->processes[from];

        for (to = from + 1; to < side->n && side->processes[to] == process;
             to++) {
        }
        put_process(p, "", side, process, from, to);
    }
}

/* --- the steps --- */

static void step(struct page *p, const char *name, const char *meaning,
                 const char *result)
{
    put(p, "", "%-10s %-52s %s", name, meaning, result);
}

static const char *number(struct page *p, double x)
{
    return pfg_arena_printf(p->arena, "%.4g", x);
}

static void put_effect(struct page *p)
{
    const struct pfg_report_working *w = &p->row->working;
    bool row_is_history = p->row->evidence == PFG_HISTORY;

    if (isfinite(w->low_base)) {
        step(p, "L", "level: mean of the lowest quarter of the samples",
             pfg_arena_printf(p->arena, "%s, then %s", level(p, w->low_base),
                              level(p, w->low_head)));
        step(p, "dL", "L(head) - L(base), in logs, up is worse",
             pfg_arena_printf(p->arena, "%.4g (%s)", w->low_shift,
                              change(p, w->low_shift)));
    }
    step(p, "dM",
         isfinite(w->low_base) ? "Hodges-Lehmann: median of all differences"
         : row_is_history ? "head less the median of the last 9 of the history"
                          : "difference of the medians",
         pfg_arena_printf(p->arena, "%.4g (%s)", w->effect,
                          change(p, w->effect)));
    if (isfinite(w->effect_lower) && w->effect_lower < w->effect_upper) {
        step(
            p, "",
            pfg_arena_printf(p->arena, "its interval, at %s",
                             pfg_words_percent(p->arena, p->row->change_level)),
            pfg_arena_printf(p->arena, "%s to %s", change(p, w->effect_lower),
                             change(p, w->effect_upper)));
    }
}

static const char *weak_noise(const struct pfg_report_row *row)
{
    bool tail = row->kind == PFG_METRIC_TAIL;

    switch (row->evidence) {
    case PFG_HISTORY:
        return "pooled of P and r over m runs; at least 2.83%";
    case PFG_SUMMARY:
        return tail ? "sqrt(P^2 + (4 se)^2 + (4 se)^2), min 11.3%"
                    : "sqrt(P^2 + (4 se)^2 + (4 se)^2), min 4.24%";
    default:
        return tail ? "max(P, sqrt(2) 8%): assumed"
                    : "max(P, sqrt(2) 3%): assumed";
    }
}

static void put_noise(struct page *p)
{
    const struct pfg_report_working *w = &p->row->working;

    if (!isfinite(w->prior)) {
        return;
    }
    step(p, "tau0", "what one run is trusted to repeat within",
         pfg_words_percent(p->arena, w->tau));
    step(p, "S", "spread of dL over the suite, from 6 such series on",
         pfg_words_percent(p->arena, w->spread));
    step(p, "P", "max(sqrt(2) tau0, S): noise between runs",
         pfg_words_percent(p->arena, w->prior));
    if (w->n_points) {
        step(p, "r",
             pfg_arena_printf(p->arena, "spread of %zu earlier runs%s",
                              w->earlier,
                              w->earlier < 8 ? " (used from 8 on)" : ""),
             pfg_words_percent(p->arena, w->history));
    }
    if (isfinite(w->variance)) {
        step(p, "V",
             w->earlier >= 8 ? "(4 P^2 + w 2 r^2) / (4 + w), w = min(12, m/2)"
                             : "P^2",
             number(p, w->variance));
        step(p, "s", "smear: mean of the lower half minus the lowest",
             pfg_arena_printf(p->arena, "%s, then %s",
                              pfg_words_percent(p->arena, w->smear_base),
                              pfg_words_percent(p->arena, w->smear_head)));
        step(p, "SE", "sqrt(V + (s^2 + s^2)/2)",
             pfg_words_percent(p->arena, w->error));
    } else if (isfinite(w->error)) {
        step(p, "sigma_w", weak_noise(p->row),
             pfg_words_percent(p->arena, w->error));
    }
}

static void put_test(struct page *p)
{
    const struct pfg_report_working *w = &p->row->working;

    if (isfinite(w->freedom)) {
        step(p, "n, nu, g", "samples of the smaller side, freedom, gain",
             pfg_arena_printf(p->arena, "%zu, %.4g, %.4g", w->n, w->freedom,
                              w->gain));
        step(p, "t", "g dL / SE", number(p, w->gain * w->low_shift / w->error));
    }
    if (isfinite(w->p_bulk)) {
        step(p, "p_bulk", "exact Mann-Whitney of the bulk, one-sided",
             number(p, w->p_bulk));
    }
    if (isfinite(w->share)) {
        step(p, "share",
             "of the level, for this look among several; p is "
             "divided by it",
             number(p, w->share));
    }
    if (isfinite(w->p_worse)) {
        step(p, "p", "that it is worse; that it is better, by chance",
             pfg_arena_printf(p->arena, "%.4g; %.4g", w->p_worse, w->p_better));
    }
    if (w->tests) {
        step(p, "T", "tests in the family, corrected together (BH)",
             pfg_arena_printf(p->arena, "%zu%s", w->tests,
                              w->family ? "" : ", this is none of them"));
    }
}

static void put_limit(struct page *p, const struct pfg_report *report)
{
    const struct pfg_report_row *row = p->row;
    const struct pfg_report_working *w = &row->working;

    (void)report;
    if (!row->gated) {
        put(p, "limit", "none: %s", row->not_gated);
        return;
    }
    put(p, "limit", "%s, from %s%s",
        pfg_words_percent(p->arena, row->threshold),
        strcmp(row->threshold_source, "default") ? row->threshold_source
                                                 : "the built-in default",
        row->better == PFG_HIGHER ? " (a fall: higher is better)" : "");
    if (p->verbose && isfinite(w->theta)) {
        put(p, "", "in logs, theta' = %s = %.4g",
            row->better == PFG_HIGHER ? "-ln(1 - limit)" : "ln(1 + limit)",
            w->theta);
    }
    if (row->effective_threshold > row->threshold) {
        put(p, "", "with so few values, noise widens it to %s%s",
            pfg_words_detects(p->arena, row->effective_threshold),
            p->verbose ? pfg_arena_printf(p->arena, ": %.3g times sigma_w",
                                          w->effective / w->error)
                       : "");
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
            put(p, "history", "none was used");
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

/* What measuring more, or otherwise, would have shown. */
static void put_detectable(struct page *p)
{
    static const size_t sizes[] = {5, 10, 20};
    const struct pfg_report_row *row = p->row;
    bool tested =
        row->evidence == PFG_REPLICATED || row->evidence == PFG_SINGLE;

    if (!isfinite(row->detectable)) {
        return;
    }
    put(p, "detects",
        row->detectable > 1 ? "a change of %s, in 9 of 10 cases"
                            : "a change of %s or more, in 9 of 10 cases",
        pfg_words_detects(p->arena, row->detectable));
    for (size_t i = 0; row->gated && tested && i < 3; i++) {
        struct pfg_advice_design one = {false, sizes[i], row->working.tests};
        struct pfg_advice_design turn = {true, sizes[i], row->working.tests};
        const char *in_turn =
            pfg_words_detects(p->arena, pfg_advice_detectable(row, &turn));

        if (row->evidence == PFG_SINGLE) {
            put(p, "",
                "with %zu samples of one process a side: %s; with %zu "
                "processes in turn: %s",
                sizes[i],
                pfg_words_detects(p->arena, pfg_advice_detectable(row, &one)),
                sizes[i], in_turn);
        } else {
            put(p, "", "with %zu processes a side, in turn: %s", sizes[i],
                in_turn);
        }
    }
    if (pfg_advice_between_runs(row)) {
        put(p, "",
            "most of the noise is assumed between runs: more samples "
            "in this process will not help, processes in turn do");
    }
}

/* One scale for every value that is printed. */
static struct pfg_scale scale_of(const struct pfg_report_row *row)
{
    const double values[] = {row->base.value, row->head.value};

    return pfg_scale_for(row->unit, values, 2);
}

void pfg_explain_put_row(struct pfg_str *out, const struct pfg_report *report,
                         const struct pfg_report_section *section,
                         const struct pfg_report_row *row, bool verbose,
                         struct pfg_arena *arena)
{
    struct page p = {out, row, arena, scale_of(row), verbose};

    pfg_text_visible(out, pfg_slice_of(row->label));
    pfg_str_puts(out, "  ");
    pfg_text_visible(out, pfg_slice_of(row->metric));
    pfg_str_putc(out, '\n');
    if (*row->suite) {
        put(&p, "suite", "%s", row->suite);
    }
    if (section->has_profile) {
        put(&p, "hardware", "%s", section->profile.name);
    }
    put(&p, "verdict", "%s%s%s",
        pfg_verdict_word(row->verdict, pfg_report_is_time(row)),
        *row->reason ? ": " : "", row->reason);
    put_plainly(&p);
    put(&p, "because", "%s", pfg_because(&row->decision, arena));
    put(&p, "evidence", "%s: %s", pfg_evidence_name(row->evidence),
        pfg_evidence_meaning(row->evidence));
    put_side(&p, "base", &row->base);
    put_side(&p, "head", &row->head);
    put_limit(&p, report);
    if (verbose && row->working.present) {
        put(&p, "steps", "%s", "in logs of the values; percentages are shares");
        put_effect(&p);
        put_noise(&p);
        put_test(&p);
    }
    put_history(&p);
    put_detectable(&p);
    for (size_t i = 0; i < row->n_advice; i++) {
        put(&p, i ? "" : "advice", "%s", row->advice[i]);
    }
    pfg_str_putc(out, '\n');
}
