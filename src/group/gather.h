#ifndef PFG_GROUP_GATHER_H
#define PFG_GROUP_GATHER_H

#include <stdint.h>

#include "base/arena.h"
#include "model/run.h"

/*
 * What the run's series are given, in the order in which it comes, until it is
 * known how many values each has; then each series gets its pieces in one array
 * and its values in another. A value costs 16 bytes meanwhile. Internal to the
 * collector.
 */
enum pfg_reading_kind {
    PFG_READING_VALUE,
    PFG_READING_RATE,    /* a value, events a trial */
    PFG_READING_EXTRA,   /* the next one of the extras, no value */
    PFG_READING_TRIALS,  /* of the rates that follow, of no series */
    PFG_READING_PROCESS, /* of all that follows, of no series */
};

struct pfg_reading {
    double value;
    uint32_t series;
    enum pfg_reading_kind kind;
};

/* Readings of one block, so that none is moved when more come: 16 KiB. */
#define PFG_GATHER_BLOCK 1024

/* What stood in the input: its characters, NULL where nobody knows them, and
 * their line. */
struct pfg_gather_written {
    const char *text;
    long line;
};

/* Where a piece is from, and the unit that it is written in. */
struct pfg_gather_origin {
    const char *file;
    struct pfg_slice written_unit;
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
    uint32_t n_rates; /* of the values */
    uint32_t n_twins; /* of these: right behind a rate of the same trials, */
    uint32_t twin;    /* always of this series */
    uint32_t n_extras;
    uint32_t origin, line; /* of its first piece */
    bool is_duration;      /* cannot be negative */
    bool is_positive;      /* zero was not measured */
    bool is_exact;
    bool skips;       /* a process between its first and its last */
    bool has_summary; /* its last piece has one */
    struct pfg_plain_pieces *plain; /* while it is put together, or */
    struct pfg_piece *piece;        /* the last one, */
    double *values;                 /* and room for what follows */
    uint32_t n;                     /* of the plain ones, so far */
    const char **written;
};

struct pfg_gather {
    struct pfg_arena *arena; /* of the readings */
    bool keep_written;
    PFG_VEC(struct pfg_gather_series) series; /* by number, as in the run */
    PFG_VEC(struct pfg_reading *) blocks;     /* all full but the last */
    size_t n_readings;
    PFG_VEC(struct pfg_gather_extra) extras;
    PFG_VEC(struct pfg_gather_written)
    written; /* where it is kept: of values
                and extras */
    PFG_VEC(struct pfg_gather_origin) origins;
    uint32_t process; /* of what comes next, and is placed next */
    double trials;
    size_t n_extras, n_written; /* of those, so many are placed */
};

/* What follows is of this process; the first is 0. */
void pfg_gather_process(struct pfg_gather *gather, uint32_t process);

/* Adds an observation to a series, in so many trials; 0: that is not known.
 * What is written belongs to the run's arena. */
void pfg_gather_value(struct pfg_gather *gather, size_t series, double value,
                      double trials, struct pfg_gather_written written);

/* Adds what there is beside values. */
void pfg_gather_extra(struct pfg_gather *gather, size_t series,
                      const struct pfg_gather_extra *extra,
                      struct pfg_gather_written written);

/* Gives the run's series their pieces, and forgets everything. */
void pfg_gather_end(struct pfg_gather *gather, struct pfg_run *run);

#endif
