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
 * To add an input format: one file here with one `const struct pfg_ingester`,
 * one line in ingesters.h, samples in tests/data/<name>/. Where its documents
 * or lines can be read by a table (table/), that is all there is to write.
 *
 * An ingester reads what it is handed and pushes into the sink. It prints
 * nothing, opens nothing, stores nothing. It has one or more of these ways in:
 *
 * - `line`: called with every line of a text. It returns whether the line is
 *   one of its own. All ingesters see all lines, so that one log may hold the
 *   output of several tools; be strict in what you claim. State lives in
 *   `state` (zeroed, `state_size` bytes) and in the reader's arena, and
 *   nowhere else: after an error nobody is asked to clean up. `finish` is
 *   called at the end of the text, also when it had no line of the tool's. A
 *   `perfgate-round:` line ends a text, too: the next line finds a new state
 *   and an empty arena.
 * - `header` and `row`, both or neither: a table of comma-separated values,
 *   which may be all of the text or stand anywhere in it. A line that no `line`
 *   wants and that holds a separator (comma, tab, semicolon) is offered as a
 *   header, with the same `state`; where it is claimed, every record that
 *   follows goes to that ingester's `row` and to nobody else, so that tables
 *   stream. A record that `row` does not claim ends the table, and is then
 *   heard like any other line: claim what has the shape of a row, with a
 *   warning where its cells are no good. Empty lines are skipped. A record may
 *   be shorter or longer than the header; one that is `cut` ends inside quotes
 *   with the text. reader->pos is a record's first line. Once a format is
 *   asked for, any line is offered as its header, also one of a single cell.
 * - `document`: called with a JSON document; returns whether its shape is the
 *   tool's. It may be all of a file, or stand inside a text.
 * - `xml`: called with the bytes of what looks like an XML document, which may
 *   break off; returns whether its root is the tool's.
 * - `directory`: called with a walked directory; marks the parts that it took.
 */

struct pfg_ingest_options {
    const char *format;             /* ask only this ingester; NULL: all */
    const char *criterion_baseline; /* NULL: "new" */
    const char *k6_tags;            /* NULL: "name,group,scenario" */
    const char *const *csv_columns; /* of a time series */
    size_t n_csv_columns;
    const char *csv_statistic; /* NULL: "median" */
    /* Asked before all others, PFG_OWN_FORMATS_MAX at most; ended by NULL.
     * NULL: none */
    const struct pfg_ingester *const *more;
    /* What --direction says: metric -> direction. Only to know whether it has
     * been said. */
    const struct pfg_fact *directions;
    size_t n_directions;
    const struct pfg_watch *watch; /* told how far it is; NULL: nobody */
};

/* What an ingester is handed. */
struct pfg_reader {
    const struct pfg_ingest_options *options;
    const struct pfg_sink *sink;
    struct pfg_arena *arena; /* dies after the input */
    struct pfg_pos pos;      /* of the current line; its file always */
    pfg_time time;           /* of the current line's CI prefix, else 0 */
    size_t n_claimed; /* lines and documents taken so far, but by a `last` */
    const struct pfg_ingester *ingester; /* whose turn it is */
    /* Of measurement_builder.h: room in the arena of a finding that was sent,
     * for the next, and the last unit that is known, as it was written. */
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
    PFG_ONLY_MINE, /* a line that no other tool writes: who would be asked next
                      is not, and does not hear it; the next line is offered
                      here first */
};

struct pfg_ingester {
    const char *name;  /* "gobench", as in --format */
    const char *title; /* "go test -bench (text)" */
    const char *looks; /* how it is known: "lines 'BenchmarkX  N  v ns/op'" */
    /* For formats that anything might look like: asked only where no other
     * takes the line or document. Such stand at the end of ingesters.h. */
    bool last;
    /* The bytes with which the first line of the tool's may begin, blanks
     * apart: until it took one, it is asked about no other. NULL: those that
     * find_begins marks, any where it says false or there is none. */
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
    enum pfg_claim (*document)(struct pfg_reader *reader,
                               const struct pfg_json_document *document);
    enum pfg_claim (*xml)(struct pfg_reader *reader, struct pfg_slice text);
    /* -1 where the tree cannot be read. */
    int (*directory)(struct pfg_reader *reader, struct pfg_tree *tree,
                     struct pfg_error *err);
};

/* Of a session: perfgate's own, and those that a user describes. */
#define PFG_INGESTERS_MAX   128
#define PFG_OWN_FORMATS_MAX 8

/* All of them, ended by NULL. */
extern const struct pfg_ingester *const pfg_ingesters[];

/* What came of an input. */
struct pfg_ingest_result {
    char tools[128];             /* ingesters that measured or failed */
    char digest[PFG_DIGEST_HEX]; /* of what was read */
    size_t n_lines, n_files;     /* seen */
};

/* Whether a failure of the two below says that the text is what a known tool
 * prints for people, and how to have it print what is read. */
bool pfg_ingest_is_for_people(const struct pfg_error *err);

/*
 * Reads a file, a directory or ("-") standard input into the sink. Something
 * from which no ingester got a measurement or a failure is PFG_DATA, with what
 * was looked for, as is what two ingesters claim; an unknown options->format
 * is PFG_USAGE. `options` may be NULL.
 *
 * JSON documents may follow one another; JSON lines are lines, of which those
 * that no ingester wants are offered as documents. Each file of a directory
 * begins a process; files that nobody knows are counted and named in one
 * warning. The digest is of the raw bytes of a file or stream, of a directory
 * it is over the paths and contents of what was taken.
 */
int pfg_ingest_path(struct pfg_ingest_result *out, const char *path,
                    const struct pfg_ingest_options *options,
                    const struct pfg_sink *sink, struct pfg_error *err);
int pfg_ingest_input(struct pfg_ingest_result *out, struct pfg_input *input,
                     const struct pfg_ingest_options *options,
                     const struct pfg_sink *sink, struct pfg_error *err);

/* For ingesters: where a value of a document stands in the input, which may
 * hold other documents before it. Of a member, the place of its key. */
struct pfg_pos pfg_reader_place(const struct pfg_reader *reader,
                                const struct pfg_json_document *document,
                                const struct pfg_json_value *value);

/* For ingesters: what was measured ended before its time, in words ("wrk ran
 * for 1s of 20s"), which is when it ran for less than PFG_SHORT_OF of what was
 * announced. A warning, and known to whoever judges the run. */
#define PFG_SHORT_OF 0.9
void pfg_reader_cut_short(struct pfg_reader *reader, const char *words);

/* For ingesters: warn and report failures at the reader's place. */
void pfg_reader_warn(struct pfg_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void pfg_reader_fail(struct pfg_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
