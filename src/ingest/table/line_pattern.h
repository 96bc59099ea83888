#ifndef PFG_INGEST_TABLE_LINE_PATTERN_H
#define PFG_INGEST_TABLE_LINE_PATTERN_H

#include <stdbool.h>

#include "base/slice.h"

/* The text for each letter of line_table.h. */
struct pfg_line_match {
    struct pfg_slice number, unit, percentile, stddev, min, max, count, half,
        benchmark, text;
};

/* Whether `line`, without blanks around it, matches the pattern. Takes time
 * proportional to the line, because it never backtracks. */
bool pfg_line_match(struct pfg_line_match *out, const char *pattern,
                    struct pfg_slice line, bool commas);

#endif
