#include "app/input/context.h"

#include <stdarg.h>

#include "term/print.h"

const char *pfg_env(const struct pfg_context *context, const char *name)
{
    const char *value = context->env(context->self, name);

    return value && *value ? value : NULL;
}

void pfg_context_report(const struct pfg_context *context,
                        const struct pfg_error *err)
{
    char line[24] = "", column[24] = "";

    pfg_progress_clear(context->progress);
    if (err->line) {
        snprintf(line, sizeof line, ":%ld", err->line);
    }
    if (err->column) {
        snprintf(column, sizeof column, ":%ld", err->column);
    }
    if (err->file[0]) {
        pfg_print(context->err, "%s%s%s: %s\n", err->file, line, column,
                  err->message);
    } else {
        pfg_print(context->err, "error: %s\n", err->message);
    }
    if (err->hint[0]) {
        pfg_print(context->err, "hint: %s\n", err->hint);
    }
}

void pfg_context_warn(const struct pfg_context *context, const char *format,
                      ...)
{
    va_list args;

    pfg_progress_clear(context->progress);
    va_start(args, format);
    fputs("warning: ", context->err);
    pfg_print_list(context->err, format, args);
    fputc('\n', context->err);
    va_end(args);
}
