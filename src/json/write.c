#include "json/write.h"

#include <inttypes.h>
#include <math.h>

#include "base/number.h"
#include "json/lex.h"

static void put_escape(struct pfg_str *out, unsigned char c)
{
    static const char named[0x20] = {
        ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't',
    };

    if (c >= 0x20) {
        pfg_str_putc(out, '\\');
        pfg_str_putc(out, (char)c);
    } else if (named[c]) {
        pfg_str_putc(out, '\\');
        pfg_str_putc(out, named[c]);
    } else {
        pfg_str_printf(out, "\\u%04x", c);
    }
}

/* Copies what needs no escape in one piece. */
static void put_quoted(struct pfg_str *out, struct pfg_slice text)
{
    const char *p = text.ptr, *begin = p, *end = p + text.len;

    pfg_str_putc(out, '"');
    while (p < end && (p = pfg_lex_plain(p, end)) < end) {
        bool ascii = (unsigned char)*p < 0x80;
        size_t len = ascii ? 0 : pfg_lex_utf8(p, end);

        if (len) {
            p += len;
            continue;
        }
        pfg_str_add(out, pfg_slice_range(begin, p));
        if (ascii) {
            put_escape(out, (unsigned char)*p);
        } else {
            pfg_str_puts(out, "\xef\xbf\xbd");
        }
        begin = ++p;
    }
    pfg_str_add(out, pfg_slice_range(begin, end));
    pfg_str_putc(out, '"');
}

static void put_line(struct pfg_json_writer *w)
{
    if (w->indent) {
        pfg_str_putc(w->out, '\n');
        pfg_str_repeat(w->out, " ", (size_t)w->indent * (size_t)w->depth);
    }
}

/* What comes before a value: comma, new line, key. */
static void put_lead(struct pfg_json_writer *w, const char *key)
{
    if (w->depth) {
        if (w->not_first) {
            pfg_str_putc(w->out, ',');
        }
        put_line(w);
    }
    w->not_first = true;
    if (key) {
        put_quoted(w->out, pfg_slice_of(key));
        pfg_str_puts(w->out, w->indent ? ": " : ":");
    }
}

void pfg_json_begin(struct pfg_json_writer *w, const char *key, char bracket)
{
    put_lead(w, key);
    pfg_str_putc(w->out, bracket);
    w->depth++;
    w->not_first = false;
}

void pfg_json_end(struct pfg_json_writer *w, char bracket)
{
    w->depth--;
    if (w->not_first) {
        put_line(w);
    }
    pfg_str_putc(w->out, bracket);
    w->not_first = true;
}

void pfg_json_put_slice(struct pfg_json_writer *w, const char *key,
                        struct pfg_slice value)
{
    put_lead(w, key);
    put_quoted(w->out, value);
}

void pfg_json_put_string(struct pfg_json_writer *w, const char *key,
                         const char *value)
{
    if (value) {
        pfg_json_put_slice(w, key, pfg_slice_of(value));
    } else {
        pfg_json_put_null(w, key);
    }
}

static void put_double(struct pfg_str *out, double value)
{
    char text[PFG_NUMBER_TEXT];

    pfg_str_puts(out,
                 isfinite(value) ? pfg_number_shortest(text, value) : "null");
}

void pfg_json_put_number(struct pfg_json_writer *w, const char *key,
                         double value)
{
    put_lead(w, key);
    put_double(w->out, value);
}

void pfg_json_put_rounded(struct pfg_json_writer *w, const char *key,
                          double value, int digits)
{
    put_lead(w, key);
    if (isfinite(value)) {
        pfg_str_printf(w->out, "%.*g", digits, value);
    } else {
        pfg_str_puts(w->out, "null");
    }
}

void pfg_json_put_integer(struct pfg_json_writer *w, const char *key,
                          int64_t value)
{
    put_lead(w, key);
    pfg_str_printf(w->out, "%" PRId64, value);
}

void pfg_json_put_bool(struct pfg_json_writer *w, const char *key, bool value)
{
    put_lead(w, key);
    pfg_str_puts(w->out, value ? "true" : "false");
}

void pfg_json_put_null(struct pfg_json_writer *w, const char *key)
{
    put_lead(w, key);
    pfg_str_puts(w->out, "null");
}

void pfg_json_put_numbers(struct pfg_json_writer *w, const char *key,
                          const double *values, size_t n)
{
    put_lead(w, key);
    pfg_str_putc(w->out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i) {
            pfg_str_puts(w->out, w->indent ? ", " : ",");
        }
        put_double(w->out, values[i]);
    }
    pfg_str_putc(w->out, ']');
}

static void put_children(struct pfg_json_writer *w, const char *key,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *value, char open,
                         char close)
{
    pfg_json_begin(w, key, open);
    for (const struct pfg_json_value *v = pfg_json_first(value); v;
         v = pfg_json_next(v)) {
        pfg_json_put_value(w, open == '{' ? pfg_json_key(v) : NULL, document,
                           v);
    }
    pfg_json_end(w, close);
}

/* The parser limits the depth of the recursion. */
void pfg_json_put_value(struct pfg_json_writer *w, const char *key,
                        const struct pfg_json_document *document,
                        const struct pfg_json_value *value)
{
    switch (pfg_json_type(value)) {
    case PFG_JSON_NOTHING:
        break;
    case PFG_JSON_NULL:
        pfg_json_put_null(w, key);
        break;
    case PFG_JSON_BOOL:
        pfg_json_put_bool(w, key, pfg_json_is_true(value));
        break;
    case PFG_JSON_NUMBER:
        put_lead(w, key);
        pfg_str_add(w->out, pfg_json_digits(document, value));
        break;
    case PFG_JSON_STRING:
        pfg_json_put_string(w, key, pfg_json_string(value));
        break;
    case PFG_JSON_ARRAY:
        put_children(w, key, document, value, '[', ']');
        break;
    case PFG_JSON_OBJECT:
        put_children(w, key, document, value, '{', '}');
        break;
    }
}
