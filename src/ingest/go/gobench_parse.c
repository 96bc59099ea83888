#include "ingest/go/gobench.h"

#include <stdio.h>
#include <string.h>

#include <utf8proc.h>

#include "base/number.h"

#define SHORT(s) (int)((s).len < 60 ? (s).len : 60), (s).ptr

/* Go separates fields by any Unicode white space. */
static const char *const wide_spaces[] = {
    "\xc2\x85", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
    "\u2004",   "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
    "\u2028",   "\u2029", "\u202f", "\u205f", "\u3000",
};

/* The length in bytes of the white space at the front of `s`, or 0. */
static size_t space_at(struct pfg_slice s)
{
    unsigned char c = s.len ? (unsigned char)s.ptr[0] : 0;

    if (c < 0x80) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
    if (c != 0xc2 && (c < 0xe1 || c > 0xe3)) {
        return 0;
    }
    for (size_t i = 0; i < PFG_COUNT(wide_spaces); i++) {
        if (pfg_slice_starts(s, wide_spaces[i])) {
            return strlen(wide_spaces[i]);
        }
    }
    return 0;
}

/* The same at `p`, which is before `end`. Nearly all bytes are ASCII. */
static inline size_t space_before(const char *p, const char *end)
{
    if ((unsigned char)*p > ' ' && (unsigned char)*p < 0x80) {
        return 0;
    }
    return *p == ' ' ? 1 : space_at(pfg_slice_range(p, end));
}

struct pfg_slice pfg_gobench_field(struct pfg_slice *s)
{
    const char *begin = s->ptr, *end = s->ptr + s->len, *p;
    size_t n;

    while (begin < end && (n = space_before(begin, end))) {
        begin += n;
    }
    for (p = begin; p < end && !space_before(p, end); p++) {
    }
    *s = pfg_slice_range(p, end);
    return pfg_slice_range(begin, p);
}

static bool is_digits(struct pfg_slice s)
{
    struct pfg_slice rest = s;

    return pfg_take_digits(&rest).len > 0 && !rest.len;
}

bool pfg_gobench_is_name(struct pfg_slice name)
{
    utf8proc_int32_t rune;

    if (!pfg_take(&name, "Benchmark")) {
        return false;
    }
    if (name.len && (unsigned char)name.ptr[0] < 0x80) {
        return name.ptr[0] < 'a' || name.ptr[0] > 'z';
    }
    return !name.len ||
           utf8proc_iterate((const utf8proc_uint8_t *)name.ptr,
                            (utf8proc_ssize_t)name.len, &rune) < 1 ||
           utf8proc_category(rune) != UTF8PROC_CATEGORY_LL;
}

static enum pfg_gobench_parsed refuse(char why[160], const char *format,
                                      struct pfg_slice what)
{
    snprintf(why, 160, format, SHORT(what));
    return PFG_GOBENCH_MALFORMED;
}

/* Tries "123" and "1.23" first, because most numbers look like that. */
static bool is_number(struct pfg_slice s)
{
    const char *p = s.ptr, *end = s.ptr + s.len;
    double value;

    while (p < end && *p >= '0' && *p <= '9') {
        p++;
    }
    if (p > s.ptr && p + 1 < end && *p == '.') {
        for (p++; p < end && *p >= '0' && *p <= '9'; p++) {
        }
    }
    return (s.len && p == end) || !pfg_number_parse(&value, s, 0);
}

/* A unit usually begins with a letter. Of the numbers only NaN and Inf do. */
static bool is_unit(struct pfg_slice s)
{
    char first = s.len ? s.ptr[0] | ' ' : '0';

    return (first >= 'a' && first <= 'z' && first != 'n' && first != 'i') ||
           (s.len && !is_number(s));
}

enum pfg_gobench_parsed pfg_gobench_parse(struct pfg_gobench_tail *out,
                                          struct pfg_slice rest, char why[160])
{
    struct pfg_slice iterations = pfg_gobench_field(&rest);
    struct pfg_slice number, unit;

    out->n = 0;
    if (!is_digits(iterations) ||
        pfg_number_parse(&out->iterations, iterations, 0)) {
        return PFG_GOBENCH_NO_RESULT;
    }
    while ((number = pfg_gobench_field(&rest)).len) {
        unit = pfg_gobench_field(&rest);
        if (!is_number(number)) {
            return refuse(why, "'%.*s' is not a number", number);
        }
        if (!is_unit(unit)) {
            return refuse(why, "missing unit after '%.*s'", number);
        }
        if (out->n == PFG_GOBENCH_PAIRS) {
            return refuse(why, "too many values: '%.*s'", number);
        }
        out->pairs[out->n].number = number;
        out->pairs[out->n++].unit = unit;
    }
    return out->n ? PFG_GOBENCH_RESULT
                  : refuse(why, "no value after '%.*s' iterations", iterations);
}

bool pfg_gobench_find(struct pfg_gobench_tail *out, struct pfg_slice text)
{
    char why[160];

    for (size_t i = 0; i < text.len; i++) {
        size_t begin = i;

        if (text.ptr[i] != '\t') {
            continue;
        }
        while (begin && text.ptr[begin - 1] >= '0' &&
               text.ptr[begin - 1] <= '9') {
            begin--;
        }
        if (begin < i &&
            (!begin || text.ptr[begin - 1] == ' ' ||
             text.ptr[begin - 1] == '\t') &&
            pfg_gobench_parse(out, pfg_slice_from(text, begin), why) ==
                PFG_GOBENCH_RESULT) {
            return true;
        }
    }
    return false;
}

bool pfg_gobench_config(struct pfg_slice line, struct pfg_slice *key,
                        struct pfg_slice *value)
{
    size_t colon = pfg_slice_find_byte(pfg_slice_first(line, 65), ':');

    if (colon >= line.len || colon > 64 || !colon || line.ptr[0] < 'a' ||
        line.ptr[0] > 'z') {
        return false;
    }
    *key = pfg_slice_first(line, colon);
    for (size_t i = 0; i < key->len; i++) {
        if ((key->ptr[i] >= 'A' && key->ptr[i] <= 'Z') ||
            space_before(key->ptr + i, key->ptr + key->len)) {
            return false;
        }
    }
    line = pfg_slice_from(line, colon + 1);
    *value = pfg_slice_trim(line);
    return !line.len || line.ptr[0] == ' ' || line.ptr[0] == '\t';
}

bool pfg_gobench_verdict(struct pfg_slice rest, struct pfg_slice *pkg,
                         struct pfg_slice *why)
{
    struct pfg_slice field;
    double seconds;

    *pkg = pfg_gobench_field(&rest);
    *why = rest;
    field = pfg_gobench_field(&rest);
    if (!pkg->len || !field.len) {
        return false;
    }
    return field.ptr[0] == '[' || field.ptr[0] == '(' ||
           (pfg_slice_ends(field, "s") &&
            !pfg_number_parse(&seconds, pfg_slice_first(field, field.len - 1),
                              0));
}
