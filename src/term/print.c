#include "term/print.h"

#include <stddef.h>
#include <string.h>

#include "base/str.h"
#include "term/table.h"

/* A conversion: "%-8s", "%.40s", "%zu". */
struct conversion {
    char spec[24]; /* as in the format, for printf */
    bool left;
    size_t width, most; /* of %s: columns, bytes */
    char size;          /* 'z', 'l', 0: none */
    char kind;
};

/* va_list may be an array, which cannot be passed by pointer. */
struct arguments {
    va_list list;
};

static size_t parse_number(struct pfg_slice *rest)
{
    struct pfg_slice digits = pfg_take_digits(rest);
    size_t number = 0;

    for (size_t i = 0; i < digits.len; i++) {
        number = number * 10 + (size_t)(digits.ptr[i] - '0');
    }
    return number;
}

/* Parses what follows a '%'. */
static struct conversion parse_conversion(struct pfg_slice *rest)
{
    const char *begin = rest->ptr - 1;
    struct conversion c = {.most = (size_t)-1};

    while (rest->len && strchr("-+ 0#", *rest->ptr)) {
        c.left |= *rest->ptr == '-';
        *rest = pfg_slice_from(*rest, 1);
    }
    c.width = parse_number(rest);
    if (pfg_take(rest, ".")) {
        c.most = parse_number(rest);
    }
    if (pfg_slice_starts(*rest, "l") || pfg_slice_starts(*rest, "z")) {
        c.size = *rest->ptr;
        *rest = pfg_slice_from(*rest, 1);
    }
    if (rest->len) {
        c.kind = *rest->ptr;
        *rest = pfg_slice_from(*rest, 1);
    }
    snprintf(c.spec, sizeof c.spec, "%.*s",
             PFG_SLICE(pfg_slice_range(begin, rest->ptr)));
    return c;
}

static void put_text(struct pfg_str *out, const struct conversion *c,
                     const char *text)
{
    struct pfg_str shown;
    size_t width, blanks;

    pfg_str_init(&shown, 0);
    pfg_text_visible(&shown, pfg_slice_make(text, strnlen(text, c->most)));
    width = pfg_text_width(pfg_str_slice(&shown));
    blanks = c->width > width ? c->width - width : 0;
    pfg_str_repeat(out, " ", c->left ? 0 : blanks);
    pfg_str_add(out, pfg_str_slice(&shown));
    pfg_str_repeat(out, " ", c->left ? blanks : 0);
    pfg_str_free(&shown);
}

static void put(struct pfg_str *out, const struct conversion *c,
                struct arguments *args)
{
    if (c->kind == '%') {
        pfg_str_putc(out, '%');
    } else if (c->kind == 's') {
        put_text(out, c, va_arg(args->list, const char *));
    } else if (strchr("aefg", c->kind)) {
        pfg_str_printf(out, c->spec, va_arg(args->list, double));
    } else if (c->size == 'z') {
        pfg_str_printf(out, c->spec, va_arg(args->list, size_t));
    } else if (c->size == 'l') {
        pfg_str_printf(out, c->spec, va_arg(args->list, long));
    } else {
        pfg_str_printf(out, c->spec, va_arg(args->list, int));
    }
}

/* Writes line by line, since each line may begin with data. */
static void write_out(FILE *out, struct pfg_slice text)
{
    struct pfg_str line;

    pfg_str_init(&line, 0);
    while (text.len) {
        bool ended = pfg_slice_find_byte(text, '\n') < text.len;

        pfg_str_clear(&line);
        pfg_str_add(&line, pfg_take_until(&text, '\n'));
        pfg_text_defuse(&line, 0);
        pfg_str_puts(&line, ended ? "\n" : "");
        fwrite(line.ptr, 1, line.len, out);
    }
    pfg_str_free(&line);
}

void pfg_print_list(FILE *out, const char *format, va_list args)
{
    struct pfg_slice rest = pfg_slice_of(format);
    struct arguments left;
    struct pfg_str text;

    pfg_str_init(&text, 0);
    va_copy(left.list, args);
    while (rest.len) {
        size_t n = pfg_slice_find_byte(rest, '%');

        pfg_str_add(&text, pfg_slice_first(rest, n));
        rest = pfg_slice_from(rest, n);
        if (pfg_take(&rest, "%")) {
            struct conversion c = parse_conversion(&rest);

            put(&text, &c, &left);
        }
    }
    va_end(left.list);
    write_out(out, pfg_str_slice(&text));
    pfg_str_free(&text);
}

void pfg_print(FILE *out, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    pfg_print_list(out, format, args);
    va_end(args);
}
