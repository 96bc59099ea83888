#ifndef PFG_INGEST_TABLE_LINE_PATTERN_H
#define PFG_INGEST_TABLE_LINE_PATTERN_H

#include <stdbool.h>

#include "base/slice.h"

/* A text behind each letter, as line_table.h has them. */
struct pfg_line_match {
    struct pfg_slice number, unit, percentile, stddev, min, max, count, half,
        benchmark, text;
};

/* Whether `line`, without blanks around it, is of the pattern. Never goes
 * back, so that it takes time in proportion to the line. */
bool pfg_line_match(struct pfg_line_match *out, const char *pattern,
                    struct pfg_slice line, bool commas);

#endif
