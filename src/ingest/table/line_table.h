#ifndef PFG_INGEST_TABLE_LINE_TABLE_H
#define PFG_INGEST_TABLE_LINE_TABLE_H

#include "base/arena.h"
#include "ingest/core/ingest.h"

/*
 * Reports that tools print for people, read by a table: a row a kind of line.
 *
 * A pattern is all of a line, blanks at its ends apart. A blank in it stands
 * for any number of them; "%" and a letter takes something:
 *
 *   %n  the number that is measured ("7,124" too, where the table says so)
 *   %u  the unit of the number before it: what follows up to a blank or one of
 * ",)]" %p  the number of a percentile, the metric's last word %t  a clock
 * instead of the number: "1:02:03", "2:03.45" %s %i %a %k  standard deviation,
 * minimum, maximum, count of observations %e  half of a 95 % interval, in
 * percent of the number %b  the benchmark: all up to what the pattern says next
 *   %v  a text: the value of a parameter
 *   %f  a number, %w a word, %. all up to what the pattern says next: left
 *       aside
 *
 * A line may match several rows, one for each of its numbers.
 */
enum pfg_line_role {
    PFG_LINE_VALUE,
    PFG_LINE_HEAD,           /* a report begins; %b is what it measures */
    PFG_LINE_SECTION,        /* its next part, of the same parameters: so too */
    PFG_LINE_NAME,           /* what it measures, in front of the values: %b, or
                                else `metric` */
    PFG_LINE_NAME_BELOW,     /* so too, where the line is nothing else */
    PFG_LINE_END,            /* what follows is not of the report */
    PFG_LINE_MORE,           /* %s %i %a %k of the value before */
    PFG_LINE_PARAM,          /* `metric` is its name */
    PFG_LINE_EVENTS,         /* so many of the report's trials; of several
                                lines the sum */
    PFG_LINE_EVENTS_OR_NONE, /* printed only where there were any */
    PFG_LINE_TRIALS,         /* of several lines: their sum */
    PFG_LINE_FAILED,         /* the tool's own error: the run failed */
    PFG_LINE_BAD,            /* what was measured failed: `metric` and %v,
                                which is not 0 */
    PFG_LINE_MINE,           /* says nothing */
    PFG_LINE_ASIDE,          /* says nothing, whatever the rows below match */
    PFG_LINE_PART,           /* below it are rows with `part` */
};

struct pfg_line_row {
    const char *pattern;
    enum pfg_line_role role;
    const char *metric, *unit; /* unit: NULL is that of %u */
    enum pfg_direction better;
    bool exact;
    bool last;  /* behind it, a report is whole */
    bool again; /* another row for what the one before it has */
    bool part;  /* only below a PFG_LINE_PART, as far as such lines follow one
                   another; %b is a part of the benchmark */
};

struct pfg_line_table {
    const char *benchmark; /* where the report does not say what it is of */
    const char *ends;      /* of every line that is read; NULL: as they like */
    bool commas;           /* in numbers, between thousands */
    bool rounded;          /* times of 0 were, and latencies */
    bool doubtful; /* another tool's reports may begin like this: one without a
                      value is none */
    const struct pfg_line_row *rows;
    size_t n_rows;
};

#define PFG_LINE_ROWS(table) .rows = (table), .n_rows = PFG_COUNT(table)

/* What a report has said so far. */
struct pfg_line_report {
    bool open, whole;
    bool said; /* it has had a value */
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
