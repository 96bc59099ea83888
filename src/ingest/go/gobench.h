#ifndef PFG_INGEST_GO_GOBENCH_H
#define PFG_INGEST_GO_GOBENCH_H

#include "base/arena.h"
#include "base/map.h"
#include "ingest/core/ingest.h"

/*
 * The text that `go test -bench` prints, read line by line: shared by gobench
 * (text) and gojson (the same text in pieces, one state a package). Internal.
 *
 * A block is what one package prints in one process. Its results are held
 * back until it ends, because only all its names together tell whether "-8" at
 * their end is GOMAXPROCS or part of the name; see pfg_gobench_flush().
 */

#define PFG_GOBENCH_PAIRS    256  /* values in one line */
#define PFG_GOBENCH_CPUS_MAX 8192 /* as many as Linux can have */

/* What follows the name: iterations, then values with their units. */
struct pfg_gobench_tail {
    struct {
        struct pfg_slice number, unit;
    } pairs[PFG_GOBENCH_PAIRS];
    size_t n;
    double
        iterations; /* of the benchmark's loop, over which values are means */
};

/* A unit as written, "ns/op". */
struct pfg_gobench_unit {
    struct pfg_slice written;
    struct pfg_unit unit;
    struct pfg_slice metric;
    bool is_duration, is_time, is_speed; /* of any length, "ns/op", "MB/s" */
    bool is_per_loop; /* "B/op", "allocs/op": divided by its iterations */
    struct pfg_gobench_declared *declared; /* by a `Unit` line; may be NULL */
    size_t n_uses;
};

/* What `Unit` lines say of all spellings of one unit. */
struct pfg_gobench_declared {
    bool has_better, has_assume;
    enum pfg_direction better;
    bool exact;
};

/* The units of a line, of which there are few kinds, and what they make of its
 * values. */
struct pfg_gobench_shape {
    size_t n;
    struct {
        struct pfg_gobench_unit *unit;
        struct pfg_slice metric; /* no other value of the line has it */
        bool derived;            /* from another value of the line */
    } at[];
};

/* What values were sent as, and what the sink noted of each. */
struct pfg_gobench_sent {
    const struct pfg_gobench_shape *shape;
    const char *pkg;
    bool suffixed;
    size_t *places;
    size_t room;
};

/* A name as written, and what it would be without GOMAXPROCS. */
struct pfg_gobench_name {
    struct pfg_slice full, stem;
    unsigned cpus; /* of the suffix; 1 where there is none */
    size_t number; /* its entry in the map */
    size_t block;  /* the number of the last block that has it */
    bool counted;  /* there, as a result line has it */
    const struct pfg_gobench_shape *shape; /* of its last line; NULL: none */
    struct pfg_gobench_sent sent;
};

struct pfg_gobench_value {
    double value;
    size_t text; /* where its digits begin, in the block's text */
};

struct pfg_gobench_result {
    struct pfg_gobench_name *name;
    const struct pfg_gobench_shape *shape; /* NULL: it has no values */
    size_t first;                          /* of its values */
    double iterations;
    long line;
    const char *error; /* failed: why; NULL: it did not */
};

struct pfg_gobench_block {
    size_t number;                            /* from 1 */
    PFG_VEC(struct pfg_gobench_name *) names; /* by first appearance */
    PFG_VEC(struct pfg_gobench_result) results;
    PFG_VEC(struct pfg_gobench_value) values;
    PFG_VEC(char) text;     /* the digits of all values */
    PFG_VEC(unsigned) cpus; /* the suffixes that its names have */
    bool decided, suffixed;
    bool has_pkg; /* it began with a `pkg:` line, here: */
    long line;
    bool has_results; /* also those that were flushed */
    bool has_status;  /* PASS, FAIL or ok was seen */
    bool closed;      /* by "ok pkg" or "FAIL pkg" */
    int trouble;      /* how telling `failure` is; 0: nothing broke */
    char failure[320];
    long failure_line;
};

/* A package whose output has no end. */
struct pfg_gobench_open {
    const char *pkg;
    long line;
};

struct pfg_gobench {
    struct pfg_arena *arena;
    struct pfg_map names; /* written -> struct pfg_gobench_name */
    size_t next_name;     /* the entry after the last one found: processes print
                             the same names in the same order */
    struct pfg_map config; /* key -> char *, what facts say */
    struct pfg_map units;  /* written -> struct pfg_gobench_unit */
    const struct pfg_gobench_shape *shape; /* of the last line; NULL: none */
    struct pfg_map declared; /* kind of unit -> struct pfg_gobench_declared */
    struct pfg_map done;     /* packages with results in this process */
    struct pfg_map broken;   /* package -> char *, what its compiler said */
    struct pfg_slice pkg;
    struct pfg_gobench_block block;
    PFG_VEC(struct pfg_gobench_open) open;
    bool in_go;        /* something was read that only Go prints */
    bool in_config;    /* this line is a config line */
    bool after_config; /* the line before was one */
    bool whole;        /* the caller knows how the output ended */
    bool new_process;  /* the next results are another process's */
    bool process_used; /* this process has results */
    bool reported;     /* a failure was sent */
    bool saw_status;   /* PASS, FAIL or ok, of any package */
    bool last_malformed, last_result; /* what the last line was */
    pfg_time process_time;
    bool process_told;
    char pending[512];  /* a name that was printed without its result */
    long pending_line;  /* 0: none */
    char running[512];  /* the name that -v prints before it runs, or "" */
    char log[160];      /* the log line just before this line, or "" */
    size_t want_log;    /* result + 1 whose error the next log line explains */
    char compiled[256]; /* the package of a "# pkg" line just before */
};

