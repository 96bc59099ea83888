#include "render/escape.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "term/table.h"

/* Follows what would begin a mention or a reference: forges look for them in
 * the finished page, where entities and backslashes are gone. */
#define ZERO_WIDTH "\u200b"

/* Signs of addresses that Markdown does not interpret. */
static const char URL_SIGNS[] = "-._~:/?#@+,;=%";

/* By the byte that they replace. */
static const char *const markdown_entities[UCHAR_MAX + 1] = {
    ['<'] = "&lt;",
    ['>'] = "&gt;",
    ['&'] = "&amp;",
    ['@'] = "@" ZERO_WIDTH,
    ['#'] = "#" ZERO_WIDTH,
    /* GitHub reads mathematics between two of these. */
    ['$'] = "<span>$</span>",
};
static const char *const xml_entities[UCHAR_MAX + 1] = {
    ['<'] = "&lt;",   ['>'] = "&gt;",   ['&'] = "&amp;",
    ['"'] = "&quot;", ['\''] = "&#39;",
};

/* "://" and "www." would become links. */
static bool begins_link(struct pfg_slice text, size_t i)
{
    return pfg_slice_starts(pfg_slice_from(text, i), "://") ||
           (text.ptr[i] == '.' && i > 0 && strchr("wW", text.ptr[i - 1]));
}

/* "GH-12" is an issue, too. */
static bool ends_reference(struct pfg_slice text, size_t i)
{
    return i >= 2 && i + 1 < text.len && text.ptr[i] == '-' &&
           !strncasecmp(text.ptr + i - 2, "gh", 2) &&
           strchr("0123456789", text.ptr[i + 1]);
}

static void put_visible(struct pfg_str *out, struct pfg_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        const char *written = markdown_entities[(unsigned char)c];

        if (written) {
            pfg_str_puts(out, written);
            continue;
        }
        if (strchr("|\\`*_~[]!", c) || begins_link(text, i)) {
            pfg_str_putc(out, '\\');
        }
        pfg_str_putc(out, c);
        pfg_str_puts(out, ends_reference(text, i) ? ZERO_WIDTH : "");
    }
}

void pfg_escape_line(struct pfg_str *out, struct pfg_slice text)
{
    struct pfg_slice rest = text;

    while (rest.len) {
        size_t n = 0;

        while (n < rest.len && rest.ptr[n] != '\n' && rest.ptr[n] != '\r' &&
               rest.ptr[n] != '\t') {
            n++;
        }
        pfg_text_visible(out, pfg_slice_first(rest, n));
        pfg_str_puts(out, n < rest.len ? " " : "");
        rest = pfg_slice_from(rest, n + 1);
    }
}

void pfg_escape_markdown(struct pfg_str *out, struct pfg_slice text)
{
    struct pfg_str visible;

    pfg_str_init(&visible, 0);
    pfg_escape_line(&visible, text);
    put_visible(out, pfg_str_slice(&visible));
    pfg_str_free(&visible);
}

void pfg_escape_markdown_whole(struct pfg_str *out, struct pfg_slice text)
{
    struct pfg_str escaped;

    pfg_str_init(&escaped, 0);
    pfg_escape_markdown(&escaped, text);
    for (size_t i = 0; i < escaped.len; i++) {
        if (escaped.ptr[i] == ' ') {
            pfg_str_puts(out, "\xc2\xa0"); /* U+00A0 */
        } else {
            pfg_str_putc(out, escaped.ptr[i]);
        }
    }
    pfg_str_free(&escaped);
}

static void put_entities(struct pfg_str *out, struct pfg_slice text)
{
    const char *begin = text.ptr, *end = begin + text.len;

    for (const char *p = begin; p < end; p++) {
        const char *entity = xml_entities[(unsigned char)*p];

        if (entity) {
            pfg_str_add(out, pfg_slice_range(begin, p));
            pfg_str_puts(out, entity);
            begin = p + 1;
        }
    }
    pfg_str_add(out, pfg_slice_range(begin, end));
}

void pfg_escape_xml(struct pfg_str *out, struct pfg_slice text)
{
    struct pfg_str visible;

    if (pfg_text_is_visible(text)) {
        put_entities(out, text);
        return;
    }
    pfg_str_init(&visible, 0);
    pfg_escape_line(&visible, text);
    put_entities(out, pfg_str_slice(&visible));
    pfg_str_free(&visible);
}

/* Escapes a name in pieces, with a line break allowed after each: after a sign,
 * where the piece has at least `shortest` bytes, and within long words without
 * a sign, which would widen their table. */
static void escape_name(struct pfg_str *out, struct pfg_slice text,
                        size_t shortest,
                        void (*escape)(struct pfg_str *, struct pfg_slice))
{
    enum { LONGEST_WORD = 14 };
    static const char SIGNS[] = "/=_,:.";
    size_t from = 0, word = 0;

    for (size_t i = 0; i + 1 < text.len; i++) {
        char c = text.ptr[i], next = text.ptr[i + 1];
        bool part = c && strchr(SIGNS, c) && !strchr(SIGNS, next) &&
                    i + 1 - word >= shortest;
        bool whole = (next & 0xc0) != 0x80; /* c ends a character */

        if (c == ' ' || c == '-' || next == ' ') {
            word = i + 1;
        } else if (whole && (part || i + 1 - word >= LONGEST_WORD)) {
            escape(out, pfg_slice_make(text.ptr + from, i + 1 - from));
            pfg_str_puts(out, "<wbr>");
            from = word = i + 1;
        }
    }
    escape(out, pfg_slice_from(text, from));
}

void pfg_escape_markdown_name(struct pfg_str *out, struct pfg_slice text)
{
    escape_name(out, text, 6, pfg_escape_markdown);
}

void pfg_escape_html_name(struct pfg_str *out, struct pfg_slice text)
{
    escape_name(out, text, 12, pfg_escape_xml);
}

void pfg_escape_url(struct pfg_str *out, struct pfg_slice url)
{
    if (!pfg_slice_starts(url, "https://") &&
        !pfg_slice_starts(url, "http://")) {
        pfg_str_puts(out, "#");
        return;
    }
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];

        if (c == '&') {
            pfg_str_puts(out, "&amp;");
        } else if (c < 0x80 && (isalnum(c) || (c && strchr(URL_SIGNS, c)))) {
            pfg_str_putc(out, (char)c);
        } else {
            pfg_str_printf(out, "%%%02X", c);
        }
    }
}
