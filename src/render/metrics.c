#include "render/metrics.h"

#include <string.h>

#include "base/number.h"
#include "render/escape.h"

void pfg_metrics_begin(struct pfg_str *out, const char *name, const char *help)
{
    pfg_str_printf(out, "# TYPE %s gauge\n# HELP %s %s\n", name, name, help);
}

void pfg_metrics_label(struct pfg_str *out, const char *name, const char *value)
{
    struct pfg_str line;

    pfg_str_init(&line, 0);
    pfg_escape_line(&line, pfg_slice_of(value));
    pfg_str_puts(out, name);
    pfg_str_puts(out, "=\"");
    for (const char *rest = line.ptr, *end; *rest; rest = end) {
        end = rest + 1 + strcspn(rest + 1, "\\\"");
        pfg_str_puts(out, strchr("\\\"", *rest) ? "\\" : "");
        pfg_str_add(out, pfg_slice_range(rest, end));
    }
    pfg_str_putc(out, '"');
    pfg_str_free(&line);
}

void pfg_metrics_number(struct pfg_str *out, double value)
{
    char text[PFG_NUMBER_TEXT];

    pfg_str_printf(out, " %s\n", pfg_number_shortest(text, value));
}
