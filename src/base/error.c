#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/slice.h"

static void cut(char *from, const char *to)
{
    memmove(from, to, strlen(to) + 1);
}

/* A pasted string ends at a word's end. A password is not always escaped as it
 * should be, so it extends to the last '@'. */
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

/* Before the message is cut: half a password is a secret, too. */
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

#define MAX_WORD 128

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;

    return smaller < c ? smaller : c;
}

/* Edits between two words of at most MAX_WORD bytes. */
static size_t distance(const char *a, const char *b)
{
    size_t row[MAX_WORD + 1];
    size_t length = strlen(b);

    for (size_t j = 0; j <= length; j++) {
        row[j] = j;
    }
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < length; j++) {
            size_t above = row[j + 1];

            row[j + 1] =
                least(above + 1, row[j] + 1, diagonal + (a[i] != b[j]));
            diagonal = above;
        }
    }
    return row[length];
}

const char *pfg_suggest(const char *word, const char *const *names, size_t n)
{
    const char *best = NULL;
    size_t fewest = (size_t)-1;

    for (size_t i = 0; i < n && strlen(word) <= MAX_WORD; i++) {
        size_t length = strlen(names[i]);
        size_t edits = length <= MAX_WORD ? distance(word, names[i]) : length;

        if (edits < fewest && edits * 3 <= length + 1) {
            fewest = edits;
            best = names[i];
        }
    }
    return best;
}
