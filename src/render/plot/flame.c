#include <math.h>

#include "base/arena.h"
#include "render/embedded.h"
#include "render/escape.h"
#include "render/plot/plot.h"
#include "render/plot/svg.h"
#include "render/words/words.h"
#include "term/table.h"

/*
 * A differential flame graph: callers below callees. A frame is as wide as its
 * cost on the side where it is higher, so that new and removed functions both
 * have room. Its colour is the share of the largest change, red for more and
 * blue for less; its title gives the numbers. templates/flame.js adds search
 * and zoom.
 */
enum { WIDTH = 1180, ROW = 18, TOP = 26, LEAST = 1 };
/* Pixels at 11 px, of DejaVu Sans Mono, the widest of its kind. */
#define PER_LETTER 6.65

struct flame {
    struct pfg_svg svg;
    const struct pfg_why *why;
    struct pfg_scale scale;
    struct pfg_arena *arena;
    double *width; /* of each frame, in the unit */
    double *from;  /* where it begins */
    double *next;  /* where its next child begins */
    size_t *depth;
    double whole, largest; /* width of all; largest change */
    size_t deepest;
};

static void lay_out(struct flame *f)
{
    const struct pfg_why *why = f->why;
    double end = 0;

    for (size_t i = why->n_frames; i-- > 0;) {
        const struct pfg_why_frame *frame = &why->frames[i];

        f->width[i] = fmax(f->width[i], fmax(frame->base, frame->head));
        if (frame->parent) {
            f->width[frame->parent - 1] += f->width[i];
        } else {
            f->whole += f->width[i];
        }
        f->largest = fmax(f->largest, fabs(frame->head - frame->base));
    }
    for (size_t i = 0; i < why->n_frames; i++) {
        size_t parent = why->frames[i].parent;
        double *next = parent ? &f->next[parent - 1] : &end;

        f->from[i] = f->next[i] = *next;
        *next += f->width[i];
        f->depth[i] = parent ? f->depth[parent - 1] + 1 : 0;
        f->deepest = f->depth[i] > f->deepest ? f->depth[i] : f->deepest;
    }
}

/* The class for its share of the largest change: "u4" to "u1", "e", "d1" to
 * "d4". */
static const char *class_of(const struct flame *f,
                            const struct pfg_why_frame *frame)
{
    static const char *const classes[] = {"d4", "d3", "d2", "d1", "e",
                                          "u1", "u2", "u3", "u4"};
    static const double steps[] = {0.04, 0.15, 0.35, 0.65};
    double change = frame->head - frame->base;
    int step = 0;

    while (step < 4 && f->largest > 0 &&
           fabs(change) >= steps[step] * f->largest) {
        step++;
    }
    return classes[4 + (change > 0 ? step : -step)];
}

static double percent_of_base(const struct flame *f,
                              const struct pfg_why_frame *frame)
{
    return f->why->base > 0 ? (frame->head - frame->base) / f->why->base : NAN;
}

static void put_title(struct flame *f, const struct pfg_why_frame *frame)
{
    char base[PFG_SCALE_TEXT], head[PFG_SCALE_TEXT];
    const char *text = pfg_arena_printf(
        f->arena, "%s: %s → %s, %s of the whole%s", frame->name,
        pfg_scale_print(base, frame->base, &f->scale),
        pfg_scale_print(head, frame->head, &f->scale),
        pfg_words_change(f->arena, percent_of_base(f, frame)),
        !(frame->base > 0)   ? " (new)"
        : !(frame->head > 0) ? " (gone)"
                             : "");

    pfg_str_puts(f->svg.out, "<title>");
    pfg_escape_xml(f->svg.out, pfg_slice_of(text));
    pfg_str_puts(f->svg.out, "</title>");
}

