#ifndef PFG_INGEST_GO_GOBENCH_H
#define PFG_INGEST_GO_GOBENCH_H

#include "base/arena.h"
#include "base/map.h"
#include "ingest/core/ingest.h"

/*
 * The text that `go test -bench` prints, read line by line. Shared by gobench
 * (text) and gojson (the same text in pieces, one state per package). Internal.
 *
 * A block is the output of one package in one process. Its results are held
 * back until it ends, because only all of its names show whether "-8" at their
 * end is GOMAXPROCS or part of the name; see pfg_gobench_flush().
 */

#define PFG_GOBENCH_PAIRS    256  /* values per line */
#define PFG_GOBENCH_CPUS_MAX 8192 /* the limit of Linux */

/* The rest of a line after the name: iterations, then values with units. */
struct pfg_gobench_tail {
    struct {
        struct pfg_slice number, unit;
    } pairs[PFG_GOBENCH_PAIRS];
    size_t n;
    /* of the benchmark's loop, over which values are means */
    double iterations;
};

/* A unit as written, "ns/op". */
struct pfg_gobench_unit {
    struct pfg_slice written;
    struct pfg_unit unit;
    struct pfg_slice metric;
    bool is_duration, is_time, is_speed; /* any duration, "ns/op", "MB/s" */
    bool is_per_loop; /* "B/op", "allocs/op": means over the loop */
    struct pfg_gobench_declared *declared; /* NULL: not looked up yet */
    size_t n_uses;
};

/* What `Unit` lines declare for all spellings of a unit. */
struct pfg_gobench_declared {
    bool has_better, has_assume;
    enum pfg_direction better;
    bool exact;
};

/* The units of a line and what they imply for its values. A text has only a few
 * different shapes. */
struct pfg_gobench_shape {
    size_t n;
    struct {
        struct pfg_gobench_unit *unit;
        struct pfg_slice metric; /* unique in the line */
        bool derived;            /* from another value of the same line */
    } at[];
};

/* How the values of a name were last sent, with the sink's place for each. */
struct pfg_gobench_sent {
    const struct pfg_gobench_shape *shape;
    const char *pkg;
    bool suffixed;
    size_t n_declared;
    size_t *places;
    size_t room;
};

/* A name as written, and without GOMAXPROCS. */
struct pfg_gobench_name {
    struct pfg_slice full, stem;
    unsigned cpus; /* the suffix; 1 if there is none */
    size_t number; /* index of its entry in the map */
    size_t block;  /* number of the last block with this name */
    bool counted;  /* its suffix counts in that block */
    const struct pfg_gobench_shape *shape; /* of its last line; or NULL */
    struct pfg_gobench_sent sent;
};

struct pfg_gobench_value {
    double value;
    size_t text; /* start of its digits in the block's text */
};

struct pfg_gobench_result {
    struct pfg_gobench_name *name;
    const struct pfg_gobench_shape *shape; /* NULL: no values */
    size_t first;                          /* index of its first value */
    double iterations;
    long line;
    const char *error; /* why it failed; NULL: it did not */
};

struct pfg_gobench_block {
    size_t number;                            /* from 1 */
    PFG_VEC(struct pfg_gobench_name *) names; /* in order of first appearance */
    PFG_VEC(struct pfg_gobench_result) results;
    PFG_VEC(struct pfg_gobench_value) values;
    PFG_VEC(char) text;     /* the digits of all values */
    PFG_VEC(unsigned) cpus; /* distinct suffixes of its names */
    bool decided, suffixed;
    bool has_pkg; /* it began with a `pkg:` line, on this line: */
    long line;
    bool has_results; /* including flushed ones */
    bool has_status;  /* PASS, FAIL or ok was read */
    bool closed;      /* ended by "ok pkg" or "FAIL pkg" */
    int trouble;      /* how much `failure` explains; 0: no failure */
    char failure[320];
    long failure_line;
};

