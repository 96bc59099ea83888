#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/slice.h"

static void cut(char *from, const char *to)
{
    memmove(from, to, strlen(to) + 1);
}

/* What somebody pasted ends where words do. A password is not always escaped
 * as it should be, so it goes up to the last '@'. */
static void hide_in_word(char *word)
{
    size_t length = strcspn(word, " \t\n'\"");
    char *at = memrchr(word, '@', length);
    char *colon = at ? memchr(word, ':', (size_t)(at - word)) : NULL;
    char *parameter;

    if (colon) {
        cut(colon, at);
        length = strcspn(word, " \t\n'\"");
    }
    while ((parameter = memmem(word, length, "password=", 9))) {
        cut(parameter, parameter + strcspn(parameter, "& \t\n'\""));
        length = strcspn(word, " \t\n'\"");
    }
}

void pfg_hide_passwords(char *text)
{
    static const char *const schemes[] = {"postgresql://", "postgres://"};

    for (size_t i = 0; i < PFG_COUNT(schemes); i++) {
        for (char *word = text; (word = strstr(word, schemes[i]));) {
            word += strlen(schemes[i]);
            hide_in_word(word);
        }
    }
}

/* What stays is whole before it is cut: half of a password is one, too. */
static void print(char *out, size_t size, const char *format, va_list args)
{
    char text[2048];

    vsnprintf(text, sizeof text, format, args);
    pfg_hide_passwords(text);
    text[size - 1] = '\0';
    memcpy(out, text, strlen(text) + 1);
}

static void set(struct pfg_error *err, enum pfg_code code, struct pfg_pos pos,
                const char *format, va_list args)
{
    if (!err) {
        return;
    }
    err->code = code;
    err->line = pos.line;
    err->column = pos.column;
    err->hint[0] = '\0';
    snprintf(err->file, sizeof err->file, "%s", pos.file ? pos.file : "");
    pfg_hide_passwords(err->file);
    print(err->message, sizeof err->message, format, args);
}

int pfg_fail(struct pfg_error *err, enum pfg_code code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    set(err, code, (struct pfg_pos){0}, format, args);
    va_end(args);
    return -1;
}

int pfg_fail_at(struct pfg_error *err, enum pfg_code code, struct pfg_pos pos,
                const char *format, ...)
{
    va_list args;

    va_start(args, format);
    set(err, code, pos, format, args);
    va_end(args);
    return -1;
}

int pfg_hint(struct pfg_error *err, const char *format, ...)
{
    va_list args;

    if (err) {
        va_start(args, format);
        print(err->hint, sizeof err->hint, format, args);
        va_end(args);
    }
    return -1;
}
