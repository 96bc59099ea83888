#ifndef PFG_APP_MEASURE_CONFIRM_RECORD_H
#define PFG_APP_MEASURE_CONFIRM_RECORD_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"

/*
 * FIRST.confirmed: what became of a first look. It belongs to the measurements
 * in FIRST, by a digest of them; where FIRST holds others now, it says
 * nothing.
 */
struct pfg_settled {
    const char *first_digest, *second, *second_digest;
    pfg_time time;
    int status;
    const char *outcome; /* a sentence */
};

/* PFG_USAGE, with the earlier outcome, where the measurements in `first` were
 * settled before; PFG_DATA where the record cannot be read. */
int pfg_settled_check(const char *first, const char *digest,
                      struct pfg_arena *arena, struct pfg_error *err);

int pfg_settled_write(const char *first, const struct pfg_settled *settled,
                      struct pfg_error *err);

#endif
