#include "render/escape.h"
#include "render/render.h"
#include "render/words/words.h"
#include "json/write.h"

/* A badge's content. */
struct badge {
    const char *label, *message;
    const char *color; /* "#2da44e" */
    const char *named; /* its name on shields.io, "brightgreen" */
};

/* A badge for a README that needs no service; it looks like shields.io's flat
 * style. */
enum { PADDING = 6, FONT_SIZE = 11, OTHER_WIDTH = 700 };

/* Verdana's advance widths from ' ' to '~', in thousandths of the size. */
static const unsigned short widths[] = {
    352, 394, 459, 818, 636,  1076, 727, 269, 454, 454, 636, 818, 364, 454,
    364, 454, 636, 636, 636,  636,  636, 636, 636, 636, 636, 636, 454, 454,
    818, 818, 818, 545, 1000, 684,  686, 698, 771, 632, 575, 775, 751, 421,
    455, 693, 557, 843, 748,  787,  603, 787, 695, 684, 616, 732, 684, 989,
    685, 615, 685, 454, 454,  454,  818, 636, 636, 601, 623, 521, 623, 596,
    352, 623, 633, 274, 344,  592,  274, 973, 633, 607, 623, 623, 427, 521,
    394, 633, 592, 818, 592,  592,  525, 635, 454, 635, 818,
};

static int width_of(const char *text)
{
    size_t sum = 0;

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        size_t place = (size_t)(c - ' ');

        sum += c >= ' ' && place < PFG_COUNT(widths) ? widths[place]
               : (c & 0xC0) == 0x80                  ? 0
                                                     : OTHER_WIDTH;
    }
    return (int)((sum * FONT_SIZE + 500) / 1000);
}

static const char *message(const struct pfg_report *report,
                           struct pfg_arena *arena)
{
    static const char *const words[] = {
        [PFG_OK] = "passing",
        [PFG_GATE] = "failing",
        [PFG_DATA] = "not judged",
        [PFG_NOBASE] = "no baseline",
    };
    const struct pfg_report_benchmarks *n = &report->benchmarks;
    size_t status = (size_t)report->status;

    if (n->n_fails == n->failing[PFG_REGRESSED] && n->n_fails) {
        return pfg_arena_printf(arena, "%zu slower", n->n_fails);
    }
    if (n->n_fails) {
        return pfg_arena_printf(arena, "%zu failing", n->n_fails);
    }
    if (status == PFG_OK && n->counts[PFG_UNCONFIRMED]) {
        return pfg_arena_printf(arena, "%zu probably slower",
                                n->counts[PFG_UNCONFIRMED]);
    }
    if (report->tone == PFG_TONE_NOISY) {
        return "too noisy";
    }
    return status < PFG_COUNT(words) && words[status] ? words[status] : "error";
}

static struct badge badge_of(const struct pfg_report *report,
                             struct pfg_arena *arena)
{
    static const struct {
        const char *color, *named;
    } looks[] = {
        [PFG_TONE_PASS] = {"#2a7f3f", "brightgreen"},
        [PFG_TONE_FAIL] = {"#c0392b", "red"},
        [PFG_TONE_NOISY] = {"#8a6100", "yellow"},
        [PFG_TONE_DOUBT] = {"#8a6100", "yellow"},
        [PFG_TONE_NOTHING] = {"#8a6100", "yellow"},
    };
    enum pfg_tone tone = report->tone;

    return (struct badge){
        .label = "performance",
        .message = message(report, arena),
        .color = looks[tone].color,
        .named = looks[tone].named,
    };
}

static void put_half(struct pfg_str *out, const char *text, int x)
{
    int width = width_of(text);

    /* textLength makes other fonts fit. */
    pfg_str_printf(out, "<text x=\"%d\" y=\"14\" textLength=\"%d\">",
                   x + PADDING, width);
    pfg_escape_xml(out, pfg_slice_of(text));
    pfg_str_puts(out, "</text>");
}

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct badge badge = badge_of(report, arena);
    int left = width_of(badge.label) + 2 * PADDING;
    int right = width_of(badge.message) + 2 * PADDING;

    (void)options;
    (void)err;
    pfg_str_printf(out,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
                   "height=\"20\" role=\"img\">"
                   "<title>%s: %s</title>",
                   left + right, badge.label, badge.message);
    pfg_str_printf(out,
                   "<clipPath id=\"r\"><rect width=\"%d\" height=\"20\" "
                   "rx=\"3\"/></clipPath><g clip-path=\"url(#r)\">"
                   "<rect width=\"%d\" height=\"20\" fill=\"#444\"/>",
                   left + right, left);
    pfg_str_printf(out,
                   "<rect x=\"%d\" width=\"%d\" height=\"20\" fill=\"%s\"/></g>"
                   "<g fill=\"#fff\" font-family=\"Verdana,Geneva,DejaVu "
                   "Sans,sans-serif\" font-size=\"11\">",
                   left, right, badge.color);
    put_half(out, badge.label, 0);
    put_half(out, badge.message, left);
    pfg_str_puts(out, "</g></svg>\n");
    pfg_arena_free(arena);
    return 0;
}

const struct pfg_renderer pfg_renderer_badge = {
    .name = "badge",
    .title = "an SVG badge",
    .render = render,
};

/* JSON for shields.io's endpoint badge:
 * https://shields.io/badges/endpoint-badge */
static int render_endpoint(struct pfg_str *out, const struct pfg_report *report,
                           const struct pfg_render_options *options,
                           struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct badge badge = badge_of(report, arena);
    struct pfg_json_writer w = {.out = out};

    (void)options;
    (void)err;
    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_integer(&w, "schemaVersion", 1);
    pfg_json_put_string(&w, "label", badge.label);
    pfg_json_put_string(&w, "message", badge.message);
    pfg_json_put_string(&w, "color", badge.named);
    pfg_json_put_bool(&w, "isError", report->n_fails > 0);
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
    pfg_arena_free(arena);
    return 0;
}

const struct pfg_renderer pfg_renderer_shields = {
    .name = "shields",
    .title = "JSON for a shields.io endpoint badge",
    .render = render_endpoint,
};
