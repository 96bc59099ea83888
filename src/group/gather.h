#ifndef PFG_GROUP_GATHER_H
#define PFG_GROUP_GATHER_H

#include <stdint.h>

#include "base/arena.h"
#include "model/run.h"

/*
 * Readings in the order in which they come, until it is known how many each
 * series has; then each series gets its pieces in one array and its values in
 * another. A value costs 24 bytes meanwhile. Internal to the collector.
 */
struct pfg_reading {
    uint32_t series, process, line;
    uint32_t extra; /* index + 1 into the extras; 0: it is a value */
    double value;
};

/* It is a value, of events a trial: the rest of `extra` is an index into the
 * trials. */
#define PFG_READING_RATE (UINT32_C(1) << 31)

/* Readings of one block, so that none is moved when more come. */
#define PFG_GATHER_BLOCK 16384

/* Where a piece is from, and the unit that it is written in. */
struct pfg_gather_origin {
    const char *file, *written_unit;
};

/* What few readings have; "" and 0: it has not. */
struct pfg_gather_extra {
    const struct pfg_summary *summary; /* NULL */
    double events, trials;
    const char *error, *budget;
    bool budget_crossed;
    size_t origin; /* + 1: of the piece that it begins */
};

struct pfg_gather_series {
    struct pfg_slice unit;
    uint32_t process; /* of its last piece */
    uint32_t n_pieces, n_values, n_written;
    uint32_t n_rates;  /* of the values */
    uint32_t n_twins;  /* of these: right behind a value of the same trials, */
    uint32_t twin;     /* always of this series */
    uint32_t n_extras; /* readings that are no value */
    uint32_t origin;  /* of its first piece */
    bool is_duration; /* cannot be negative */
    bool is_positive; /* zero was not measured */
    bool is_exact;
    bool skips;              /* a process between its first and its last */
    bool has_summary;        /* its last piece has one */
    struct pfg_plain_pieces *plain; /* while it is put together, or */
    struct pfg_piece *piece;        /* the last one, */
    double *values;                 /* and room for what follows */
    uint32_t n;                     /* of the plain ones, so far */
    const char **written;
};

struct pfg_gather {
    bool keep_written;
    PFG_VEC(struct pfg_gather_series) series; /* by number, as in the run */
    PFG_VEC(struct pfg_reading *) blocks; /* all full but the last */
    size_t n_readings;
    PFG_VEC(const char *) written; /* of each reading, where they are kept */
    PFG_VEC(struct pfg_gather_extra) extras;
    PFG_VEC(double) trials; /* of all values of a line once */
    PFG_VEC(struct pfg_gather_origin) origins;
};

/* A value, or with `extra` what there is beside values. `written` belongs to
 * the run's arena; NULL: not known, or not kept. */
void pfg_gather_add(struct pfg_gather *gather, struct pfg_reading reading,
                    const char *written);
void pfg_gather_extra(struct pfg_gather *gather, struct pfg_reading reading,
                      const struct pfg_gather_extra *extra,
                      const char *written);
/* The reading that was added last, a value, is of events in `trials`. */
void pfg_gather_rate(struct pfg_gather *gather, double trials);

/* Gives the run's series their pieces, and forgets everything. */
void pfg_gather_end(struct pfg_gather *gather, struct pfg_run *run);

#endif
