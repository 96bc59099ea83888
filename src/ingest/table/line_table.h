#ifndef PFG_INGEST_TABLE_LINE_TABLE_H
#define PFG_INGEST_TABLE_LINE_TABLE_H

#include "base/arena.h"
#include "ingest/core/ingest.h"

/*
 * Reads reports that tools print for people by a table with a row for each kind
 * of line.
 *
 * A pattern matches a whole line without the blanks at its ends. A blank
 * matches any number of blanks; "%" and a letter take text:
 *
 * - %n: the number measured ("7,124" too, where the table says so)
 * - %u: the unit of the number before it, up to a blank or one of ",)]"
 * - %p: the number of a percentile, which becomes the metric's last word
 * - %t: a clock instead of the number: "1:02:03", "2:03.45"
 * - %s %i %a %k: standard deviation, minimum, maximum, count of observations
 * - %e: half of a 95 % interval, in percent of the number
 * - %b: the benchmark, up to the next literal text of the pattern
 * - %v: a text, the value of a parameter
 * - %f: a number, %w: a word, %.: text up to the next literal text; ignored
 *
 * A line may match several rows, one for each of its numbers.
 */
enum pfg_line_role {
    PFG_LINE_VALUE,
    PFG_LINE_HEAD,       /* a report begins; %b is what it measures */
    PFG_LINE_SECTION,    /* its next part, with the same parameters; %b too */
    PFG_LINE_NAME,       /* the benchmark before its values: %b, or else
                            `metric` */
    PFG_LINE_NAME_BELOW, /* the same, where the line matches nothing else */
    PFG_LINE_END,        /* the end of the report */
    PFG_LINE_MORE,       /* %s %i %a %k of the value before */
    PFG_LINE_PARAM,      /* `metric` is its name */
    PFG_LINE_EVENTS,     /* a number out of the report's trials; the sum of
                            several lines */
    PFG_LINE_EVENTS_OR_NONE, /* the same, printed only where there are any */
    PFG_LINE_TRIALS,         /* the sum of several lines */
    PFG_LINE_FAILED,         /* an error of the tool: the run failed */
    PFG_LINE_BAD,            /* the benchmark failed: `metric` and %v, unless
                                it is 0 */
    PFG_LINE_MINE,           /* the tool's, without meaning */
    PFG_LINE_ASIDE,          /* the same; the rows below are not tried */
    PFG_LINE_PART,           /* rows with `part` follow */
};

struct pfg_line_row {
    const char *pattern;
    enum pfg_line_role role;
    const char *metric, *unit; /* unit: NULL is that of %u */
    enum pfg_direction better;
    bool exact;
    bool last;  /* the report is whole after it */
    bool again; /* another pattern for the row before */
    bool part;  /* only directly below a PFG_LINE_PART or another such line; %b
                   is a part of the benchmark */
};

struct pfg_line_table {
    const char *benchmark; /* the name where the report has none */
    const char *ends;      /* of every matching line; NULL: any */
    bool commas;           /* in numbers, between thousands */
    bool rounded;          /* times and latencies of 0 were rounded */
    bool doubtful; /* other tools' reports may begin like this: ignore those
                      without a value */
    const struct pfg_line_row *rows;
    size_t n_rows;
};

#define PFG_LINE_ROWS(table) .rows = (table), .n_rows = PFG_COUNT(table)

/* The report so far. */
struct pfg_line_report {
    bool open, whole;
    bool said; /* it had a value */
    long line; /* where it began */
    long part; /* the last line of a part */
    struct pfg_slice benchmark;
    PFG_VEC(struct pfg_param) params;
    PFG_VEC(struct pfg_line_value) values;
    const char *error; /* NULL: it did not fail */
    double trials;     /* 0: none yet */
    bool has_trials;
};

/* `find_begins`, `line`, `finish` and state of an ingester with a `lines`
 * table. */
bool pfg_line_table_begins(bool out[256], const struct pfg_ingester *ingester);
enum pfg_claim pfg_line_table_line(struct pfg_reader *reader, void *state,
                                   struct pfg_slice line);
void pfg_line_table_finish(struct pfg_reader *reader, void *state);
#define PFG_LINE_TABLE(table)                                                  \
    .lines = &(table), .find_begins = pfg_line_table_begins,                   \
    .line = pfg_line_table_line, .finish = pfg_line_table_finish,              \
    .state_size = sizeof(struct pfg_line_report)

#endif
