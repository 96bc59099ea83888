#include <math.h>
#include <string.h>

#include "render/history/history_formats.h"
#include "render/words/words.h"
#include "term/table.h"

#define SPARK_WIDTH 60
#define SPARK_CELL  24

struct page {
    struct pfg_str *out;
    const struct pfg_history *history;
    const struct pfg_render_options *options;
    struct pfg_arena *arena;
};

static const char *day(const struct page *p, pfg_time time)
{
    char text[PFG_TIME_TEXT];

    return pfg_arena_slice(
        p->arena, pfg_slice_first(pfg_slice_of(pfg_time_iso(text, time)), 10));
}

static void put_line(struct page *p, enum pfg_style style, const char *text)
{
    struct pfg_str line;

    pfg_str_init(&line, 0);
    pfg_text_visible(&line, pfg_slice_of(text));
    pfg_style_put(p->out, style, p->options->color, line.ptr);
    pfg_str_putc(p->out, '\n');
    pfg_str_free(&line);
}

/* "200 versions of main on amd-epyc-7763-4c, 2026-01-03 to 2026-11-20". */
static void put_heading(struct page *p)
{
    const struct pfg_history *h = p->history;
    const struct pfg_history_commit *first = NULL, *last = NULL;
    size_t n = 0;

    for (size_t i = h->first; i < h->n_commits; i++) {
        if (h->commits[i].n_runs) {
            last = &h->commits[i];
            first = first ? first : last;
            n++;
        }
    }
    put_line(p, PFG_PLAIN,
             pfg_arena_printf(p->arena, "%s%s%s%s%s on %s%s%s%s%s", h->project,
                              *h->project ? ": " : "",
                              pfg_arena_counted(p->arena, n, "version"),
                              *h->branch ? " of " : "", h->branch, h->hardware,
                              n ? ", " : "", n ? day(p, first->time) : "",
                              n > 1 ? " to " : "",
                              n > 1 ? day(p, last->time) : ""));
}

static void put_notes(struct page *p)
{
    if (p->history->n_notes) {
        pfg_str_putc(p->out, '\n');
    }
    for (size_t i = 0; i < p->history->n_notes; i++) {
        put_line(p, PFG_DIM,
                 pfg_arena_printf(p->arena, "note: %s", p->history->notes[i]));
    }
}

/* "noise 1.9%". */
static const char *noise(const struct page *p,
                         const struct pfg_history_series *s)
{
    return isnan(s->noise) ? "" : pfg_words_percent(p->arena, s->noise);
}

/* Whether there are verdicts to fill a column. */
static void head_table(struct pfg_table *table, const char *const *headings,
                       size_t n, bool judged)
{
    pfg_table_row(table);
    for (size_t i = 0; i < n; i++) {
        if (judged || strcmp(headings[i], "verdict") != 0) {
            pfg_table_cell(table, PFG_BOLD, "%s", headings[i]);
        }
    }
    pfg_table_rule(table);
}

/* ---- one series ---- */

static enum pfg_style style_of(const struct pfg_history_series *s,
                               const struct pfg_history_shift *shift)
{
    return shift->worse                       ? PFG_RED
           : s->series->better == PFG_NEUTRAL ? PFG_CYAN
                                              : PFG_GREEN;
}

/* Above the value that a shift begins with. */
static void put_shifts(struct page *p, struct pfg_table *table,
                       const struct pfg_history_series *s, size_t value)
{
    for (size_t i = 0; i < s->n_shifts; i++) {
        const struct pfg_history_shift *shift = &s->shifts[i];

        if (shift->bad == value) {
            pfg_table_line(
                table, style_of(s, shift), 4,
                pfg_arena_printf(p->arena, "    %s %s%s",
                                 shift->drift ? "drift" : "step",
                                 pfg_history_change(shift, p->arena),
                                 shift->candidate ? ", to be confirmed" : ""));
        }
    }
}

enum column { VERSION, DATE, VALUE, CHANGE, VERDICT, SUBJECT, N_COLUMNS };

static void put_verdict(struct page *p, struct pfg_table *table,
                        const struct pfg_history_series *s,
                        const struct pfg_history_value *value)
{
    pfg_table_cell(table, value && value->verdict->fails ? PFG_RED : PFG_PLAIN,
                   "%s", pfg_history_verdict(s, value, p->arena));
}

