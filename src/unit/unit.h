#ifndef PFG_UNIT_UNIT_H
#define PFG_UNIT_UNIT_H

#include "base/slice.h"

/* Which direction is better. Neutral series are shown but never gated. */
enum pfg_direction {
    PFG_NEUTRAL = 0,
    PFG_LOWER,
    PFG_HIGHER,
};

extern const struct pfg_enum_words pfg_direction_words;
const char *pfg_direction_name(enum pfg_direction better); /* "lower", ... */
int pfg_direction_parse(enum pfg_direction *out, struct pfg_slice text);

/*
 * The meaning of a unit as written. A value is converted to the base unit by
 * value * 10^exp10 * factor. The power of ten is added to the decimal exponent
 * before the text is converted (pfg_number_parse), and `factor` is 1 unless the
 * unit is not a power of ten (KiB, minutes).
 *
 * Base units: "s", "B", "1/s", "B/s", "elem/s", "1" (a plain number: counts and
 * fractions; "%" is 10^-2 of it). An unknown unit is its own base, with factor
 * 1 and no direction.
 */
struct pfg_unit {
    struct pfg_slice base; /* static, or a part of the text that was looked
                              up */
    int exp10;
    double factor;
    enum pfg_direction better; /* as far as the unit alone implies it */
    const char *metric;        /* the usual name, such as "time"; NULL: none */
};

/* Knows "ns/op", "MB/s", "GiB/s", "µs" (both micro signs, "us"), "allocs/op",
 * "req/sec", "%", ... and the dashed forms of Go ("p99-ns/op": base "s"). A
 * unit that is unknown as written is looked up again ignoring case ("RPS",
 * "Ops/Sec"); "per" is read as a slash. Cannot fail. */
struct pfg_unit pfg_unit_find(struct pfg_slice written);

/* Converts `number`, which is in `unit`, to the base unit; -1 if it is not a
 * number. NaN and infinities pass through for the caller to interpret. */
int pfg_unit_convert(double *out, struct pfg_slice number,
                     const struct pfg_unit *unit);

#endif
