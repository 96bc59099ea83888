#ifndef PFG_INGEST_CORE_INGEST_H
#define PFG_INGEST_CORE_INGEST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/slice.h"
#include "ingest/core/csv.h"
#include "input/input.h"
#include "input/tree.h"
#include "model/measurement.h"
#include "model/run.h"
#include "json/json.h"

/*
 * To add an input format, write one file in src/ingest with one `const struct
 * pfg_ingester`, add a line to dispatch/ingesters.h, and put samples in
 * tests/data/<name>/. If its documents or lines can be read by a table
 * (table/), nothing else is needed.
 *
 * An ingester reads what it is given and sends results to the sink. It prints,
 * opens and stores nothing. It implements one or more of these functions:
 *
 * - `line`: called with every line of a text; returns whether the line belongs
 *   to the tool. All ingesters see all lines, because a log may hold the output
 *   of several tools, so claim lines strictly. Keep state only in `state`
 *   (`state_size` bytes, zeroed) and in the reader's arena: after an error
 *   there is no call to clean up. `finish` is called at the end of the text if
 *   the ingester was asked about any of its lines, even if none was the tool's.
 *   A `perfgate-round:` line also ends a text: the next line gets a new state
 *   and an empty arena. An ingester for large texts has `restart`, which is
 *   called instead of zeroing the state and may keep what is in
 *   reader->text_arena: the next process prints the same names again.
 * - `header` and `row`, both or neither: a table of comma-separated values,
 *   which may be the whole text or any part of it. A line that no `line`
 *   claims and that has a separator (comma, tab, semicolon) is offered as a
 *   header, with the same `state`. The ingester that claims it gets every
 *   record that follows in `row`, and no other ingester sees them, so tables
 *   can be streamed. A record that `row` does not claim ends the table and is
 *   then offered like any other line. So claim whatever has the shape of a row,
 *   and warn if its cells are unusable. Empty lines are skipped. A record may
 *   be shorter or longer than the header; one with `cut` set ends with the text
 *   inside quotes. reader->pos is the first line of the record. If the user
 *   chose the format, any line is offered as its header, even one with a
 *   single cell.
 * - `document`: called with a JSON document, which may be a whole file or part
 *   of a text; returns whether it has the tool's shape.
 * - `xml`: called with the bytes of what looks like an XML document, which may
 *   be cut off; returns whether its root is the tool's.
 * - `directory`: called with a walked directory; marks the parts that it read.
 */

struct pfg_ingest_options {
    const char *format;             /* the only ingester to use; NULL: all */
    const char *criterion_baseline; /* NULL: "new" */
    const char *k6_tags;            /* NULL: "name,group,scenario" */
    const char *const *csv_columns; /* of a time series */
    size_t n_csv_columns;
    const char *csv_statistic; /* NULL: "median" */
    /* Tried before all others. At most PFG_OWN_FORMATS_MAX, ended by NULL. May
     * be NULL. */
    const struct pfg_ingester *const *more;
    /* The directions set with --direction, metric -> direction; used only to
     * see whether one is set. */
    const struct pfg_fact *directions;
    size_t n_directions;
    const struct pfg_watch *watch; /* gets the progress; or NULL */
};

/* The context in which an ingester is called. */
struct pfg_reader {
    const struct pfg_ingest_options *options;
    const struct pfg_sink *sink;
    struct pfg_arena *arena;      /* freed after the input at the latest */
    struct pfg_arena *text_arena; /* for `restart`: freed after all rounds */
    struct pfg_pos pos; /* of the current line; the file is always set */
    pfg_time time;      /* of the current line's CI prefix, else 0 */
    size_t n_claimed;   /* lines and documents claimed, except by `last` ones */
    const struct pfg_ingester *ingester; /* the one being called */
    /* For measurement_builder.h: arrays that the last finding no longer needs,
     * for the next one to use, and the last known unit as written. */
    struct {
        double *values;
        struct pfg_slice *written;
        struct pfg_param *params;
        size_t cap, params_cap;
    } spare;
    char written_unit[16];
    struct pfg_unit unit;
};

enum pfg_claim {
    PFG_NOT_MINE = 0,
    PFG_MINE,
    PFG_ONLY_MINE, /* no other tool prints this line: the ingesters after this
                      one do not see it, and this one is asked first about the
                      next line */
};