static void put_values(struct page *p, const struct pfg_history_series *s,
                       size_t from)
{
    static const char *const headings[] = {"version", "date",    "value",
                                           "change",  "verdict", "subject"};
    const bool judged = pfg_history_judged(p->history, s) != NULL;
    struct pfg_table *table = pfg_table_new(p->arena, judged + N_COLUMNS - 1);
    struct pfg_scale scale = pfg_history_scale(s);
    char text[PFG_SCALE_TEXT];

    pfg_table_align(table, VALUE, PFG_RIGHT);
    pfg_table_align(table, CHANGE, PFG_RIGHT);
    pfg_table_limit(table, VERSION, 24);
    pfg_table_limit(table, judged ? SUBJECT : SUBJECT - 1, 50);
    head_table(table, headings, N_COLUMNS, judged);
    for (size_t i = s->n_values; i-- > from;) {
        const struct pfg_history_value *value = &s->values[i];
        const struct pfg_history_commit *commit =
            &p->history->commits[value->commit];

        pfg_table_row(table);
        pfg_table_cell(table, PFG_CYAN, "%s", pfg_history_id(commit, p->arena));
        pfg_table_cell(table, PFG_PLAIN, "%s", day(p, commit->time));
        pfg_table_cell(table, PFG_PLAIN, "%s",
                       pfg_scale_print(text, value->value, &scale));
        pfg_table_cell(table, PFG_PLAIN, "%s",
                       i ? pfg_words_change(p->arena, value->change) : "");
        if (judged) {
            put_verdict(p, table, s, value->verdict ? value : NULL);
        }
        pfg_table_cell(table, PFG_DIM, "%s", commit->revision.subject);
        put_shifts(p, table, s, i);
    }
    pfg_table_print(p->out, table, p->options->width, p->options->color);
}

static void put_series(struct page *p, const struct pfg_history_series *s,
                       size_t most)
{
    const size_t first = pfg_history_from(p->history, s);
    const size_t shown = s->n_values - first;
    const size_t from = most && shown > most ? s->n_values - most : first;

    put_line(p, PFG_BOLD,
             pfg_arena_printf(p->arena, "%s%s%s  %s%s%s", s->series->suite,
                              *s->series->suite ? "/" : "", s->label,
                              s->series->metric, *noise(p, s) ? "  noise " : "",
                              noise(p, s)));
    pfg_str_printf(p->out, "%s\n\n",
                   pfg_history_spark(s, first, SPARK_WIDTH, p->arena));
    put_values(p, s, from);
    if (from > first) {
        put_line(p, PFG_DIM,
                 pfg_arena_printf(p->arena, "%zu earlier: --last 0 lists all",
                                  from - first));
    }
}

/* ---- several ---- */

static bool any_judged(const struct pfg_history *history)
{
    bool any = false;

    for (size_t i = 0; i < history->n_series && !any; i++) {
        any = pfg_history_judged(history, &history->series[i]) != NULL;
    }
    return any;
}

static void put_overview(struct page *p)
{
    static const char *const headings[] = {"benchmark", "metric", "first",
                                           "last",      "change", "noise",
                                           "verdict",   ""};
    enum { N = PFG_COUNT(headings) };
    const bool judged = any_judged(p->history);
    struct pfg_table *table = pfg_table_new(p->arena, judged + N - 1);
    char text[PFG_SCALE_TEXT];

    for (size_t i = 2; i < 6; i++) {
        pfg_table_align(table, i, PFG_RIGHT);
    }
    head_table(table, headings, N, judged);
    for (size_t i = 0; i < p->history->n_series; i++) {
        const struct pfg_history_series *s = &p->history->series[i];
        const size_t from = pfg_history_from(p->history, s);
        const double first = s->values[from].value;
        const double last = s->values[s->n_values - 1].value;
        struct pfg_scale scale = pfg_history_scale(s);

        pfg_table_row(table);
        pfg_table_cell(table, PFG_PLAIN, "%s%s%s", s->series->suite,
                       *s->series->suite ? "/" : "", s->label);
        pfg_table_cell(table, PFG_PLAIN, "%s", s->series->metric);
        pfg_table_cell(table, PFG_PLAIN, "%s",
                       pfg_scale_print(text, first, &scale));
        pfg_table_cell(table, PFG_PLAIN, "%s",
                       pfg_scale_print(text, last, &scale));
        pfg_table_cell(
            table, PFG_PLAIN, "%s",
            pfg_words_change(p->arena, first > 0 ? last / first - 1 : NAN));
        pfg_table_cell(table, PFG_DIM, "%s", noise(p, s));
        if (judged) {
            put_verdict(p, table, s, pfg_history_judged(p->history, s));
        }
        pfg_table_cell(table, PFG_PLAIN, "%s",
                       pfg_history_spark(s, from, SPARK_CELL, p->arena));
    }
    pfg_table_print(p->out, table, p->options->width, p->options->color);
}

void pfg_history_text(struct pfg_str *out,
                      const struct pfg_history *const *histories, size_t n,
                      size_t most, const struct pfg_render_options *options)
{
    struct page p = {out, NULL, options, pfg_arena_new()};

    for (size_t i = 0; i < n; i++) {
        p.history = histories[i];
        pfg_str_puts(out, i ? "\n" : "");
        put_heading(&p);
        pfg_str_putc(out, '\n');
        if (p.history->n_series == 1) {
            put_series(&p, &p.history->series[0], most);
        } else {
            put_overview(&p);
            pfg_str_puts(out, i + 1 == n ? "\n'perfgate history BENCHMARK' "
                                           "lists the versions\n"
                                         : "");
        }
        put_notes(&p);
    }
    pfg_arena_free(p.arena);
}