/* A package without PASS, FAIL or ok. */
struct pfg_gobench_open {
    const char *pkg;
    long line;
};

struct pfg_gobench {
    struct pfg_arena *arena;
    struct pfg_map names; /* written -> struct pfg_gobench_name */
    size_t next_name;     /* The entry after the last one found. Processes print
                             the same names in the same order. */
    struct pfg_map config; /* key -> char *, sent as facts */
    struct pfg_map units;  /* written -> struct pfg_gobench_unit */
    const struct pfg_gobench_shape *shape; /* of the last line; or NULL */
    struct pfg_map declared; /* kind of unit -> struct pfg_gobench_declared */
    size_t n_declared;       /* settings of `Unit` lines so far */
    struct pfg_map packages; /* all, so that each has one `pkg.ptr` */
    struct pfg_map done;     /* packages with results in this process */
    struct pfg_map broken;   /* package -> char *, its compiler's message */
    struct pfg_slice pkg;
    struct pfg_gobench_block block;
    PFG_VEC(struct pfg_gobench_open) open;
    bool in_go;        /* a line was read that only Go prints */
    bool in_config;    /* this line is a config line */
    bool after_config; /* the previous line was one */
    bool whole;        /* the caller knows how the output ended */
    bool new_process;  /* the next results begin a process */
    bool process_used; /* this process has results */
    bool reported;     /* a failure has been sent */
    bool saw_status;   /* PASS, FAIL or ok of any package was read */
    bool last_malformed, last_result; /* about the last line */
    pfg_time process_time;
    bool process_told;
    char pending[512];  /* a name printed without its result */
    long pending_line;  /* 0: none */
    char running[512];  /* the name that -v prints before a run, or "" */
    char log[160];      /* the log line before this line, or "" */
    size_t want_log;    /* index + 1 of a result that waits for a log line */
    char compiled[256]; /* package of a "# pkg" line before this line */
};

/* Begins a state that is all zeros. `pkg` is borrowed, and "" if unknown. */
void pfg_gobench_begin(struct pfg_gobench *g, struct pfg_arena *arena,
                       struct pfg_slice pkg);
enum pfg_claim pfg_gobench_line(struct pfg_gobench *g,
                                struct pfg_reader *reader,
                                struct pfg_slice line);
void pfg_gobench_end(struct pfg_gobench *g, struct pfg_reader *reader);

/*
 * Notes that the package's run broke. Only the failure with the highest
 * `trouble` is reported: 4 for a panic, 1 for "FAIL" alone.
 */
void pfg_gobench_trouble(struct pfg_gobench *g, struct pfg_reader *reader,
                         int trouble, struct pfg_slice what);

/* Parsing of lines, see gobench_parse.c. Everything is borrowed. */

/* Removes the first field from *s and returns it; empty at the end. Fields are
 * separated by any Unicode white space. */
struct pfg_slice pfg_gobench_field(struct pfg_slice *s);

/* Whether a word is "Benchmark" and does not continue in lower case. */
bool pfg_gobench_is_name(struct pfg_slice name);

enum pfg_gobench_parsed {
    PFG_GOBENCH_NO_RESULT,
    PFG_GOBENCH_MALFORMED, /* begins like a result */
    PFG_GOBENCH_RESULT,
};

/* Parses "  123\t  45.6 ns/op\t  7 B/op". `why` explains what is malformed. */
#define PFG_GOBENCH_WHY 160
enum pfg_gobench_parsed pfg_gobench_parse(struct pfg_gobench_tail *out,
                                          struct pfg_slice rest,
                                          char why[PFG_GOBENCH_WHY]);

/* Finds a complete result after other output. It must look as Go prints it,
 * with a tab after the iterations and nothing after the result. */
bool pfg_gobench_find(struct pfg_gobench_tail *out, struct pfg_slice text);

/* Parses "key: value", or "key:" which unsets the value. The key begins with a
 * lower-case letter and has no capitals and no blanks. */
bool pfg_gobench_config(struct pfg_slice line, struct pfg_slice *key,
                        struct pfg_slice *value);

