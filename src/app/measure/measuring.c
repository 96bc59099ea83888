#include "app/measure/measuring.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/str.h"
#include "render/words/words.h"
#include "term/progress.h"

/* Undecided rows shown on a terminal. */
#define MAX_ROWS 8
/* Seconds between two lines in a log. */
#define PLAIN_EVERY 30.0

struct pfg_measuring_show {
    struct pfg_progress *progress; /* the context's; NULL: not a terminal */
    double start, said;
    double end; /* of the time budget; 0: unknown */
    bool quiet;
    size_t rows, open;       /* at the last look; rows 0: there was none */
    struct pfg_arena *arena; /* holds `lines` */
    const char *lines[MAX_ROWS];
    size_t n_lines;
};

void pfg_measuring_note(struct pfg_measuring *m, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    pfg_vec_push(&m->notes, m->arena,
                 pfg_arena_vprintf(m->arena, format, args));
    va_end(args);
}

bool pfg_measuring_is_stopped(struct pfg_measuring *m)
{
    return pfg_interrupt_look(&m->interrupt) != PFG_INTERRUPT_NONE;
}

enum pfg_code pfg_measuring_status(const struct pfg_measuring *m)
{
    return (enum pfg_code)(PFG_SIGNAL + m->interrupt.signal);
}

int pfg_measuring_fail_interrupted(const struct pfg_measuring *m, size_t rounds,
                                   struct pfg_error *err)
{
    return pfg_fail(err, pfg_measuring_status(m),
                    rounds ? "interrupted after %s: the results are not judged"
                           : "interrupted before the first round was complete",
                    pfg_arena_counted(m->arena, rounds, "round"));
}

/* --- progress --- */

static void put_duration(struct pfg_str *out, double seconds)
{
    long whole = lround(fmax(seconds, 0));

    if (whole >= 3600) {
        pfg_str_printf(out, "%ldh%02ldm", whole / 3600, whole / 60 % 60);
    } else if (whole >= 60) {
        pfg_str_printf(out, "%ldm%02lds", whole / 60, whole % 60);
    } else {
        pfg_str_printf(out, "%lds", whole);
    }
}

/* "round 7, head · 3 of 14 undecided · 1m20s · at most 8m40s left" */
static void put_state(struct pfg_str *out, const struct pfg_measuring *m,
                      const char *what)
{
    const struct pfg_measuring_show *show = m->show;
    double now = pfg_clock_seconds();

    pfg_str_puts(out, what);
    if (show->rows) {
        pfg_str_printf(out, ", %zu of %zu rows undecided", show->open,
                       show->rows);
    }
    pfg_str_puts(out, ", ");
    put_duration(out, now - show->start);
    if (show->end > 0) {
        pfg_str_puts(out, ", at most ");
        put_duration(out, show->end - now);
        pfg_str_puts(out, " left");
    }
}

void pfg_measuring_show_open(struct pfg_measuring *m, bool quiet)
{
    struct pfg_measuring_show *show = pfg_alloc(sizeof *show);

    *show = (struct pfg_measuring_show){
        .start = pfg_clock_seconds(),
        .arena = pfg_arena_new(),
        .quiet = quiet,
        .progress = quiet ? NULL : m->context->progress,
    };
    show->said = show->start;
    m->show = show;
}

void pfg_measuring_show_until(struct pfg_measuring *m, double end)
{
    m->show->end = end;
}

void pfg_measuring_show_close(struct pfg_measuring *m)
{
    if (!m->show) {
        return;
    }
    pfg_progress_clear(m->show->progress);
    pfg_arena_free(m->show->arena);
    free(m->show);
    m->show = NULL;
}

static void show_plain(struct pfg_measuring *m, const char *what)
{
    struct pfg_str line;

    m->show->said = pfg_clock_seconds();
    pfg_str_init(&line, 0);
    put_state(&line, m, what);
    fprintf(m->context->err, "%s\n", line.ptr);
    fflush(m->context->err);
    pfg_str_free(&line);
}

static void show_block(struct pfg_measuring *m, const char *what)
{
    struct pfg_measuring_show *show = m->show;
    struct pfg_str block;

    pfg_str_init(&block, 0);
    put_state(&block, m, what);
    for (size_t i = 0; i < show->n_lines; i++) {
        pfg_str_printf(&block, "\n  %s", show->lines[i]);
    }
    pfg_progress_show(show->progress, block.ptr);
    pfg_str_free(&block);
}

void pfg_measuring_show_tick(struct pfg_measuring *m, const char *what)
{
    if (m->show->quiet) {
        return;
    }
    if (m->show->progress) {
        show_block(m, what);
    } else if (pfg_clock_seconds() - m->show->said >= PLAIN_EVERY) {
        show_plain(m, what);
    }
}

/* "BenchmarkJoin time +3.1% (-0.5% to +6.7%)" */
static const char *line_of(const struct pfg_report_row *row,
                           struct pfg_arena *arena)
{
    return pfg_arena_printf(arena, "%s %s %s (%s to %s)", row->label,
                            row->metric, pfg_words_percent(arena, row->change),
                            pfg_words_percent(arena, row->change_lower),
                            pfg_words_percent(arena, row->change_upper));
}

void pfg_measuring_show_look(struct pfg_measuring *m,
                             const struct pfg_report *report, size_t rounds)
{
    struct pfg_measuring_show *show = m->show;
    struct pfg_report_cursor at = {.report = report};

    pfg_arena_free(show->arena);
    show->arena = pfg_arena_new();
    show->rows = show->open = show->n_lines = 0;
    while (pfg_report_next(&at)) {
        show->rows += at.row->gated;
        if (!pfg_report_is_open(at.section, at.row)) {
            continue;
        }
        show->open++;
        if (show->n_lines < MAX_ROWS) {
            show->lines[show->n_lines++] = line_of(at.row, show->arena);
        }
    }
    if (!show->quiet && !show->progress) {
        show_plain(m, pfg_arena_printf(show->arena, "%zu rounds", rounds));
    }
}
