#ifndef PFG_UNIT_SCALE_H
#define PFG_UNIT_SCALE_H

#include <stddef.h>

struct pfg_arena;

/*
 * One scale for the numbers of a row, so that they compare at a glance. The
 * prefix is chosen so that the smallest nonzero magnitude keeps at least three
 * significant digits and no number needs an exponent.
 */
struct pfg_scale {
    double factor;   /* printed = value / factor */
    int decimals;    /* digits after the point */
    char suffix[16]; /* "µs", "MiB/s", "%", "" */
};

/* `unit` is a base unit (see unit.h), and `values` are in that unit; n may be
 * 0. Seconds scale from ns to s, bytes by 1024 (KiB), rates by 1000 (k, M), and
 * plain numbers get k, M or G only above 10^5. Ignores non-finite values. */
struct pfg_scale pfg_scale_for(const char *unit, const double *values,
                               size_t n);

/* "1.423 µs"; pfg_scale_digits() leaves out the suffix. A non-finite value is
 * "–". */
#define PFG_SCALE_TEXT 48
const char *pfg_scale_print(char out[PFG_SCALE_TEXT], double value,
                            const struct pfg_scale *scale);
const char *pfg_scale_digits(char out[PFG_SCALE_TEXT], double value,
                             const struct pfg_scale *scale);

/* A single value with its own scale, "12.3 MiB", in the arena. */
char *pfg_scale_alone(double value, const char *unit, struct pfg_arena *arena);

#endif
