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
    ['|'] = "\\|",
    ['\\'] = "\\\\",
    ['`'] = "\\`",
    ['*'] = "\\*",
    ['_'] = "\\_",
    ['~'] = "\\~",
    ['['] = "\\[",
    [']'] = "\\]",
    ['!'] = "\\!",
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

static const char *written_in_xml(struct pfg_slice text, size_t i)
{
    return xml_entities[(unsigned char)text.ptr[i]];
}

/* "://" and "www." would become links, and "GH-12" is an issue, too. */
static const char *written_in_markdown(struct pfg_slice text, size_t i)
{
    const char *p = text.ptr + i;

    switch (*p) {
    case ':':
        return pfg_slice_starts(pfg_slice_from(text, i), "://") ? "\\:" : NULL;
    case '.':
        return i > 0 && strchr("wW", p[-1]) ? "\\." : NULL;
    case '-':
        return i >= 2 && i + 1 < text.len && !strncasecmp(p - 2, "gh", 2) &&
                       strchr("0123456789", p[1])
                   ? "-" ZERO_WIDTH
                   : NULL;
    default:
        return markdown_entities[(unsigned char)*p];
    }
}

/* Appends `text` with what is written for some of its bytes. */
static inline void put_written(struct pfg_str *out, struct pfg_slice text,
                               const char *(*written)(struct pfg_slice, size_t))
{
    size_t begin = 0;

    for (size_t i = 0; i < text.len; i++) {
        const char *instead = written(text, i);

        if (instead) {
            pfg_str_add(out, pfg_slice_make(text.ptr + begin, i - begin));
            pfg_str_puts(out, instead);
            begin = i + 1;
        }
    }
    pfg_str_add(out, pfg_slice_from(text, begin));
}

static void put_markdown(struct pfg_str *out, struct pfg_slice text)
{
    put_written(out, text, written_in_markdown);
}

static void put_xml(struct pfg_str *out, struct pfg_slice text)
{
    put_written(out, text, written_in_xml);
}

void pfg_escape_line(struct pfg_str *out, struct pfg_slice text)
{
    struct pfg_slice rest = text;

    if (pfg_text_is_visible(text)) {
        pfg_str_add(out, text);
        return;
    }
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

/* Appends `text`, made visible in one line, with `put`. */
static void escape(struct pfg_str *out, struct pfg_slice text,
                   void (*put)(struct pfg_str *, struct pfg_slice))
{
    struct pfg_str visible;

    if (pfg_text_is_visible(text)) {
        put(out, text);
        return;
    }
    pfg_str_init(&visible, 0);
    pfg_escape_line(&visible, text);
    put(out, pfg_str_slice(&visible));
    pfg_str_free(&visible);
}

void pfg_escape_markdown(struct pfg_str *out, struct pfg_slice text)
{
    escape(out, text, put_markdown);
}

void pfg_escape_xml(struct pfg_str *out, struct pfg_slice text)
{
    escape(out, text, put_xml);
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

/* Appends a name in pieces, each escaped with `put`, with a line break allowed
 * between them: after a sign, where the piece has at least `shortest` bytes,
 * and within long words without a sign, which would widen their table. */
static void escape_name(struct pfg_str *out, struct pfg_slice text,
                        size_t shortest,
                        void (*put)(struct pfg_str *, struct pfg_slice))
{
    enum { LONGEST_WORD = 14 };
    static const bool is_sign[UCHAR_MAX + 1] = {
        ['/'] = true, ['='] = true, ['_'] = true,
        [','] = true, [':'] = true, ['.'] = true,
    };
    bool visible = pfg_text_is_visible(text);
    size_t from = 0, word = 0;

    for (size_t i = 1; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i - 1];
        unsigned char next = (unsigned char)text.ptr[i];
        size_t least = is_sign[c] && !is_sign[next] ? shortest : LONGEST_WORD;

        if (c == ' ' || c == '-' || next == ' ') {
            word = i;
        } else if (i - word >= least && (next & 0xc0) != 0x80) {
            struct pfg_slice piece = pfg_slice_make(text.ptr + from, i - from);

            if (visible) {
                put(out, piece);
            } else {
                escape(out, piece, put);
            }
            pfg_str_puts(out, "<wbr>");
            from = word = i;
        }
    }
    escape(out, pfg_slice_from(text, from), put);
}

void pfg_escape_markdown_name(struct pfg_str *out, struct pfg_slice text)
{
    escape_name(out, text, 6, put_markdown);
}

void pfg_escape_html_name(struct pfg_str *out, struct pfg_slice text)
{
    escape_name(out, text, 12, put_xml);
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
