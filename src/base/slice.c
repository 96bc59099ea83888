#include "base/slice.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int pfg_slice_cmp(struct pfg_slice a, struct pfg_slice b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool pfg_slice_starts(struct pfg_slice s, const char *prefix)
{
    size_t n = 0; /* nearly always the first byte differs */

    while (n < s.len && prefix[n] && s.ptr[n] == prefix[n]) {
        n++;
    }
    return !prefix[n];
}

bool pfg_slice_ends(struct pfg_slice s, const char *suffix)
{
    size_t len = strlen(suffix);

    return s.len >= len && pfg_slice_is(pfg_slice_from(s, s.len - len), suffix);
}

size_t pfg_slice_find(struct pfg_slice s, const char *text)
{
    const char *hit = s.len ? memmem(s.ptr, s.len, text, strlen(text)) : NULL;

    return hit ? (size_t)(hit - s.ptr) : s.len;
}

size_t pfg_slice_find_byte(struct pfg_slice s, char byte)
{
    const char *hit = s.len ? memchr(s.ptr, byte, s.len) : NULL;

    return hit ? (size_t)(hit - s.ptr) : s.len;
}

size_t pfg_slice_find_last_byte(struct pfg_slice s, char byte)
{
    const char *hit = s.len ? memrchr(s.ptr, byte, s.len) : NULL;

    return hit ? (size_t)(hit - s.ptr) : s.len;
}

bool pfg_slice_has(struct pfg_slice s, const char *text)
{
    return s.len && memmem(s.ptr, s.len, text, strlen(text)) != NULL;
}

bool pfg_slice_has_control(struct pfg_slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f) {
            return true;
        }
    }
    return false;
}

struct pfg_slice pfg_slice_trim_left(struct pfg_slice s)
{
    while (s.len && is_blank(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    return s;
}

struct pfg_slice pfg_slice_trim_right(struct pfg_slice s)
{
    while (s.len && is_blank(s.ptr[s.len - 1])) {
        s.len--;
    }
    return s;
}

struct pfg_slice pfg_slice_trim(struct pfg_slice s)
{
    return pfg_slice_trim_right(pfg_slice_trim_left(s));
}

static struct pfg_slice cut(struct pfg_slice *s, size_t n)
{
    struct pfg_slice taken = pfg_slice_first(*s, n);

    *s = pfg_slice_from(*s, n);
    return taken;
}

bool pfg_take(struct pfg_slice *s, const char *literal)
{
    bool found = pfg_slice_starts(*s, literal);

    if (found) {
        cut(s, strlen(literal));
    }
    return found;
}

struct pfg_slice pfg_take_word(struct pfg_slice *s)
{
    struct pfg_slice rest = pfg_slice_trim_left(*s);
    struct pfg_slice word;
    size_t n = 0;

    while (n < rest.len && !is_blank(rest.ptr[n])) {
        n++;
    }
    word = cut(&rest, n);
    if (n) {
        *s = rest;
    }
    return word;
}

struct pfg_slice pfg_take_digits(struct pfg_slice *s)
{
    size_t n = 0;

    while (n < s->len && is_digit(s->ptr[n])) {
        n++;
    }
    return cut(s, n);
}

static size_t digits_at(struct pfg_slice s, size_t at)
{
    struct pfg_slice rest = pfg_slice_from(s, at);

    return pfg_take_digits(&rest).len;
}

struct pfg_slice pfg_take_number(struct pfg_slice *s)
{
    size_t n = s->len && (s->ptr[0] == '-' || s->ptr[0] == '+');
    size_t whole = digits_at(*s, n), fraction = 0, exponent;

    n += whole;
    if (n < s->len && s->ptr[n] == '.') {
        fraction = digits_at(*s, n + 1);
        n += fraction ? fraction + 1 : 0;
    }
    if (!whole && !fraction) {
        return cut(s, 0);
    }
    if (n < s->len && (s->ptr[n] == 'e' || s->ptr[n] == 'E')) {
        size_t sign =
            n + 1 < s->len && (s->ptr[n + 1] == '-' || s->ptr[n + 1] == '+');

        exponent = digits_at(*s, n + 1 + sign);
        n += exponent ? 1 + sign + exponent : 0;
    }
    return cut(s, n);
}

struct pfg_slice pfg_take_until(struct pfg_slice *s, char separator)
{
    size_t at = pfg_slice_find_byte(*s, separator);
    struct pfg_slice taken = cut(s, at);

    *s = pfg_slice_from(*s, 1);
    return taken;
}

int pfg_enum_find(const struct pfg_enum_words *words, struct pfg_slice word,
                  void *out)
{
    for (size_t i = 0; i < words->n; i++) {
        if (pfg_slice_is(word, words->at[i])) {
            *(unsigned *)out = (unsigned)i;
            return 0;
        }
    }
    return -1;
}
