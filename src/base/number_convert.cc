// The C++ library's conversion: rounded once like strtod(), in every locale,
// and several times as fast for numbers with all 17 digits.

extern "C" {
#include "base/number.h"
}

#include <algorithm>
#include <charconv>
#include <cstdlib>

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