/* Parses what follows the first word in "ok  \tpkg\t1.2s", "FAIL\tpkg\t0.1s",
 * "FAIL\tpkg [build failed]", "?   \tpkg\t[no test files]". */
bool pfg_gobench_verdict(struct pfg_slice rest, struct pfg_slice *pkg,
                         struct pfg_slice *why);

/* Names and units, see gobench_names.c. */

/* Returns the entry of a name, which is added if it is new, and notes that it
 * has a line in this block. */
struct pfg_gobench_name *pfg_gobench_name(struct pfg_gobench *g,
                                          struct pfg_slice full);
/* Notes that a name has a line in this block. */
void pfg_gobench_note_name(struct pfg_gobench *g,
                           struct pfg_gobench_name *name);

/* Returns the entry of a unit, which is added if it is new. */
struct pfg_gobench_unit *pfg_gobench_find_unit(struct pfg_gobench *g,
                                               struct pfg_slice written);
/* The shape of a line with these units: usually that of the name's last line or
 * of the line before. */
const struct pfg_gobench_shape *pfg_gobench_shape_of(
    struct pfg_gobench *g, const struct pfg_gobench_name *name,
    struct pfg_gobench_unit *const *units, size_t n);

/* What `Unit` lines declare for a unit; NULL: nothing. */
const struct pfg_gobench_declared *pfg_gobench_declared_for(
    struct pfg_gobench *g, struct pfg_gobench_unit *unit);

/* Applies one setting of a `Unit` line. */
void pfg_gobench_declare(struct pfg_gobench *g, struct pfg_reader *reader,
                         struct pfg_slice unit, struct pfg_slice key,
                         struct pfg_slice value);

/* Results, held back in the block, see gobench_block.c. */

void pfg_gobench_add(struct pfg_gobench *g, struct pfg_reader *reader,
                     struct pfg_slice name,
                     const struct pfg_gobench_tail *tail);
/* Adds a line that repeats the next name of the last process with the same
 * units, with blanks and digits as Go prints them, as nearly every line of a
 * second process does. Returns false and adds nothing for any other line. */
bool pfg_gobench_add_again(struct pfg_gobench *g, struct pfg_reader *reader,
                           struct pfg_slice line);
/* Removes the last value of the last line. */
void pfg_gobench_drop_value(struct pfg_gobench *g);
/* Adds a benchmark that failed. `full`: the name has its suffix, as on result
 * lines. `error` is copied. */
void pfg_gobench_add_failed(struct pfg_gobench *g, struct pfg_reader *reader,
                            struct pfg_slice name, bool full,
                            struct pfg_slice error);

/* The end of a block, see gobench_send.c. */

/*
 * Sends the block's results. "-N" at the end of a name becomes the parameter
 * `cpus` if all names of the block end in the same -N, or if each name comes
 * with each suffix, as with `-cpu 1,2,4` (no suffix counts as 1, which Go does
 * not print). Otherwise it is part of the name. If the block broke, its last
 * name may lack suffixes.
 */
void pfg_gobench_flush(struct pfg_gobench *g, struct pfg_reader *reader);

/* Whether the block has more than a header. */
bool pfg_gobench_has_output(const struct pfg_gobench_block *block);

/* Whether the block has begun. */
bool pfg_gobench_in_block(const struct pfg_gobench_block *block);

/* Ends the block: flushes it and reports a failure. */
void pfg_gobench_end_block(struct pfg_gobench *g, struct pfg_reader *reader);

/* Ends the current process if it has results. */
void pfg_gobench_end_process(struct pfg_gobench *g,
                             const struct pfg_reader *reader);
void pfg_gobench_begin_package(struct pfg_gobench *g, struct pfg_reader *reader,
                               struct pfg_slice pkg);

/* Gives up waiting for the result of a name. */
void pfg_gobench_drop_pending(struct pfg_gobench *g, struct pfg_reader *reader);

#endif
