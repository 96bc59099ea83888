#include "base/number.h"

#include <endian.h>
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

/* 5^27 is the largest power of five that fits into 64 bits. */
#define MAX_FIVES 27

/* Any number of this many digits fits into 64 bits. */
#define MAX_SHORT 19

/* What a short number has at most: these digits, a point, an exponent, and
 * zeros in front, as in 0.00010500000000000001. */
#define MAX_SHORT_TEXT 32

/* Appends the digits that eight characters begin with to *value at once;
 * returns how many they are. Adds digits up in pairs, then pairs of pairs
 * (Lemire, "Number parsing at a gigabyte per second"). */
static int take_up_to_eight(uint64_t *value, const char *p)
{
    static const uint32_t tens[] = {1,      10,      100,      1000,     10000,
                                    100000, 1000000, 10000000, 100000000};
    const uint64_t ones = 0x0101010101010101, low_halves = 0x000000ff000000ff;
    uint64_t word, others;
    int n = 8;

    memcpy(&word, p, sizeof word);
    word = le64toh(word);
    /* A character below '0' borrows in the subtraction, one above '9' carries
     * in the addition: either sets the high bit of its byte, and changes
     * nothing before it. */
    others = ((word + ones * (0x7f - '9')) | (word - ones * '0')) & (ones << 7);
    word -= ones * '0';
    if (others) {
        n = __builtin_ctzll(others) / 8;
        if (n == 0) {
            return 0;
        }
        word <<= 8 * (8 - n); /* zeros in front, and no others */
    }
    word = word * 10 + (word >> 8);
    word = ((word & low_halves) * (100 + (UINT64_C(1000000) << 32)) +
            ((word >> 16) & low_halves) * (1 + (UINT64_C(10000) << 32))) >>
           32;
    *value = *value * tens[n] + word;
    return n;
}

static inline const char *add_digits(uint64_t *mantissa, const char *p,
                                     const char *end)
{
    uint64_t value = *mantissa;
    int n = 8;

    while (n == 8 && end - p >= 8) {
        n = take_up_to_eight(&value, p);
        p += n;
    }
    if (n == 8) {
        for (; p < end && *p >= '0' && *p <= '9'; p++) {
            value = 10 * value + (uint64_t)(*p - '0');
        }
    }
    *mantissa = value;
    return p;
}

static double power_of_two(int exponent)
{
    uint64_t bits = (uint64_t)(1023 + exponent) << 52;
    double power;

    memcpy(&power, &bits, sizeof power);
    return power;
}

/* 5^n, for n up to MAX_FIVES. */
static uint64_t power_of_five(int n)
{
    return n > MAX_EXACT_POWER ? power_of_five(MAX_EXACT_POWER) *
                                     power_of_five(n - MAX_EXACT_POWER)
                               : (uint64_t)(powers[n] * power_of_two(-n));
}

/* mantissa / 10^n, rounded once. The mantissa and 5^n are shifted to the left
 * end of 64 bits, so that the quotient has at least 63 bits. A remainder sets
 * the lowest of them, far below the 53 that a double keeps, where it
 * distinguishes a tie from a value just above it. */
static double divide(uint64_t mantissa, int n)
{
    __extension__ typedef unsigned __int128 wide;
    uint64_t five = power_of_five(n);
    int up = __builtin_clzll(mantissa), down = __builtin_clzll(five);
    wide dividend = (wide)(mantissa << up) << 63;
    uint64_t divisor = five << down;
    uint64_t quotient = (uint64_t)(dividend / divisor);

    quotient |= (wide)quotient * divisor != dividend;
    return (double)quotient * power_of_two(down - up - 63 - n);
}

/* mantissa * 10^exp10, rounded once; false if that needs more work. If a double
 * holds both the mantissa and the power exactly, one operation is enough
 * (Clinger, "How to read floating point numbers accurately"). */
static bool scale(double *out, uint64_t mantissa, int exp10)
{
    if (mantissa <= UINT64_C(1) << 53 && exp10 >= -MAX_EXACT_POWER &&
        exp10 <= MAX_EXACT_POWER) {
        *out = exp10 < 0 ? (double)mantissa / powers[-exp10]
                         : (double)mantissa * powers[exp10];
        return true;
    }
    if (mantissa && exp10 <= 0 && exp10 >= -MAX_FIVES) {
        *out = divide(mantissa, -exp10);
        return true;
    }
    return false;
}

static size_t count_zeros(const char *p, const char *end)
{
    size_t n = 0;

    for (; p < end && (*p == '0' || *p == '.'); p++) {
        n += *p == '0';
    }
    return n;
}

/* "[+-]d" after an e, limited to a range that makes a difference. */
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

/* Takes "e[+-]d" from the front of *text; 0 if there is something else. */
static int take_exponent(struct pfg_slice *text)
{
    struct pfg_slice rest = pfg_slice_from(*text, 1), exponent = rest;

    if (!text->len || (*text->ptr | 0x20) != 'e') {
        return 0;
    }
    if (!pfg_take(&rest, "-")) {
        pfg_take(&rest, "+");
    }
    if (!pfg_take_digits(&rest).len) {
        return 0;
    }
    *text = rest;
    return (int)read_exponent(pfg_slice_range(exponent.ptr, rest.ptr));
}

/* pfg_number_take_short(), or the same for "d[.d][e[+-]d]". */
static bool take_short(double *out, struct pfg_slice *text, int exp10,
                       bool with_exponent)
{
    const char *begin = text->ptr, *end = begin + text->len, *p, *point;
    struct pfg_slice rest;
    uint64_t mantissa = 0;
    size_t n;

    p = add_digits(&mantissa, begin, end);
    n = (size_t)(p - begin);
    if (n && p < end && *p == '.') {
        point = p + 1;
        p = add_digits(&mantissa, point, end);
        if (p == point) {
            return false;
        }
        n += (size_t)(p - point);
        exp10 -= (int)(p - point);
    }
    if (n > MAX_SHORT) {
        n -= count_zeros(begin, p);
    }
    rest = pfg_slice_range(p, end);
    if (with_exponent) {
        exp10 += take_exponent(&rest);
    }
    if (!n || n > MAX_SHORT || !scale(out, mantissa, exp10)) {
        return false;
    }
    *text = rest;
    return true;
}

bool pfg_number_take_short(double *out, struct pfg_slice *text, int exp10)
{
    return take_short(out, text, exp10, false);
}

/* "[-]d[.d][e[+-]d]"; false if it is anything else, which may still be a
 * number. */
static bool parse_short(double *out, struct pfg_slice text, int exp10)
{
    bool negative = text.len && *text.ptr == '-';
    struct pfg_slice rest = pfg_slice_from(text, negative);
    double value;

    if (!rest.len || rest.len > MAX_SHORT_TEXT ||
        !take_short(&value, &rest, exp10, true) || rest.len) {
        return false;
    }
    *out = negative ? -value : value;
    return true;
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
