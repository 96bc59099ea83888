#ifndef PFG_INGEST_CORE_PRINTED_NUMBER_H
#define PFG_INGEST_CORE_PRINTED_NUMBER_H

#include "base/slice.h"
#include "unit/unit.h"

/*
 * A number printed for people, with its unit: "635.91us", "4.99".
 */
struct pfg_printed {
    struct pfg_slice digits; /* as printed */
    struct pfg_slice unit;   /* as printed */
    double value;            /* in the base unit */
    double resolution;       /* half of the last printed digit, base unit */
};

/* Converts `digits`, in units of `unit`, to value and resolution. The caller
 * has set `digits`. Returns -1 if they are not a number. */
int pfg_printed_convert(struct pfg_printed *out, const struct pfg_unit *unit);

#endif
