#ifndef PFG_APP_COMMANDS_EXPLAIN_H
#define PFG_APP_COMMANDS_EXPLAIN_H

#include "base/error.h"
#include "base/str.h"
#include "model/report.h"

/*
 * Everything behind a verdict, from the report alone: it can have been made on
 * another machine, long ago.
 */
struct pfg_explain_options {
    const char *benchmark; /* a glob: label, suite/label or benchmark */
    const char *metric;    /* NULL: all of them */
    const char *command;   /* prints this again; NULL: the report's own */
    bool verbose;          /* every step of the computation, too */
    int width;             /* of the terminal; 0: none */
};

/* Appends a text for each row that matches. No such row: PFG_USAGE, with the
 * name that was probably meant. */
int pfg_explain_write(struct pfg_str *out, const struct pfg_report *report,
                      const struct pfg_explain_options *options,
                      struct pfg_error *err);

/* The one row that matches as an SVG file: its samples and its history. Several
 * rows are PFG_USAGE, with what tells them apart; one without anything to draw
 * is PFG_DATA. */
int pfg_explain_draw(struct pfg_str *out, const struct pfg_report *report,
                     const struct pfg_explain_options *options,
                     struct pfg_error *err);

/* The same as JSON: the rows as in the report, with their working. */
int pfg_explain_write_json(struct pfg_str *out, const struct pfg_report *report,
                           const struct pfg_explain_options *options,
                           struct pfg_error *err);

#endif
