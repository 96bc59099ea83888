#include "ingest/core/printed_number.h"

#include <math.h>

/* The exponent of the last digit: -2 for "1.25", 1 for "1.2e2". */
static int last_digit(struct pfg_slice digits)
{
    struct pfg_slice rest = digits, mantissa;
    double exponent = 0;
    size_t point;

    mantissa = pfg_slice_first(digits, pfg_slice_find_byte(digits, 'e'));
    mantissa = pfg_slice_first(mantissa, pfg_slice_find_byte(mantissa, 'E'));
    rest = pfg_slice_from(digits, mantissa.len + 1);
    if (rest.len) {
        struct pfg_unit plain = {.factor = 1};

        pfg_unit_convert(&exponent, rest, &plain);
    }
    point = pfg_slice_find_byte(mantissa, '.');
    if (point < mantissa.len) {
        exponent -= (double)(mantissa.len - point - 1);
    }
    return (int)fmax(fmin(exponent, 400), -400);
}

int pfg_printed_convert(struct pfg_printed *out, const struct pfg_unit *unit)
{
    if (pfg_unit_convert(&out->value, out->digits, unit)) {
        return -1;
    }
    out->resolution =
        0.5 * pow(10, last_digit(out->digits) + unit->exp10) * unit->factor;
    if (!isfinite(out->resolution)) {
        out->resolution = NAN; /* "0e999" */
    }
    return 0;
}
