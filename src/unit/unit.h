#ifndef PFG_UNIT_UNIT_H
#define PFG_UNIT_UNIT_H

#include "base/slice.h"

/* Which way is better. Neutral: shown, never gated. */
enum pfg_direction {
    PFG_NEUTRAL = 0,
    PFG_LOWER,
    PFG_HIGHER,
};

extern const struct pfg_enum_words pfg_direction_words;
const char *pfg_direction_name(enum pfg_direction better); /* "lower", ... */
int pfg_direction_parse(enum pfg_direction *out, struct pfg_slice text);

/*
 * What a unit as written means. A value in it is turned into the base unit by
 * value * 10^exp10 * factor, where the power of ten goes into the decimal
 * exponent before the text is converted (pfg_number_parse), and `factor` is 1
 * except for what is not a power of ten (KiB, minutes).
 *
 * Base units: "s", "B", "1/s", "B/s", "elem/s", "1" (a plain number: counts
 * and fractions; "%" is 10^-2 of it). A unit that the table does not know is
 * its own base, with factor 1 and no direction.
 */
struct pfg_unit {
    struct pfg_slice base; /* static, or a piece of what was asked */
    int exp10;
    double factor;
    enum pfg_direction better; /* what the unit alone says */
    const char *metric;        /* the common name, "time"; NULL: none */
};

/* Knows "ns/op", "MB/s", "GiB/s", "µs" (both micro signs, "us"), "allocs/op",
 * "req/sec", "%", ... and the dashed forms of Go ("p99-ns/op": base "s"). What
 * it does not know as it is written it tries in other capitals ("RPS",
 * "Ops/Sec"), and "per" is a slash.
 * This function can't fail. */
struct pfg_unit pfg_unit_find(struct pfg_slice written);

/* `number` in `unit`, in its base unit; -1 where it is not a number. NaN and
 * infinities pass through: the caller decides what they mean. */
int pfg_unit_convert(double *out, struct pfg_slice number,
                     const struct pfg_unit *unit);

#endif