struct pfg_ingester {
    const char *name;  /* "gobench", as in --format */
    const char *title; /* "go test -bench (text)" */
    const char *looks; /* signs of it: "lines 'BenchmarkX  N  v ns/op'" */
    /* A generic format: tried only if no other ingester claims the line or
     * document. These come last in dispatch/ingesters.h. */
    bool last;
    /* The bytes that can begin the tool's first line, after blanks. Until it
     * has claimed a line, the ingester sees only lines that begin with one of
     * them. NULL: find_begins sets the bytes; if it is NULL or returns false,
     * any byte can begin the line. */
    const char *begins;
    bool (*find_begins)(bool out[256], const struct pfg_ingester *ingester);
    const struct pfg_json_table *json;  /* for pfg_json_table_read() */
    const struct pfg_line_table *lines; /* for pfg_line_table_line() */
    size_t state_size;
    enum pfg_claim (*line)(struct pfg_reader *reader, void *state,
                           struct pfg_slice line);
    enum pfg_claim (*header)(struct pfg_reader *reader, void *state,
                             const struct pfg_csv_row *header);
    enum pfg_claim (*row)(struct pfg_reader *reader, void *state,
                          const struct pfg_csv_row *row);
    void (*finish)(struct pfg_reader *reader, void *state);
    void (*restart)(struct pfg_reader *reader, void *state);
    enum pfg_claim (*document)(struct pfg_reader *reader,
                               const struct pfg_json_document *document);
    enum pfg_claim (*xml)(struct pfg_reader *reader, struct pfg_slice text);
    /* Returns -1 if the tree cannot be read. */
    int (*directory)(struct pfg_reader *reader, struct pfg_tree *tree,
                     struct pfg_error *err);
};

/* Of a session: all ingesters, and those that the user defined. */
#define PFG_INGESTERS_MAX   128
#define PFG_OWN_FORMATS_MAX 8

/* All built-in ingesters, ended by NULL. */
extern const struct pfg_ingester *const pfg_ingesters[];

/* The outcome of reading an input. */
struct pfg_ingest_result {
    char tools[128];             /* ingesters that sent results or failures */
    char digest[PFG_DIGEST_HEX]; /* of the bytes that were read */
    size_t n_lines, n_files;     /* read */
};

/* Whether an error from the functions below says that the text is a known
 * tool's human-readable output, with a hint how to get output that can be read.
 */
bool pfg_ingest_is_for_people(const struct pfg_error *err);

/*
 * Reads a file, a directory or standard input ("-") into the sink. Returns
 * PFG_DATA and names what was looked for if no ingester sent a measurement or a
 * failure, PFG_DATA if two ingesters claim the same input, and PFG_USAGE for an
 * unknown options->format. `options` may be NULL.
 *
 * Several JSON documents may follow one another. JSON lines are read as lines;
 * those that no ingester claims are offered as documents. Each file of a
 * directory begins a process; files that no ingester knows are counted and
 * named in one warning. The digest covers the raw bytes of a file or stream;
 * for a directory, the paths and contents of the files that an ingester knew.
 */
int pfg_ingest_path(struct pfg_ingest_result *out, const char *path,
                    const struct pfg_ingest_options *options,
                    const struct pfg_sink *sink, struct pfg_error *err);
int pfg_ingest_input(struct pfg_ingest_result *out, struct pfg_input *input,
                     const struct pfg_ingest_options *options,
                     const struct pfg_sink *sink, struct pfg_error *err);

/* For ingesters: the position of a value in the input, which may hold other
 * documents before this one. For a member, the position of its key. */
struct pfg_pos pfg_reader_place(const struct pfg_reader *reader,
                                const struct pfg_json_document *document,
                                const struct pfg_json_value *value);

/* For ingesters: reports that a tool stopped early, that is, that it ran for
 * less than PFG_SHORT_OF of the announced time. `words` says so: "wrk ran for
 * 1s of 20s". Sends a warning and a fact that the verdict takes into account.
 */
#define PFG_SHORT_OF 0.9
void pfg_reader_cut_short(struct pfg_reader *reader, const char *words);

/* For ingesters: report a warning or a failure at the reader's position. */
void pfg_reader_warn(struct pfg_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void pfg_reader_fail(struct pfg_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
