#ifndef PFG_BASE_NUMBER_H
#define PFG_BASE_NUMBER_H

#include <stdint.h>

#include "base/slice.h"

/*
 * Parses all of `text` as a decimal number times 10^exp10, rounded once: the
 * power is added to the decimal exponent before the conversion, so that "1234"
 * with -9 and "1.234" with -6 are the same double. Digits only ("1,234" is not
 * a number), no hexadecimal, no spaces, in every locale. NaN and Inf are
 * accepted in any case and with any sign: callers that need a measurement check
 * isfinite(). 0, or -1 if it is not a number; *out is then unchanged.
 */
int pfg_number_parse(double *out, struct pfg_slice text, int exp10);

/* No tool prints numbers with more characters than this; a longer text is not a
 * number. */
#define PFG_NUMBER_DIGITS_MAX 800

/* Converts "[-]d[.d]", which has at most PFG_NUMBER_DIGITS_MAX characters,
 * times 10^exp10, rounded once; 0 or infinite if it is out of range. */
double pfg_number_convert(struct pfg_slice decimal, long exp10);

/* Takes "d[.d]" from the front of *text, which is not empty, with the result of
 * pfg_number_parse(). False if there is something else, or if the number needs
 * the full conversion; *text is then unchanged. */
bool pfg_number_take_short(double *out, struct pfg_slice *text, int exp10);

/* Parses all of `text` as digits; -1 if it is anything else or too large. */
int pfg_number_parse_u64(uint64_t *out, struct pfg_slice text);

/* The fewest digits that read back as the same double. "NaN", "Infinity" and
 * "-Infinity" for values that have no JSON number. Returns `out`. */
#define PFG_NUMBER_TEXT 32
const char *pfg_number_shortest(char out[PFG_NUMBER_TEXT], double value);

/* What snprintf() writes with "%.*f" and with "%.*g", several times as fast;
 * the empty string if that does not fit. Any double with up to 30 decimals fits
 * into PFG_NUMBER_LONG_TEXT bytes. Returns `out`. */
#define PFG_NUMBER_LONG_TEXT 350
const char *pfg_number_fixed(char *out, size_t size, double value,
                             int decimals);
const char *pfg_number_general(char *out, size_t size, double value,
                               int digits);

#endif
