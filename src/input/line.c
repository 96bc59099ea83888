#include <string.h>

#include "input/input.h"

#define ESC '\x1b'
#define BEL '\a'

/* "2024-05-01T12:00:00Z " up to nine digits of a second. */
#define STAMP_MIN 21
#define STAMP_MAX 31

static bool looks_stamped(struct pfg_slice text)
{
    return text.len >= STAMP_MIN && text.ptr[0] >= '1' && text.ptr[0] <= '2' &&
           text.ptr[4] == '-' && text.ptr[7] == '-' && text.ptr[10] == 'T' &&
           text.ptr[13] == ':';
}

static void cut_stamp(struct pfg_line *line)
{
    struct pfg_slice head = pfg_slice_first(line->text, STAMP_MAX);
    struct pfg_slice stamp =
        pfg_slice_first(head, pfg_slice_find_byte(head, ' '));

    if (stamp.len < head.len && pfg_slice_ends(stamp, "Z") &&
        !pfg_time_parse(&line->time, stamp)) {
        line->text = pfg_slice_from(line->text, stamp.len + 1);
    }
}

static bool is_between(char c, char low, char high)
{
    return c >= low && c <= high;
}

/* The length of the escape sequence that begins with ESC at p[0] (ECMA-48,
 * sections 5.3, 5.4 and 5.6). One that does not end takes what may belong to
 * it, a string that does not end (a title, a link) its first two bytes. */
static size_t sequence_length(const char *p, size_t len)
{
    size_t n = 2;

    if (len < 2) {
        return len;
    }
    if (p[1] == '[') {
        while (n < len && is_between(p[n], 0x20, 0x3f)) {
            n++;
        }
        return n < len && is_between(p[n], 0x40, 0x7e) ? n + 1 : n;
    }
    if (memchr("]PX^_", p[1], 5)) {
        for (; n < len; n++) {
            if (p[n] == BEL) {
                return n + 1;
            }
            if (p[n] == ESC && n + 1 < len && p[n + 1] == '\\') {
                return n + 2;
            }
        }
        return 2;
    }
    for (n = 1; n < len && is_between(p[n], 0x20, 0x2f); n++) {
    }
    return n < len && is_between(p[n], 0x30, 0x7e) ? n + 1 : n;
}

/* Whether a terminal would have changed what stood before: by printing over
 * it, or by an order to erase. */
static bool overwrites(struct pfg_slice text)
{
    while (text.len && text.ptr[0] == ESC) {
        size_t n = sequence_length(text.ptr, text.len);
        char last = text.ptr[n - 1];

        if (last == 'K' || last == 'J') {
            return true;
        }
        text = pfg_slice_from(text, n);
        if (!text.len) {
            return false;
        }
    }
    return text.len > 0;
}

/* Leaves what a terminal would show of a line with carriage returns in it:
 * what follows the last of them, unless that is nothing but colours. */
static struct pfg_slice after_returns(struct pfg_slice text)
{
    for (;;) {
        size_t at = pfg_slice_find_last_byte(text, '\r');
        struct pfg_slice tail;

        if (at == text.len) {
            return text;
        }
        tail = pfg_slice_from(text, at + 1);
        if (at + 1 < text.len && overwrites(tail)) {
            return tail;
        }
        text = pfg_slice_first(text, at);
    }
}

/* Closes up the text around its escape sequences. The line's bytes lie in the
 * window, which is ours to write. */
static struct pfg_slice without_sequences(struct pfg_slice text)
{
    char *begin = (char *)text.ptr, *to = begin;
    const char *p = text.ptr, *end = p + text.len;

    while (p < end) {
        const char *sequence = memchr(p, ESC, (size_t)(end - p));
        size_t plain = (size_t)((sequence ? sequence : end) - p);

        memmove(to, p, plain);
        to += plain;
        p += plain;
        if (sequence) {
            p += sequence_length(p, (size_t)(end - p));
        }
    }
    return pfg_slice_range(begin, to);
}

void pfg_line_clean(struct pfg_line *line)
{
    /* Concatenated files leave marks in the middle. */
    if (line->text.len && line->text.ptr[0] == '\xef') {
        pfg_take(&line->text, "\xef\xbb\xbf");
    }
    if (looks_stamped(line->text)) {
        cut_stamp(line);
    }
    if (line->text.len && memchr(line->text.ptr, '\r', line->text.len)) {
        line->text = after_returns(line->text);
    }
    if (line->text.len && memchr(line->text.ptr, ESC, line->text.len)) {
        line->text = without_sequences(line->text);
    }
}
