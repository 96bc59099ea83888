#ifndef PFG_INGEST_TABLE_JSON_TABLE_H
#define PFG_INGEST_TABLE_JSON_TABLE_H

#include "ingest/core/ingest.h"

/*
 * Reads JSON documents by a table: how to recognise a tool's document, where
 * its benchmarks are, and what their members mean.
 *
 * A path consists of steps with "/" between them. It begins at the root in
 * `has` and `lists`, and at the benchmark elsewhere:
 *
 * - a member's name, "~1" for a "/" in it
 * - the index of an element of an array
 * - "..": the value around it
 * - "@": the key of the value itself
 * - "*": every child (in `has` the first), "errors.*": every member whose name
 *   begins with "errors."
 * - "?tag=x": the child whose member "tag" is "x"
 *
 * "a|b" is the first path that leads to a value, "=text" the text itself; "a&b"
 * joins the texts of both by "/".
 */
enum pfg_json_role {
    PFG_JSON_SUMMARY, /* a number that summarises many observations */
    PFG_JSON_SAMPLES, /* each number is an observation; a list of them too */
    PFG_JSON_PERCENTILES, /* an object: {"99.0": 1.2}, {"p99": 1.2} */
    PFG_JSON_STDDEV,      /* this and the next ones: of the row before */
    PFG_JSON_STDERR,
    PFG_JSON_LOWER, /* its interval */
    PFG_JSON_UPPER,
    PFG_JSON_LEVEL,
    PFG_JSON_MIN,
    PFG_JSON_MAX,
    PFG_JSON_COUNT,
    PFG_JSON_EVENTS, /* a number out of the table's `trials`; "a+b" is a sum */
    PFG_JSON_PARAM,  /* a parameter; `metric` is its name */
    PFG_JSON_FAILED, /* the benchmark failed, if it is there and neither 0, nor
                        false, nor empty; with `metric` if it is that text */
};

/* `metric` and `unit` may be "$" and a path. The unit implies a missing metric
 * or direction. */
struct pfg_json_row {
    const char *path, *metric, *unit;
    enum pfg_direction better;
    enum pfg_json_role role;
    bool exact;
    bool words; /* the direction follows from words, if from anything */
};

struct pfg_json_table {
    const char *has[4];   /* all of them are in the tool's document */
    const char *lists[4]; /* of benchmarks, "jobs/ *"; none: the root is one */
    const char *name, *suite; /* suite: NULL for none */
    const char *split; /* the name's first part is the suite: "::", "/" */
    const char *only;  /* a benchmark is one where this is there and not 0 */
    /* From the root: pairs of a fact of the environment and its path; when the
     * run began, and the commit that it measured with that commit's time. */
    const char *facts[9][2];
    const char *time, *commit, *commit_time;
    const char *trials; /* "ok+failed": their sum; NULL: unknown */
    const char *failed; /* from the root: all failed, with this text */
    const struct pfg_json_row *rows;
    size_t n_rows;
    bool rounded;      /* to the digits that are printed */
    bool strict;       /* a benchmark without a name or `only` is a warning */
    bool at_benchmark; /* the place of a result is that of its benchmark, not
                          that of its value */
    const struct pfg_json_table *next; /* of another document of the tool's */
};

#define PFG_JSON_ROWS(table) .rows = (table), .n_rows = PFG_COUNT(table)

/* `document` of an ingester with a `json` table. */
enum pfg_claim pfg_json_table_read(struct pfg_reader *reader,
                                   const struct pfg_json_document *document);

#endif
