#ifndef PFG_GROUP_GATHER_H
#define PFG_GROUP_GATHER_H

#include <stdint.h>

#include "base/arena.h"
#include "model/run.h"

/*
 * Holds the readings of a run in the order in which they arrive until the
 * number of values per series is known. Then each series gets one array of
 * pieces and one of values. Until then a value takes 16 bytes, or 8 in a row of
 * values. Internal to the collector.
 */
enum pfg_reading_kind {
    PFG_READING_VALUE,
    PFG_READING_RATE,   /* a value that is events per trial */
    PFG_READING_ROW,    /* the number of values that follow, two to a reading */
    PFG_READING_EXTRA,  /* not a value: the next of the extras */
    PFG_READING_TRIALS, /* trials of the rates that follow; not for a series */
    PFG_READING_PROCESS, /* process of all that follows; not for a series */
};

struct pfg_reading {
    double value;
    uint32_t series;
    enum pfg_reading_kind kind;
};

/* Readings per block (16 KiB). Blocks are never moved. */
#define PFG_GATHER_BLOCK 1024

/* A reading as it stood in the input: its text, NULL if unknown, and its line.
 */
struct pfg_gather_written {
    const char *text;
    long line;
};

/* Where a piece comes from and the unit in which it was printed. */
struct pfg_gather_origin {
    const char *file;
    struct pfg_slice written_unit;
};

/* Parts that few readings have; NULL, "" and 0 mean absent. */
struct pfg_gather_extra {
    const struct pfg_summary *summary; /* or NULL */
    double events, trials;
    const char *error, *budget;
    bool budget_crossed;
    size_t origin; /* + 1: origin of the piece that begins here */
};

struct pfg_gather_series {
    struct pfg_slice unit;
    uint32_t process; /* of its last piece */
    uint32_t n_pieces, n_values, n_written;
    uint32_t n_rates; /* values that are rates */
    uint32_t n_twins; /* rates that follow one with the same trials, */
    uint32_t twin;    /* in the series with this index */
    uint32_t n_extras;
    uint32_t origin, line; /* of its first piece */
    bool is_duration;      /* negative values are impossible */
    bool is_positive;      /* zero is impossible */
    bool is_exact;
    bool skips;       /* processes are missing between its pieces */
    bool has_summary; /* in its last piece */
    bool repeats;     /* `again` may add to it */
    struct pfg_plain_pieces *plain; /* the columns being filled, or */
    struct pfg_piece *piece;        /* the last piece */
    double *values;                 /* room for the next values and, */
    double *trials;                 /* in columns, for their trials */
    uint32_t *processes;            /* and processes; or NULL */
    const char **written;
};

struct pfg_gather {
    struct pfg_arena *arena; /* holds the readings */
    bool keep_written;
    PFG_VEC(struct pfg_gather_series) series; /* by index in the run */
    PFG_VEC(struct pfg_reading *) blocks;     /* all full except the last */
    struct pfg_reading *next, *end;           /* the rest of the last block */
    uint32_t rate_before; /* series of the last reading if that is a rate */
    PFG_VEC(struct pfg_gather_extra) extras;
    /* with keep_written: one for each value and extra */
    PFG_VEC(struct pfg_gather_written) written;
    PFG_VEC(struct pfg_gather_origin) origins;
    uint32_t process; /* current, both when adding and when placing */
    double trials;
    size_t n_extras, n_written; /* how many have been placed */
};

/* Sets the process of all that follows. The first is 0. */
void pfg_gather_process(struct pfg_gather *gather, uint32_t process);

/* Adds a value to a series. `trials` is the number of trials if the value is
 * events per trial, 0 if unknown. The written text belongs to the run's arena.
 */
void pfg_gather_value(struct pfg_gather *gather, size_t series, double value,
                      double trials, struct pfg_gather_written written);

/* Adds several values, none of them a rate and none with a written text. */
void pfg_gather_row(struct pfg_gather *gather, size_t series,
                    const double *values, size_t n);

/* Adds parts that are not values. */
void pfg_gather_extra(struct pfg_gather *gather, size_t series,
                      const struct pfg_gather_extra *extra,
                      struct pfg_gather_written written);

/* Gives the run's series their pieces and frees the working memory. */
void pfg_gather_end(struct pfg_gather *gather, struct pfg_run *run);

#endif