static void put_frame(struct flame *f, size_t i)
{
    const struct pfg_why_frame *frame = &f->why->frames[i];
    double unit = WIDTH / f->whole;
    double x = f->from[i] * unit, width = f->width[i] * unit;
    double y = TOP + (double)((f->deepest - f->depth[i]) * ROW);
    struct pfg_str label;

    if (width < LEAST) {
        return;
    }
    pfg_str_init(&label, 0);
    if (width >= 4 * PER_LETTER) {
        pfg_text_cut(&label, pfg_slice_of(frame->name),
                     (size_t)((width - 6) / PER_LETTER));
    }
    pfg_str_printf(f->svg.out, "<g class=\"f %s%s\" data-n=\"",
                   class_of(f, frame), frame->foreign ? " foreign" : "");
    pfg_escape_xml(f->svg.out, pfg_slice_of(frame->name));
    pfg_str_puts(f->svg.out, "\">");
    put_title(f, frame);
    pfg_svg_rect(&f->svg, "r", x, y, width, ROW - 1);
    pfg_svg_text(&f->svg, PFG_ANCHOR_START, x + 3, y + 12.5, label.ptr);
    pfg_str_puts(f->svg.out, "</g>");
    pfg_str_free(&label);
}

static void draw(struct flame *f)
{
    char base[PFG_SCALE_TEXT], head[PFG_SCALE_TEXT];
    const struct pfg_why *why = f->why;

    pfg_svg_text(
        &f->svg, PFG_ANCHOR_START, 3, 16,
        pfg_arena_printf(
            f->arena,
            "%s by %s: %s → %s. Red frames cost more, blue frames less.",
            why->what, why->profiler,
            pfg_scale_print(base, why->base, &f->scale),
            pfg_scale_print(head, why->head, &f->scale)));
    for (size_t i = 0; i < why->n_frames; i++) {
        put_frame(f, i);
    }
}

static bool begin(struct flame *f, struct pfg_str *out,
                  const struct pfg_why *why)
{
    const double values[] = {why->base, why->head};

    *f = (struct flame){.svg = {out, WIDTH, 0},
                        .why = why,
                        .arena = pfg_arena_new(),
                        .scale = pfg_scale_for(why->unit, values, 2)};
    f->width = pfg_arena_new_array(f->arena, double, why->n_frames);
    f->from = pfg_arena_new_array(f->arena, double, why->n_frames);
    f->next = pfg_arena_new_array(f->arena, double, why->n_frames);
    f->depth = pfg_arena_new_array(f->arena, size_t, why->n_frames);
    lay_out(f);
    f->svg.height = TOP + (double)((f->deepest + 1) * ROW);
    return why->n_frames && f->whole > 0;
}

bool pfg_plot_flame(struct pfg_str *out, const struct pfg_why *why)
{
    struct flame f;
    bool any = begin(&f, out, why);

    if (any) {
        pfg_svg_begin(&f.svg, "flame", "flame graph of base and head", "");
        draw(&f);
        pfg_svg_end(&f.svg);
    }
    pfg_arena_free(f.arena);
    return any;
}

bool pfg_plot_flame_file(struct pfg_str *out, const struct pfg_why *why)
{
    struct flame f;
    bool any = begin(&f, out, why);

    if (any) {
        pfg_svg_begin_file(&f.svg, "flame", "flame graph of base and head", "",
                           pfg_embedded_text("plot.css"));
        draw(&f);
        pfg_str_printf(out, "<script><![CDATA[%s]]></script></svg>\n",
                       pfg_embedded_text("flame.js"));
    }
    pfg_arena_free(f.arena);
    return any;
}

bool pfg_plot_flame_page(struct pfg_str *out, const struct pfg_why *why)
{
    size_t start;

    pfg_str_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta "
        "charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; script-src 'sha256-%s'; style-src "
        "'unsafe-inline'\">\n<meta name=\"color-scheme\" content=\"light "
        "dark\">\n<title>flame graph of base and head</title>\n<style>%s\nbody "
        "{ margin: 1rem; background: var(--page); color: var(--text); font: "
        "14px system-ui, sans-serif; }\n</style>\n</head>\n<body>\n",
        pfg_embedded_text("flame.js.sha256"), pfg_embedded_text("plot.css"));
    start = out->len;
    pfg_plot_flame(out, why);
    if (out->len == start) {
        return false;
    }
    pfg_str_printf(out, "\n<script>%s</script>\n</body>\n</html>\n",
                   pfg_embedded_text("flame.js"));
    return true;
}