/* Begins a state that is all zeroes. `pkg` is what the caller knows: "". */
void pfg_gobench_begin(struct pfg_gobench *g, struct pfg_reader *reader,
                       struct pfg_slice pkg);
enum pfg_claim pfg_gobench_line(struct pfg_gobench *g,
                                struct pfg_reader *reader,
                                struct pfg_slice line);
void pfg_gobench_end(struct pfg_gobench *g, struct pfg_reader *reader);

/*
 * Notes that the package's run broke. The most telling note of a block is
 * what is reported: 4 for a panic, 1 for "FAIL" alone.
 */
void pfg_gobench_trouble(struct pfg_gobench *g, struct pfg_reader *reader,
                         int trouble, struct pfg_slice what);

/* Words of the text, see gobench_parse.c. All borrow. */

/* Cuts a field off the front of *s; fields are separated by any of Unicode's
 * white space. Empty at the end. */
struct pfg_slice pfg_gobench_field(struct pfg_slice *s);

/* "Benchmark", followed by anything but a lower-case letter. */
bool pfg_gobench_is_name(struct pfg_slice name);

enum pfg_gobench_parsed {
    PFG_GOBENCH_NO_RESULT,
    PFG_GOBENCH_MALFORMED, /* it begins like one */
    PFG_GOBENCH_RESULT,
};

/* Reads "  123\t  45.6 ns/op\t  7 B/op". `why` says what is malformed. */
#define PFG_GOBENCH_WHY 160
enum pfg_gobench_parsed pfg_gobench_parse(struct pfg_gobench_tail *out,
                                          struct pfg_slice rest,
                                          char why[PFG_GOBENCH_WHY]);

/* Finds a whole result behind other output: as Go prints it, with a tab
 * behind the iterations, and nothing but the result up to the end. */
bool pfg_gobench_find(struct pfg_gobench_tail *out, struct pfg_slice text);

/* "key: value", or "key:" which takes the value back. The key begins with a
 * lower-case letter and has neither capitals nor blanks. */
bool pfg_gobench_config(struct pfg_slice line, struct pfg_slice *key,
                        struct pfg_slice *value);

/* What follows the first word in "ok  \tpkg\t1.2s", "FAIL\tpkg\t0.1s",
 * "FAIL\tpkg [build failed]", "?   \tpkg\t[no test files]". */
bool pfg_gobench_verdict(struct pfg_slice rest, struct pfg_slice *pkg,
                         struct pfg_slice *why);

/* Names and units, see gobench_names.c. */

/* The name's entry, made where it is new; it has a line in this block. */
struct pfg_gobench_name *pfg_gobench_name(struct pfg_gobench *g,
                                          struct pfg_slice full);
/* Notes that a name has a line in this block. */
void pfg_gobench_note_name(struct pfg_gobench *g,
                           struct pfg_gobench_name *name);

/* The unit's entry, made where it is new. */
struct pfg_gobench_unit *pfg_gobench_find_unit(struct pfg_gobench *g,
                                               struct pfg_slice written);
/* The shape of a line with these units: mostly that of the name's last line, or
 * of the line before. */
const struct pfg_gobench_shape *pfg_gobench_shape_of(
    struct pfg_gobench *g, const struct pfg_gobench_name *name,
    struct pfg_gobench_unit *const *units, size_t n);

/* What a `Unit` line says. */
void pfg_gobench_declare(struct pfg_gobench *g, struct pfg_reader *reader,
                         struct pfg_slice unit, struct pfg_slice key,
                         struct pfg_slice value);

/* Results, held back in the block, see gobench_block.c. */

void pfg_gobench_add(struct pfg_gobench *g, struct pfg_reader *reader,
                     struct pfg_slice name,
                     const struct pfg_gobench_tail *tail);
/* Adds a line with the name that came next the last time, with the units that
 * it had, and blanks and digits as Go prints them: nearly every one of a second
 * process. False: it is another one, and nothing was added. */
bool pfg_gobench_add_again(struct pfg_gobench *g, struct pfg_reader *reader,
                           struct pfg_slice line);
/* Takes the last value of the last line back. */
void pfg_gobench_drop_value(struct pfg_gobench *g);
/* A benchmark that failed. `full`: with its suffix, as result lines have it.
 * `error` is copied. */
void pfg_gobench_add_failed(struct pfg_gobench *g, struct pfg_reader *reader,
                            struct pfg_slice name, bool full,
                            struct pfg_slice error);

/* The end of a block, see gobench_send.c. */

/*
 * Hands the block's results to the sink. "-N" at the end of a name is the
 * parameter `cpus` when all names of the block end in the same -N, or when the
 * suffixes (none counts as 1, which Go does not print) form a full product
 * with what stands before them, as `-cpu 1,2,4` makes it; else it is part of
 * the name. When the block broke its last name may lack suffixes.
 */
void pfg_gobench_flush(struct pfg_gobench *g, struct pfg_reader *reader);

/* Whether the block has more than its header. */
bool pfg_gobench_has_output(const struct pfg_gobench_block *block);

/* Whether the block has anything yet. */
bool pfg_gobench_in_block(const struct pfg_gobench_block *block);

/* All that a package printed in a process is there: flushes, and reports what
 * broke. */
void pfg_gobench_end_block(struct pfg_gobench *g, struct pfg_reader *reader);

/* What follows is another process's, if there was one. */
void pfg_gobench_end_process(struct pfg_gobench *g,
                             const struct pfg_reader *reader);
void pfg_gobench_begin_package(struct pfg_gobench *g, struct pfg_reader *reader,
                               struct pfg_slice pkg);

/* Gives up on a name whose result did not come. */
void pfg_gobench_drop_pending(struct pfg_gobench *g, struct pfg_reader *reader);

#endif
