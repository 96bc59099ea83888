#include <string.h>

#include "render/history/history_formats.h"
#include "render/history/trend_formats.h"
#include "term/table.h"

#define MOST_TOTALS 10

struct page {
    struct pfg_str *out;
    const struct pfg_trend *trend;
    bool color;
    struct pfg_arena *arena;
};

static void put_line(struct page *p, enum pfg_style style, const char *text)
{
    struct pfg_str line;

    pfg_str_init(&line, 0);
    pfg_text_visible(&line, pfg_slice_of(text));
    pfg_text_defuse(&line, 0);
    pfg_style_put(p->out, style, p->color, line.ptr);
    pfg_str_putc(p->out, '\n');
    pfg_str_free(&line);
}

static const char *commit_words(struct page *p, size_t commit)
{
    return pfg_history_commit_words(&p->trend->history->commits[commit],
                                    p->arena);
}

/* The commits that may have caused it, and the last good one. */
static void put_commits(struct page *p, const struct pfg_trend_change *change)
{
    const size_t n = pfg_trend_commits(change);
    size_t shown = 1;

    put_line(p, PFG_DIM,
             pfg_arena_printf(p->arena, "    last good  %s",
                              commit_words(p, change->good)));
    put_line(p, PFG_DIM,
             pfg_arena_printf(p->arena, "    likeliest  %s",
                              commit_words(p, change->bad)));
    for (size_t i = change->last; i > change->good && shown < PFG_TREND_COMMITS;
         i--) {
        if (i != change->bad) {
            put_line(p, PFG_DIM,
                     pfg_arena_printf(p->arena, "    or with    %s",
                                      commit_words(p, i)));
            shown++;
        }
    }
    if (n > shown) {
        put_line(
            p, PFG_DIM,
            pfg_arena_printf(p->arena, "    or with    %zu more", n - shown));
    }
}

/* A drift has no commit: its first and last dates. */
static void put_span(struct page *p, const struct pfg_trend_change *change)
{
    put_line(p, PFG_DIM,
             pfg_arena_printf(p->arena, "    from  %s",
                              commit_words(p, change->good)));
    put_line(p, PFG_DIM,
             pfg_arena_printf(p->arena, "    to    %s",
                              commit_words(p, change->bad)));
}

static void put_change(struct page *p, const struct pfg_trend_change *change,
                       enum pfg_trend_group group)
{
    static const enum pfg_style styles[PFG_N_TREND_GROUPS] = {
        [PFG_TREND_WORSE] = PFG_RED,    [PFG_TREND_SHARED] = PFG_YELLOW,
        [PFG_TREND_SETTLED] = PFG_CYAN, [PFG_TREND_BETTER] = PFG_GREEN,
        [PFG_TREND_NEUTRAL] = PFG_CYAN,
    };

    put_line(p, styles[group],
             pfg_arena_printf(p->arena, "  %s  %s: %s",
                              pfg_history_change(&change->shift, p->arena),
                              pfg_trend_subject(change, p->arena),
                              pfg_trend_kind(p->trend, change, p->arena)));
    (change->shift.drift ? put_span : put_commits)(p, change);
    for (size_t i = 0; i < change->n_environment; i++) {
        put_line(p, PFG_PLAIN,
                 pfg_arena_printf(p->arena, "    %s", change->environment[i]));
    }
}

static void put_group(struct page *p, enum pfg_trend_group group)
{
    bool any = false;

    for (size_t i = 0; i < p->trend->n_changes; i++) {
        const struct pfg_trend_change *change = &p->trend->changes[i];

        if (pfg_trend_group_of(change) == group) {
            if (!any) {
                pfg_str_putc(p->out, '\n');
                put_line(p, PFG_BOLD,
                         pfg_arena_printf(p->arena,
                                          "%s:", pfg_trend_group_name(group)));
            }
            put_change(p, change, group);
            any = true;
        }
    }
}

static void put_totals(struct page *p)
{
    const struct pfg_trend *trend = p->trend;
    const size_t n =
        trend->n_totals > MOST_TOTALS ? MOST_TOTALS : trend->n_totals;

    if (n || trend->n_suites) {
        pfg_str_putc(p->out, '\n');
        put_line(p, PFG_BOLD, "together:");
    }
    for (size_t i = 0; i < trend->n_suites; i++) {
        put_line(p, PFG_PLAIN,
                 pfg_arena_printf(
                     p->arena, "  %s",
                     pfg_trend_suite(trend, &trend->suites[i], p->arena)));
    }
    for (size_t i = 0; i < n; i++) {
        put_line(p, PFG_PLAIN,
                 pfg_arena_printf(
                     p->arena, "  %s",
                     pfg_trend_total(trend, &trend->totals[i], p->arena)));
    }
    if (trend->n_totals > n) {
        put_line(
            p, PFG_DIM,
            pfg_arena_printf(p->arena, "  and %zu more", trend->n_totals - n));
    }
}

static void put_trend(struct page *p)
{
    const struct pfg_history *history = p->trend->history;

    put_line(p, PFG_BOLD,
             pfg_arena_printf(p->arena, "%s: %s",
                              pfg_history_place(history, p->arena),
                              pfg_trend_headline(p->trend, p->arena)));
    for (int group = 0; group < PFG_N_TREND_GROUPS; group++) {
        put_group(p, (enum pfg_trend_group)group);
    }
    put_totals(p);
    if (history->n_notes) {
        pfg_str_putc(p->out, '\n');
    }
    for (size_t i = 0; i < history->n_notes; i++) {
        put_line(p, PFG_DIM,
                 pfg_arena_printf(p->arena, "note: %s", history->notes[i]));
    }
}

void pfg_trend_text(struct pfg_str *out, const struct pfg_trend *trends,
                    size_t n, const struct pfg_render_options *options)
{
    struct page p = {out, NULL, options->color, pfg_arena_new()};

    for (size_t i = 0; i < n; i++) {
        p.trend = &trends[i];
        pfg_str_puts(out, i ? "\n" : "");
        put_trend(&p);
    }
    pfg_arena_free(p.arena);
}
