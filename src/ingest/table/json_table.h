#ifndef PFG_INGEST_TABLE_JSON_TABLE_H
#define PFG_INGEST_TABLE_JSON_TABLE_H

#include "ingest/core/ingest.h"

/*
 * JSON documents that need no code, only a table: how the tool's document is
 * known, where its benchmarks are, and what the members of one mean.
 *
 * A path is a list of steps with "/" between: a member's name ("~1" is a "/"
 * in it), the number of an array's element, ".." for what is around, "@" for
 * the name under which a value stands, "*" for every child (in `has` for the
 * first one). It begins at the root in `has` and `lists`, at the benchmark
 * elsewhere. "errors.*" is every
 * member of such a name, "?tag=x" the child whose member "tag" is "x". "a|b" is
 * the first that is there, "=text" that text; texts of "a&b" are joined by "/".
 */
enum pfg_json_role {
    PFG_JSON_SUMMARY, /* one number, of many observations */
    PFG_JSON_SAMPLES, /* each number is an observation; a list of them too */
    PFG_JSON_PERCENTILES, /* an object of them: {"99.0": 1.2}, {"p99": 1.2} */
    PFG_JSON_STDDEV,      /* this and the next ones: of the row before */
    PFG_JSON_STDERR,
    PFG_JSON_LOWER, /* its interval */
    PFG_JSON_UPPER,
    PFG_JSON_LEVEL,
    PFG_JSON_MIN,
    PFG_JSON_MAX,
    PFG_JSON_COUNT,
    PFG_JSON_EVENTS, /* so many of the table's `trials`: "a+b" is a sum */
    PFG_JSON_PARAM,  /* a parameter; `metric` is its name */
    PFG_JSON_FAILED, /* the benchmark failed, if it is there and neither 0, nor
                        false, nor empty; with `metric` if it is that text */
};

/* `metric` and `unit` may be paths, behind a "$". Without a metric or a
 * direction the unit says it. */
struct pfg_json_row {
    const char *path, *metric, *unit;
    enum pfg_direction better;
    enum pfg_json_role role;
    bool exact;
    bool words; /* nobody said which way is better: words do, or nothing */
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
    const char *trials; /* "ok+failed": their sum; NULL: not known */
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
