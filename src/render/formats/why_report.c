#include "render/formats/why_report.h"

#include <math.h>

#include "model/codec/codec.h"
#include "render/words/why_words.h"
#include "render/words/words.h"
#include "term/table.h"
#include "unit/scale.h"
#include "json/write.h"

struct page {
    struct pfg_str *out;
    const struct pfg_why *why;
    const struct pfg_render_options *options;
    struct pfg_arena *arena;
    struct pfg_scale scale;
};

static const char *value(const struct page *p, double x)
{
    char text[PFG_SCALE_TEXT];

    return pfg_arena_strdup(p->arena, pfg_scale_print(text, x, &p->scale));
}

static const char *change(const struct page *p, double x)
{
    return pfg_arena_printf(p->arena, "%s%s", x > 0 ? "+" : "", value(p, x));
}

static void put_head(const struct page *p)
{
    const struct pfg_why *why = p->why;

    pfg_str_printf(p->out, "%s: %s → %s", why->what, value(p, why->base),
                   value(p, why->head));
    if (why->base > 0) {
        pfg_str_printf(p->out, ", %s",
                       pfg_words_change(p->arena, why->head / why->base - 1));
    }
    pfg_str_printf(p->out, " (%s, %zu + %zu profiles)\n\n", why->profiler,
                   why->n_base, why->n_head);
}

static void put_function(struct pfg_table *table, const struct page *p,
                         const struct pfg_why_function *f)
{
    const char *remark = pfg_why_remark(f, p->arena);
    enum pfg_style style = !f->named           ? PFG_DIM
                           : f->head > f->base ? PFG_RED
                                               : PFG_GREEN;

    pfg_table_row(table);
    pfg_table_cell(table, PFG_PLAIN, "%s%s%s%s", f->name, *remark ? " (" : "",
                   remark, *remark ? ")" : "");
    pfg_table_cell(table, PFG_PLAIN, "%s", value(p, f->base));
    pfg_table_cell(table, PFG_PLAIN, "%s", value(p, f->head));
    pfg_table_cell(table, style, "%s", change(p, f->head - f->base));
    pfg_table_cell(table, PFG_DIM, "%s%s", f->error > 0 ? "±" : "",
                   f->error > 0 ? value(p, 2 * f->error) : "");
    pfg_table_cell(table, PFG_PLAIN, "%s", change(p, f->self));
    pfg_table_cell(table, PFG_PLAIN, "%s", change(p, f->inclusive));
}

static void put_table(const struct page *p)
{
    static const char *const titles[] = {
        "function", "base", "head", "change", "", "own code", "with calls"};
    enum { COLUMNS = PFG_COUNT(titles), SHORT = 10 };
    struct pfg_table *table = pfg_table_new(p->arena, COLUMNS);
    size_t n = p->why->n_functions;

    n = p->options->all || n < SHORT ? n : SHORT;
    pfg_table_row(table);
    for (size_t i = 0; i < COLUMNS; i++) {
        pfg_table_align(table, i, i ? PFG_RIGHT : PFG_LEFT);
        pfg_table_cell(table, PFG_BOLD, "%s", titles[i]);
    }
    for (size_t i = 0; i < n; i++) {
        put_function(table, p, &p->why->functions[i]);
    }
    pfg_table_print(p->out, table, p->options->width, p->options->color);
    if (n < p->why->n_functions) {
        pfg_str_printf(p->out, "%zu more: --all\n", p->why->n_functions - n);
    }
    pfg_str_putc(p->out, '\n');
}

static void put_line(const struct page *p, const char *text)
{
    struct pfg_str line;

    pfg_str_init(&line, 0);
    pfg_text_visible(&line, pfg_slice_of(text));
    pfg_str_printf(p->out, "%s\n", line.ptr);
    pfg_str_free(&line);
}

static void put_named(const struct page *p)
{
    const struct pfg_why_function *named[PFG_WHY_LINES];
    size_t n = pfg_why_named(named, p->why);

    for (size_t i = 0; i < n; i++) {
        put_line(p, pfg_arena_printf(p->arena, "where: %s",
                                     pfg_why_line(p->why, named[i], p->arena)));
        if (p->options->verbose) {
            put_line(p,
                     pfg_arena_printf(p->arena, "       %s", named[i]->path));
        }
    }
    if (!n) {
        pfg_str_printf(p->out, "where: %s\n", pfg_why_nothing(p->why));
    }
    for (size_t i = 0; i < p->why->n_notes; i++) {
        put_line(p, pfg_arena_printf(p->arena, "note: %s", p->why->notes[i]));
    }
}

void pfg_why_text(struct pfg_str *out, const struct pfg_why *why,
                  const struct pfg_render_options *options)
{
    const double values[] = {why->base, why->head};
    struct page p = {out, why, options, pfg_arena_new(),
                     pfg_scale_for(why->unit, values, 2)};

    put_head(&p);
    if (why->n_functions) {
        put_table(&p);
    }
    put_named(&p);
    pfg_arena_free(p.arena);
}

void pfg_why_json(struct pfg_str *out, const struct pfg_why *why)
{
    struct pfg_json_writer w = {.out = out, .indent = 2};

    pfg_codec_write_why(&w, NULL, why);
    pfg_str_putc(out, '\n');
}

static void put_path(struct pfg_str *out, const struct pfg_why *why, size_t i)
{
    size_t above[1024], n = 0;

    for (size_t up = i + 1; up && n < PFG_COUNT(above);
         up = why->frames[up - 1].parent) {
        above[n++] = up - 1;
    }
    while (n--) {
        size_t start = out->len;

        pfg_text_visible(out, pfg_slice_of(why->frames[above[n]].name));
        for (size_t k = start; k < out->len; k++) {
            out->ptr[k] = out->ptr[k] == ';' ? ':' : out->ptr[k];
        }
        pfg_str_puts(out, n ? ";" : "");
    }
}

void pfg_why_folded(struct pfg_str *out, const struct pfg_why *why)
{
    struct pfg_arena *arena = pfg_arena_new();
    double *below = pfg_arena_new_array(arena, double, 2 * why->n_frames);
    /* flamegraph.pl needs whole numbers: nanoseconds, counts. */
    double unit = pfg_slice_is(pfg_slice_of(why->unit), "s") ? 1e-9 : 1;

    for (size_t i = why->n_frames; i-- > 0;) {
        const struct pfg_why_frame *frame = &why->frames[i];

        if (frame->parent) {
            below[2 * frame->parent - 2] += frame->base;
            below[2 * frame->parent - 1] += frame->head;
        }
    }
    for (size_t i = 0; i < why->n_frames; i++) {
        double base = fmax(0, why->frames[i].base - below[2 * i]) / unit;
        double head = fmax(0, why->frames[i].head - below[2 * i + 1]) / unit;

        if (base >= 0.5 || head >= 0.5) {
            put_path(out, why, i);
            pfg_str_printf(out, " %.0f %.0f\n", base, head);
        }
    }
    pfg_arena_free(arena);
}
