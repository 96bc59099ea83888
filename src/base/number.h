#ifndef PFG_BASE_NUMBER_H
#define PFG_BASE_NUMBER_H

#include <stdint.h>

#include "base/slice.h"

/*
 * Reads all of `text` as a decimal number times 10^exp10, rounded once: the
 * power goes into the decimal exponent before conversion, so that "1234" with
 * -9 and "1.234" with -6 are the same double. Digits only ("1,234" is not a
 * number), no hexadecimal, no blanks, whatever the locale. NaN and Inf in any
 * case and with any sign are read as such: callers that want a measurement
 * ask isfinite(). 0, or -1 where it is not a number; *out is then untouched.
 */
int pfg_number_parse(double *out, struct pfg_slice text, int exp10);

/* No tool prints more characters of a number: one that does is none. */
#define PFG_NUMBER_DIGITS_MAX 800

/* "[-]d[.d]", of at most PFG_NUMBER_DIGITS_MAX characters, times 10^exp10,
 * rounded once; 0 or infinite where it is beyond what a double holds. */
double pfg_number_convert(struct pfg_slice decimal, long exp10);

/* Takes "d[.d]" off the front of *text, which is not empty, as
 * pfg_number_parse() reads it. False: there is something else, or so many
 * digits that they have to be looked at with more care; *text is as it was. */
bool pfg_number_take_short(double *out, struct pfg_slice *text, int exp10);

/* Reads all of `text` as digits; -1 where it is anything else or too large. */
int pfg_number_parse_u64(uint64_t *out, struct pfg_slice text);

/* The fewest digits that read back as the same double ("NaN", "Infinity" and
 * "-Infinity" for what JSON has no number for). */
#define PFG_NUMBER_TEXT 32
const char *pfg_number_shortest(char out[PFG_NUMBER_TEXT], double value);

#endif
