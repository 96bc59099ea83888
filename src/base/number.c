#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool parse_special(double *out, struct pfg_slice text)
{
    bool negative = text.len && text.ptr[0] == '-';
    struct pfg_slice word =
        pfg_slice_from(text, negative || (text.len && text.ptr[0] == '+'));
    double value;

    if (word.len == 3 && !strncasecmp(word.ptr, "nan", 3)) {
        value = NAN;
    } else if ((word.len == 3 && !strncasecmp(word.ptr, "inf", 3)) ||
               (word.len == 8 && !strncasecmp(word.ptr, "infinity", 8))) {
        value = INFINITY;
    } else {
        return false;
    }
    *out = negative ? -value : value;
    return true;
}

/* Powers of ten that a double holds exactly. */
#define MAX_EXACT_POWER 22
static const double powers[MAX_EXACT_POWER + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

/* So many digits fit into 64 bits, whatever they are. */
#define MAX_SHORT 16

static const char *add_digits(uint64_t *mantissa, const char *p,
                              const char *end)
{
    uint64_t value = *mantissa;

    for (; p < end && *p >= '0' && *p <= '9'; p++) {
        value = 10 * value + (uint64_t)(*p - '0');
    }
    *mantissa = value;
    return p;
}

/* Digits that a double holds exactly, times or divided by a power of ten that
 * it holds exactly: one operation rounds once, as strtod() does (Clinger, "How
 * to read floating point numbers accurately"). */
bool pfg_number_take_short(double *out, struct pfg_slice *text, int exp10)
{
    const char *begin = text->ptr, *p, *point;
    const char *end =
        begin + (text->len <= MAX_SHORT ? text->len : MAX_SHORT + 1);
    uint64_t mantissa = 0;

    p = add_digits(&mantissa, begin, end);
    if (p == begin) {
        return false;
    }
    if (p < end && *p == '.') {
        point = p;
        p = add_digits(&mantissa, p + 1, end);
        if (p == point + 1) {
            return false;
        }
        exp10 -= (int)(p - point - 1);
    }
    if (p - begin > MAX_SHORT || mantissa > (uint64_t)1 << 53 ||
        exp10 < -MAX_EXACT_POWER || exp10 > MAX_EXACT_POWER) {
        return false;
    }
    *out = exp10 < 0 ? (double)mantissa / powers[-exp10]
                     : (double)mantissa * powers[exp10];
    text->ptr = p;
    text->len -= (size_t)(p - begin);
    return true;
}

/* "[-]d[.d]"; false: it is something else, perhaps no number. */
static bool parse_short(double *out, struct pfg_slice text, int exp10)
{
    bool negative = text.len && *text.ptr == '-';
    struct pfg_slice rest = pfg_slice_from(text, negative);
    double value;

    if (!rest.len || !pfg_number_take_short(&value, &rest, exp10) ||
        rest.len) {
        return false;
    }
    *out = negative ? -value : value;
    return true;
}

/* "[+-]d" behind an e, held within what can matter. */
static long read_exponent(struct pfg_slice text)
{
    bool negative = pfg_take(&text, "-");
    long value = 0;

    pfg_take(&text, "+");
    for (size_t i = 0; i < text.len && value < 10000; i++) {
        value = value * 10 + (text.ptr[i] - '0');
    }
    return negative ? -value : value;
}

int pfg_number_parse(double *out, struct pfg_slice text, int exp10)
{
    struct pfg_slice rest = text, number;
    size_t mantissa = 0;
    long exponent = 0;

    if (parse_short(out, text, exp10)) {
        return 0;
    }
    number = pfg_take_number(&rest);
    if (!number.len || rest.len || number.len > PFG_NUMBER_DIGITS_MAX) {
        return parse_special(out, text) ? 0 : -1;
    }
    pfg_take(&number, "+");
    while (mantissa < number.len && (number.ptr[mantissa] | 0x20) != 'e') {
        mantissa++;
    }
    if (mantissa < number.len) {
        exponent = read_exponent(pfg_slice_from(number, mantissa + 1));
    }
    *out =
        pfg_number_convert(pfg_slice_first(number, mantissa), exponent + exp10);
    return 0;
}

int pfg_number_parse_u64(uint64_t *out, struct pfg_slice text)
{
    uint64_t value = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' ||
            __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(text.ptr[i] - '0'),
                                   &value)) {
            return -1;
        }
    }
    if (!text.len || text.len > 20) {
        return -1;
    }
    *out = value;
    return 0;
}

const char *pfg_number_shortest(char out[PFG_NUMBER_TEXT], double value)
{
    if (isnan(value)) {
        return memcpy(out, "NaN", 4);
    }
    if (isinf(value)) {
        return value > 0 ? memcpy(out, "Infinity", 9)
                         : memcpy(out, "-Infinity", 10);
    }
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(out, PFG_NUMBER_TEXT, "%.*g", precision, value);
        if (strtod(out, NULL) == value) {
            break;
        }
    }
    return out;
}
