#ifndef PFG_CLI_OPTIONS_INPUT_OPTIONS_H
#define PFG_CLI_OPTIONS_INPUT_OPTIONS_H

#include "app/input/record.h"
#include "cli/options/options.h"

/* How to read inputs: shared by ingest and compare. */
#define PFG_READING_OPTIONS                                                    \
    PFG_HEADING("reading results"),                                            \
        {"format", 0, "NAME",                                                  \
         "the format of the input (default: auto, by content)"},               \
        {"criterion-baseline", 0, "NAME",                                      \
         "the criterion baseline to read (default: new)"},                     \
        {"k6-tags", 0, "TAGS",                                                 \
         "the tags that identify an endpoint (default: name,group,scenario)"}, \
        {"csv-column", 0, "TITLE",                                             \
         "read this column of a CSV time series; repeatable"},                 \
        {"csv-statistic", 0, "NAME",                                           \
         "the statistic of that column: mean, median (default), min, max, "    \
         "first, last, sum, p95"},                                             \
        {"name", 0, "NAME", "the name of the benchmark"},                      \
        {"suite", 0, "NAME", "the name of the suite"},                         \
        {"max-series", 0, "N",                                                 \
         "refuse an input with more than N series (default: 200000)"},         \
        {"direction", 0, "METRIC=higher|lower|neutral",                        \
         "which way is better; repeatable"},                                   \
    {                                                                          \
        "strict", 0, NULL, "treat warnings about the input as errors"          \
    }

/* Reads these options. PFG_USAGE for impossible values. Borrows from the
 * arguments. */
int pfg_input_options(struct pfg_read_options *out,
                      const struct pfg_arguments *arguments,
                      struct pfg_error *err);

/* The KEY=VALUE pairs of an option, sorted by key. */
int pfg_input_facts(const struct pfg_fact **out, size_t *n,
                    const struct pfg_arguments *arguments, const char *option,
                    struct pfg_error *err);

#endif
