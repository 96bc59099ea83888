#include "base/number.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* No tool prints more digits; longer ones would still not change a double. */
#define MAX_DIGITS 800

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

int pfg_number_parse(double *out, struct pfg_slice text, int exp10)
{
    struct pfg_slice rest = text;
    struct pfg_slice number = pfg_take_number(&rest);
    char digits[MAX_DIGITS + 32];
    size_t mantissa;
    long exponent = 0;

    if (!number.len || rest.len || number.len > MAX_DIGITS) {
        return parse_special(out, text) ? 0 : -1;
    }
    mantissa = pfg_slice_find_byte(number, 'e');
    if (mantissa == number.len) {
        mantissa = pfg_slice_find_byte(number, 'E');
    }
    memcpy(digits, number.ptr, number.len);
    digits[number.len] = '\0';
    if (mantissa < number.len) {
        exponent = strtol(digits + mantissa + 1, NULL, 10);
        exponent = exponent > 99999 ? 99999 : exponent < -99999 ? -99999
                                                                : exponent;
    }
    snprintf(digits + mantissa, sizeof digits - mantissa, "e%ld",
             exponent + exp10);
    /* perfgate never calls setlocale(), so this is the C locale's. */
    *out = strtod(digits, NULL);
    return 0;
}

int pfg_number_parse_u64(uint64_t *out, struct pfg_slice text)
{
    struct pfg_slice rest = text;
    struct pfg_slice digits = pfg_take_digits(&rest);
    char buffer[24];
    uint64_t value;

    if (!digits.len || rest.len || digits.len > 20) {
        return -1;
    }
    memcpy(buffer, digits.ptr, digits.len);
    buffer[digits.len] = '\0';
    errno = 0;
    value = strtoull(buffer, NULL, 10);
    if (errno) {
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
