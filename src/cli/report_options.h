#ifndef PFG_CLI_REPORT_OPTIONS_H
#define PFG_CLI_REPORT_OPTIONS_H

#include "app/publish/publish.h"
#include "cli/options.h"

/* How a report is shown: shared by the commands that make one. */
#define PFG_REPORTING_OPTIONS                                                  \
    {"report", 'r', "FORMAT[=FILE]",                                           \
     "text, markdown, html, json, junit, csv, github,\nopenmetrics, badge or " \
     "shields; repeatable. Without a\nfile: on stdout, instead of the table"}, \
        {"all", 'a', NULL, "show every row"},                                  \
        {"quiet", 'q', NULL, "of the table, the last line alone"},             \
        {"verbose", 'v', NULL, "the numbers behind the verdicts, too"},        \
        {"templates", 0, "DIR", "templates that override the built-in ones"},  \
    {                                                                          \
        "report-url", 0, "URL", "where the full report will be"                \
    }

struct pfg_reporting {
    struct pfg_render_options render;
    struct pfg_destination *destinations;
    size_t n;
};

/* Reads the options above. Borrows from the arguments. */
int pfg_reporting_options(struct pfg_reporting *out,
                          const struct pfg_context *context,
                          const struct pfg_arguments *arguments,
                          struct pfg_error *err);

#endif
