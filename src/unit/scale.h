#ifndef PFG_UNIT_SCALE_H
#define PFG_UNIT_SCALE_H

#include <stddef.h>

struct pfg_arena;

/*
 * One scale for the numbers of a row, so that they compare at a glance: the
 * prefix is chosen so that the smallest non-zero magnitude keeps at least
 * three significant digits and no number needs a power of ten.
 */
struct pfg_scale {
    double factor;   /* printed = value / factor */
    int decimals;    /* digits behind the point */
    char suffix[16]; /* "µs", "MiB/s", "%", "" */
};

/* `unit` is a base unit (see unit.h), `values` in it; n may be 0. Seconds go
 * from ns to s, bytes by 1024 (KiB), rates by 1000 (k, M), plain numbers have
 * k, M, G above 10^5 only. Non-finite values are ignored. */
struct pfg_scale pfg_scale_for(const char *unit, const double *values,
                               size_t n);

/* "1.423 µs", or without the suffix. Non-finite: "–". */
#define PFG_SCALE_TEXT 48
const char *pfg_scale_print(char out[PFG_SCALE_TEXT], double value,
                            const struct pfg_scale *scale);
const char *pfg_scale_digits(char out[PFG_SCALE_TEXT], double value,
                             const struct pfg_scale *scale);

/* A value that no other stands beside, "12.3 MiB". In the arena. */
char *pfg_scale_alone(double value, const char *unit, struct pfg_arena *arena);

#endif
