#include "app/input/context.h"

#include <stdarg.h>

const char *pfg_env(const struct pfg_context *context, const char *name)
{
    const char *value = context->env(context->self, name);

    return value && *value ? value : NULL;
}

void pfg_context_report(const struct pfg_context *context,
                        const struct pfg_error *err)
{
    pfg_progress_clear(context->progress);
    if (err->file[0]) {
        fputs(err->file, context->err);
        if (err->line) {
            fprintf(context->err, ":%ld", err->line);
        }
        if (err->column) {
            fprintf(context->err, ":%ld", err->column);
        }
        fprintf(context->err, ": %s\n", err->message);
    } else {
        fprintf(context->err, "error: %s\n", err->message);
    }
    if (err->hint[0]) {
        fprintf(context->err, "hint: %s\n", err->hint);
    }
}

void pfg_context_warn(const struct pfg_context *context, const char *format,
                      ...)
{
    va_list args;

    pfg_progress_clear(context->progress);
    va_start(args, format);
    fputs("warning: ", context->err);
    vfprintf(context->err, format, args);
    fputc('\n', context->err);
    va_end(args);
}
