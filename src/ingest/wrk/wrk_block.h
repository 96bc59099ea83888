#ifndef PFG_INGEST_WRK_WRK_BLOCK_H
#define PFG_INGEST_WRK_WRK_BLOCK_H

#include <stdbool.h>

#include "base/map.h"
#include "ingest/core/ingest.h"
#include "ingest/core/keyvalue.h"
#include "ingest/core/printed_number.h"

/*
 * One run of wrk as its output has told it so far. A block has no end: a Lua
 * done() may print anything behind the table. So what it says is held here
 * until the next one begins, or the input ends; of a value that stands there
 * twice the one with more digits wins.
 */

#define PFG_WRK_READINGS 256
#define PFG_WRK_URL      4096
#define PFG_WRK_DIGITS   40

/* The metrics that are counts of errors, in the order of `counts` below. */
enum {
    PFG_WRK_SOCKET_ERRORS = 4, /* the first four: connect, read, write, ... */
    PFG_WRK_STATUS = 4,
    PFG_WRK_COUNTERS = 5,
};

/* Where in a block a line stands. */
enum pfg_wrk_place {
    PFG_WRK_OUTSIDE,
    PFG_WRK_ANNOUNCED,    /* "Running ... test @": may be another tool's */
    PFG_WRK_TABLE,        /* since "threads and connections" */
    PFG_WRK_DISTRIBUTION, /* percentiles */
    PFG_WRK_SPECTRUM,     /* wrk2's detailed percentiles */
    PFG_WRK_AFTER,        /* since "Requests/sec": done() speaks */
};

struct pfg_wrk_reading {
    char metric[PFG_KEYVALUE_METRIC];
    char unit[24]; /* base unit */
    enum pfg_direction better;
    double value, resolution;
    char digits[PFG_WRK_DIGITS], written_unit[24];
    long line;
};

struct pfg_wrk_block {
    enum pfg_wrk_place place;
    char url[PFG_WRK_URL];
    char duration[24], threads[24], connections[24];
    long line;
    pfg_time time;
    bool finished;  /* has "Requests/sec" */
    bool has_total; /* has "N requests in" */
    double total;   /* requests */
    size_t n_distributions;
    double counts[PFG_WRK_COUNTERS];
    char count_digits[PFG_WRK_COUNTERS][PFG_WRK_DIGITS];
    long count_lines[PFG_WRK_COUNTERS];
    bool in_section; /* key=value lines are results */
    char section[72];
    bool full; /* had more readings than are kept */
    size_t n_readings;
    struct pfg_wrk_reading readings[PFG_WRK_READINGS];
};

/* What was seen before this block: zeroed, then its own business. */
struct pfg_wrk_history {
    bool ready;
    struct pfg_map seen; /* URL and parameters */
    long process;
};

/* Forgets everything and is at PFG_WRK_ANNOUNCED, at the reader's place. */
void pfg_wrk_block_begin(struct pfg_wrk_block *block,
                         const struct pfg_reader *reader,
                         struct pfg_slice duration, struct pfg_slice url);

/* Keeps a value, unless one that is as precise is there already. */
void pfg_wrk_block_add(struct pfg_wrk_block *block, struct pfg_reader *reader,
                       const char *metric, struct pfg_slice base,
                       enum pfg_direction better,
                       const struct pfg_printed *printed);

/* What a counter is called in "Socket errors:"; the index of a metric's
 * counter, or -1. */
const char *pfg_wrk_counter_word(size_t i);
int pfg_wrk_counter_find(const char *metric);
/* false where `digits` are no count. */
bool pfg_wrk_block_count(struct pfg_wrk_block *block,
                         const struct pfg_reader *reader, size_t i,
                         struct pfg_slice digits);

/* Reads digits as a count, exactly; false where they are none. */
bool pfg_wrk_read_count(double *out, struct pfg_slice digits);

/* Emits what the block holds, another process before it where the same URL
 * and parameters were measured in this one, and leaves it outside. */
void pfg_wrk_block_flush(struct pfg_wrk_block *block,
                         struct pfg_wrk_history *history,
                         struct pfg_reader *reader);

/* A percentile as a name: "50" and "99.900" are "p50" and "p99.9". */
#define PFG_WRK_PERCENTILE 16
bool pfg_wrk_percentile(char out[PFG_WRK_PERCENTILE], struct pfg_slice digits);

/* A line behind the table: whether it is a value or heading of done()'s. */
enum pfg_claim pfg_wrk_lua_line(struct pfg_wrk_block *block,
                                struct pfg_reader *reader,
                                struct pfg_slice text);

#endif
