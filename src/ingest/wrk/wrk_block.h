#ifndef PFG_INGEST_WRK_WRK_BLOCK_H
#define PFG_INGEST_WRK_WRK_BLOCK_H

#include "base/map.h"
#include "ingest/core/load_block.h"

/*
 * One run of wrk, as far as its output has been read. A block has no end of its
 * own: a Lua done() may print anything after the table. So its values are held
 * until the next block begins or the input ends; if a value is printed twice,
 * the one with more digits wins.
 */

#define PFG_WRK_URL 4096

/* The counts of errors, as indices of `counters` below. */
enum {
    PFG_WRK_SOCKET_ERRORS = 4, /* the first four: connect, read, write, ... */
    PFG_WRK_STATUS = 4,
    PFG_WRK_COUNTERS = 5,
};

/* The part of a block that a line stands in. */
enum pfg_wrk_place {
    PFG_WRK_OUTSIDE,
    PFG_WRK_ANNOUNCED,    /* "Running ... test @": may be another tool's */
    PFG_WRK_TABLE,        /* since "threads and connections" */
    PFG_WRK_DISTRIBUTION, /* percentiles */
    PFG_WRK_SPECTRUM,     /* wrk2's detailed percentiles */
    PFG_WRK_AFTER,        /* since "Requests/sec": done() prints */
};

/* Texts belong to the reader's arena. */
struct pfg_wrk_block {
    enum pfg_wrk_place place;
    struct pfg_slice duration, threads, connections; /* may be empty */
    struct pfg_load_block load;
    long line; /* its first */
    pfg_time time;
    bool finished;  /* has "Requests/sec" */
    bool has_total; /* has "N requests in" */
    double total;   /* requests */
    size_t n_distributions;
    struct {
        double count;
        struct pfg_slice digits; /* empty: not printed */
        long line;
    } counters[PFG_WRK_COUNTERS];
    bool in_section; /* key=value lines are results */
    char section[72];
};

/* The earlier blocks of a text; starts as all zeroes. */
struct pfg_wrk_history {
    bool ready;
    struct pfg_map seen; /* URL and parameters */
    long process;
};

/* Empties the block, which is then at PFG_WRK_ANNOUNCED. */
void pfg_wrk_block_begin(struct pfg_wrk_block *block,
                         const struct pfg_reader *reader,
                         struct pfg_slice duration, struct pfg_slice url);

/* Adds a value, unless the block has one that is as precise. */
void pfg_wrk_block_add(struct pfg_wrk_block *block, struct pfg_reader *reader,
                       const char *metric, struct pfg_slice base,
                       enum pfg_direction better,
                       const struct pfg_printed *printed);

/* The name of a counter in the line "Socket errors:". */
const char *pfg_wrk_counter_word(size_t i);
/* The index of the counter with this metric, or -1. */
int pfg_wrk_counter_find(const char *metric);
/* Sets a counter; false if `digits` are not a count. */
bool pfg_wrk_block_count(struct pfg_wrk_block *block,
                         const struct pfg_reader *reader, size_t i,
                         struct pfg_slice digits);

/* Reads digits as an exact count; false if they are not one. */
bool pfg_wrk_read_count(double *out, struct pfg_slice digits);

/* Sends the block and leaves it at PFG_WRK_OUTSIDE. If this process has
 * measured the same URL and parameters already, another process begins. */
void pfg_wrk_block_flush(struct pfg_wrk_block *block,
                         struct pfg_wrk_history *history,
                         struct pfg_reader *reader);

/* The name of a percentile: "50" and "99.900" are "p50" and "p99.9". */
#define PFG_WRK_PERCENTILE 16
bool pfg_wrk_percentile(char out[PFG_WRK_PERCENTILE], struct pfg_slice digits);

/* Reads a line after the table: a value or heading that done() printed? */
enum pfg_claim pfg_wrk_lua_line(struct pfg_wrk_block *block,
                                struct pfg_reader *reader,
                                struct pfg_slice text);

#endif
