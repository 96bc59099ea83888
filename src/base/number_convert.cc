// The conversions of the C++ library: the results of strtod() and printf() in
// the C locale, several times as fast.

extern "C" {
#include "base/number.h"
}

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>

double pfg_number_convert(struct pfg_slice decimal, long exp10)
{
    char text[PFG_NUMBER_DIGITS_MAX + 32];
    char *end = std::copy(decimal.ptr, decimal.ptr + decimal.len, text);
    double value = 0;

    if (exp10) {
        *end++ = 'e';
        end = std::to_chars(end, text + sizeof text - 1, exp10).ptr;
    }
    *end = '\0';
    // strtod() tells too large from too small, and reads a point as the
    // decimal separator because perfgate never calls setlocale().
    if (std::from_chars(text, end, value).ec != std::errc()) {
        value = std::strtod(text, nullptr);
    }
    return value;
}

static const char *print(char *out, size_t size, double value,
                         std::chars_format format, int precision)
{
    auto printed = std::to_chars(out, out + size - 1, value, format, precision);

    *(printed.ec == std::errc() ? printed.ptr : out) = '\0';
    return out;
}

const char *pfg_number_fixed(char *out, size_t size, double value, int decimals)
{
    return print(out, size, value, std::chars_format::fixed, decimals);
}

const char *pfg_number_general(char *out, size_t size, double value, int digits)
{
    return print(out, size, value, std::chars_format::general, digits);
}

// "%.15g", or as many digits more as the number needs. The shortest text tells
// how many, except next to a power of two, where the nearest number of that
// length may read back as another double.
const char *pfg_number_shortest(char out[PFG_NUMBER_TEXT], double value)
{
    char *last = out + PFG_NUMBER_TEXT - 1, *end;
    double back = 0;
    long digits;

    if (!std::isfinite(value)) {
        return std::strcpy(out, std::isnan(value) ? "NaN"
                                : value > 0       ? "Infinity"
                                                  : "-Infinity");
    }
    end = std::to_chars(out, last, std::fabs(value),
                        std::chars_format::scientific)
              .ptr;
    digits = std::max(15L, std::find(out, end, 'e') - out - 1);
    do {
        end = std::to_chars(out, last, value, std::chars_format::general,
                            (int)digits)
                  .ptr;
        *end = '\0';
        std::from_chars(out, end, back);
    } while (back != value && ++digits <= 17);
    return out;
}
