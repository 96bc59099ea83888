#ifndef PFG_INGEST_CORE_PRINTED_NUMBER_H
#define PFG_INGEST_CORE_PRINTED_NUMBER_H

#include "base/slice.h"
#include "unit/unit.h"

/*
 * A number as people are shown it, in a unit: "635.91us", "4.99".
 */
struct pfg_printed {
    struct pfg_slice digits; /* as printed */
    struct pfg_slice unit;   /* as printed */
    double value;            /* in the base unit */
    double resolution;       /* half of the last printed digit, base unit */
};

/* Converts `digits` and `unit` of *out, which are set, by what `unit` means.
 * -1 where the digits are no number. */
int pfg_printed_convert(struct pfg_printed *out, const struct pfg_unit *unit);

#endif
