#ifndef PFG_CLI_REPORT_OPTIONS_H
#define PFG_CLI_REPORT_OPTIONS_H

#include "app/publish/publish.h"
#include "cli/options.h"

/* How a report is shown: shared by the commands that make one. */
#define PFG_REPORTING_OPTIONS                                                  \
    PFG_HEADING("the report"),                                                 \
        {"report", 'r', "FORMAT[=FILE]",                                       \
         "text, markdown, html, json, junit, csv, github, openmetrics, badge " \
         "or "                                                                 \
         "shields, or profiles=DIR (flame graphs and stacks of --profile); "   \
         "repeatable. Without a file, print it instead of the table"},         \
        {"all", 'a', NULL, "show every row"},                                  \
        {"quiet", 'q', NULL, "print only the last line of the table"},         \
        {"verbose", 'v', NULL, "also show the numbers behind the verdicts"},   \
        {"templates", 0, "DIR", "templates that replace the built-in ones"},   \
    {                                                                          \
        "report-url", 0, "URL", "the address of the full report, for links"    \
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
