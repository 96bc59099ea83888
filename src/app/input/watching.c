#include "app/input/watching.h"

#include <stdarg.h>

#include "base/str.h"
#include "term/table.h"

enum { NAME_WIDTH = 40 };

/* Prints three digits: "45.3 MB", "120 k lines/s". */
static void put_amount(struct pfg_str *out, double amount, const char *unit)
{
    static const char *const prefixes[] = {"", "k", "M", "G", "T"};
    size_t i = 0;

    while (amount >= 999.5 && i + 1 < PFG_COUNT(prefixes)) {
        amount /= 1000;
        i++;
    }
    pfg_str_printf(out, i && amount < 99.95 ? "%.1f %s%s" : "%.0f %s%s", amount,
                   prefixes[i], unit + (!i && *unit == ' '));
}

static void put_part(struct pfg_str *out, const struct pfg_seen *seen)
{
    if (seen->n_files) {
        pfg_str_printf(out, "%zu of %zu files", seen->files, seen->n_files);
        return;
    }
    /* A file that grows while it is read becomes longer than its size. */
    if (seen->size && seen->bytes <= seen->size) {
        pfg_str_printf(out, "%.0f%% of ",
                       100 * (double)seen->bytes / (double)seen->size);
    }
    put_amount(out,
               (double)(seen->bytes <= seen->size ? seen->size : seen->bytes),
               "B");
}

void pfg_watching_line(struct pfg_str *out, const struct pfg_seen *seen,
                       double seconds)
{
    struct pfg_str name;

    pfg_str_init(&name, 0);
    pfg_text_visible(&name, pfg_slice_of(seen->name));
    pfg_str_puts(out, "reading ");
    pfg_text_cut(out, pfg_str_slice(&name), NAME_WIDTH);
    pfg_str_free(&name);
    pfg_str_puts(out, ": ");
    put_part(out, seen);
    if (seen->lines && seconds > 0) {
        pfg_str_puts(out, ", ");
        put_amount(out, (double)seen->lines / seconds, " lines/s");
    }
}

static void on_seen(void *self, const struct pfg_seen *seen)
{
    struct pfg_watching *watching = self;
    struct pfg_str line;

    pfg_str_init(&line, 0);
    pfg_watching_line(&line, seen, pfg_clock_seconds() - watching->start);
    pfg_progress_show(watching->context->progress, line.ptr);
    pfg_str_free(&line);
}

const struct pfg_watch *pfg_watching_begin(struct pfg_watching *out,
                                           const struct pfg_context *context)
{
    *out = (struct pfg_watching){.context = context};
    if (!context->progress) {
        return NULL;
    }
    out->watch = (struct pfg_watch){out, on_seen};
    out->start = pfg_clock_seconds();
    return &out->watch;
}

void pfg_watching_say(const struct pfg_context *context, const char *format,
                      ...)
{
    struct pfg_str line;
    va_list args;
    char text[256];

    if (!context->progress) {
        return;
    }
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    pfg_str_init(&line, 0);
    pfg_text_visible(&line, pfg_slice_of(text));
    pfg_progress_show(context->progress, line.ptr);
    pfg_str_free(&line);
}
