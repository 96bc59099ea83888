#include "render/render.h"

#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "render/escape.h"
#include "render/words/words.h"

/* GitHub's workflow commands: annotations on the run and, where a benchmark's
 * place is known, on the code. GitHub shows ten of each kind per step, so the
 * last of a kind tells how many are left out. */
enum { MOST = 9 };

struct page {
    struct pfg_str *out;
    struct pfg_arena *arena;
    size_t n_errors, n_warnings; /* printed */
    size_t left_errors, left_warnings;
};

/* Escape a message and its properties as @actions/core does. */
static void put_escaped(struct pfg_str *out, const char *text,
                        const char *special)
{
    struct pfg_str line;

    pfg_str_init(&line, 0);
    pfg_escape_line(&line, pfg_slice_of(text));
    for (const char *c = line.ptr; *c; c++) {
        if (strchr(special, *c)) {
            pfg_str_printf(out, "%%%02X", (unsigned char)*c);
        } else {
            pfg_str_putc(out, *c);
        }
    }
    pfg_str_free(&line);
}

static void put_property(struct pfg_str *out, const char *name,
                         const char *value, bool first)
{
    pfg_str_printf(out, "%s%s=", first ? " " : ",", name);
    put_escaped(out, value, "%\r\n:,");
}

static void put_message(struct pfg_str *out, const char *text)
{
    pfg_str_puts(out, "::");
    put_escaped(out, text, "%\r\n");
    pfg_str_putc(out, '\n');
}

/* Writes the file and line of "bench.txt:14" and returns true. False for what
 * is not in the repository: standard input, the output of a round of `run`, and
 * files elsewhere. */
static bool put_place(struct page *p, const char *source)
{
    struct pfg_slice all = pfg_slice_of(source);
    size_t colon = pfg_slice_find_last_byte(all, ':');
    uint64_t line = 0;

    if (!all.len || all.ptr[0] == '/' ||
        pfg_slice_starts(all, "standard input") ||
        pfg_slice_has(all, ", round ")) {
        return false;
    }
    if (colon < all.len &&
        !pfg_number_parse_u64(&line, pfg_slice_from(all, colon + 1))) {
        all = pfg_slice_first(all, colon);
    }
    put_property(p->out, "file", pfg_arena_slice(p->arena, all), true);
    if (line) {
        pfg_str_printf(p->out, ",line=%llu", (unsigned long long)line);
    }
    return true;
}

static const char *in_words(struct page *p, const struct pfg_report_row *row)
{
    struct pfg_row_words words = pfg_words_row(row, p->arena);

    return pfg_arena_printf(
        p->arena, "%s%s%s: %s → %s%s%s%s%s (%s; limit %s)%s%s", row->suite,
        *row->suite ? " " : "", row->label, words.base, words.head,
        *words.change ? ", " : "", words.change, *words.interval ? " " : "",
        words.interval, words.test, words.limit, *words.note ? "; " : "",
        words.note);
}

static void put_row(struct page *p, const struct pfg_report_row *row)
{
    const struct pfg_report_side *side =
        row->head.present ? &row->head : &row->base;
    bool placed;

    if (*(row->fails ? &p->n_errors : &p->n_warnings) >= MOST) {
        ++*(row->fails ? &p->left_errors : &p->left_warnings);
        return;
    }
    ++*(row->fails ? &p->n_errors : &p->n_warnings);
    pfg_str_puts(p->out, row->fails ? "::error" : "::warning");
    placed = put_place(p, side->source);
    put_property(p->out, "title",
                 pfg_arena_printf(
                     p->arena, "%s %s",
                     pfg_verdict_word(row->verdict, pfg_report_is_time(row)),
                     row->metric),
                 !placed);
    put_message(p->out, in_words(p, row));
}

static void put_rest(struct page *p, const char *command, size_t left)
{
    if (left) {
        pfg_str_puts(p->out, command);
        put_message(p->out, pfg_arena_printf(p->arena,
                                             "%zu more: see the report", left));
    }
}

/* Improvements and new benchmarks are not warnings. */
static bool is_bad(const struct pfg_report_row *row)
{
    return row->verdict != PFG_IMPROVED && row->verdict != PFG_FASTER &&
           row->verdict != PFG_NEW;
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct page page = {.out = out, .arena = pfg_arena_new()};

    (void)options;
    (void)err;
    if (*report->policy.headline) {
        pfg_str_puts(out, report->policy.n_changes ? "::warning title=perfgate"
                                                   : "::notice title=perfgate");
        put_message(out, report->policy.headline);
    }
    for (size_t s = 0; s < report->n_sections; s++) {
        if (*report->sections[s].machines) {
            pfg_str_puts(out, "::warning title=perfgate");
            put_message(out, report->sections[s].machines);
        }
        for (size_t i = 0; i < report->sections[s].n_rows; i++) {
            const struct pfg_report_row *row = &report->sections[s].rows[i];

            if (!row->repeats && (row->fails || (row->listed && is_bad(row)))) {
                put_row(&page, row);
            }
        }
    }
    put_rest(&page, "::error title=perfgate", page.left_errors);
    put_rest(&page, "::warning title=perfgate", page.left_warnings);
    pfg_str_puts(out, "::notice title=perfgate");
    put_message(out, report->headline);
    pfg_arena_free(page.arena);
    return 0;
}

const struct pfg_renderer pfg_renderer_github = {
    .name = "github",
    .title = "annotations for GitHub Actions",
    .render = render,
};
