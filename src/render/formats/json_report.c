#include "render/render.h"

#include "model/codec/codec.h"
#include "json/write.h"

/* The whole report with all digits of every value, for other programs and for
 * `report --from`. */
enum { INDENT = 1 };

static int render(struct pfg_str *out, const struct pfg_report *report,
                  const struct pfg_render_options *options,
                  struct pfg_error *err)
{
    struct pfg_json_writer w = {.out = out, .indent = INDENT};

    (void)options;
    (void)err;
    pfg_codec_write_report(&w, report);
    pfg_str_putc(out, '\n');
    return 0;
}

const struct pfg_renderer pfg_renderer_json = {
    .name = "json",
    .title = "the whole report, for programs",
    .render = render,
};
