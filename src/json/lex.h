#ifndef PFG_JSON_LEX_H
#define PFG_JSON_LEX_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * The characters of JSON strings: for the reader, the writer, and the ingesters
 * that read the usual form of an event without either.
 */

/* A quote, a backslash, a control byte, or a byte beyond ASCII. */
static inline bool pfg_lex_is_special(char c)
{
    return (unsigned char)c < 0x20 || (unsigned char)c >= 0x80 || c == '"' ||
           c == '\\';
}

/* The first special byte from `p` on, or `end`. Eight bytes at a time: the
 * subtraction borrows into the high bit of each byte that is smaller. Only
 * bytes above such a byte can be marked wrongly, so the lowest mark is right.
 */
static inline const char *pfg_lex_plain(const char *p, const char *end)
{
    const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;

    while (end - p >= 8) {
        uint64_t word, quote, backslash, special;

        memcpy(&word, p, 8);
        word = le64toh(word);
        quote = word ^ (ones * '"');
        backslash = word ^ (ones * '\\');
        special = ((quote - ones) & ~quote) |
                  ((backslash - ones) & ~backslash) |
                  ((word - ones * 0x20) & ~word) | word;
        if (special & highs) {
            return p + (__builtin_ctzll(special & highs) >> 3);
        }
        p += 8;
    }
    while (p < end && !pfg_lex_is_special(*p)) {
        p++;
    }
    return p;
}

/* The length of the UTF-8 character at `p`; 0 where it is ill-formed (table 3-7
 * of the Unicode standard). */
static inline size_t pfg_lex_utf8(const char *p, const char *end)
{
    const unsigned char *u = (const unsigned char *)p;
    unsigned char low = 0x80, high = 0xbf;
    size_t len;

    if (p == end || (u[0] >= 0x80 && u[0] < 0xc2) || u[0] > 0xf4) {
        return 0;
    }
    len = u[0] < 0x80 ? 1 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;
    if ((size_t)(end - p) < len) {
        return 0;
    }
    low = u[0] == 0xe0 ? 0xa0 : u[0] == 0xf0 ? 0x90 : low;
    high = u[0] == 0xed ? 0x9f : u[0] == 0xf4 ? 0x8f : high;
    if (len > 1 && (u[1] < low || u[1] > high)) {
        return 0;
    }
    for (size_t i = 2; i < len; i++) {
        if ((u[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    return len;
}

/* The value of the four hexadecimal digits at `p`, or -1. */
static inline long pfg_lex_hex4(const char *p, const char *end)
{
    long value = 0;

    if (end - p < 4) {
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;

        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

static inline bool pfg_lex_is_high(long unit)
{
    return unit >= 0xd800 && unit <= 0xdbff;
}

static inline bool pfg_lex_is_low(long unit)
{
    return unit >= 0xdc00 && unit <= 0xdfff;
}

/* The low surrogate whose escape is at `p`, or -1. */
static inline long pfg_lex_low_half(const char *p, const char *end)
{
    long unit = end - p >= 6 && p[0] == '\\' && p[1] == 'u'
                    ? pfg_lex_hex4(p + 2, end)
                    : -1;

    return pfg_lex_is_low(unit) ? unit : -1;
}

#endif
