#include "render/formats/badge.h"
#include "render/render.h"
#include "json/write.h"

/* What shields.io's endpoint badge reads:
 * https://shields.io/badges/endpoint-badge */
static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_badge badge = pfg_badge_of(report, arena);
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
    .render = render,
};
