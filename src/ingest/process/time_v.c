#include "ingest/table/line_table.h"

/*
 * GNU time -v (time, src/time.c, longstats[]). Its "kbytes" are of 1024; the
 * clock is h:mm:ss or m:ss.cc.
 */

static const struct pfg_line_row rows[] = {
    {"Command being timed: \"%b\"", PFG_LINE_HEAD},
    {"User time (seconds): %n", PFG_LINE_VALUE, "user", "s", PFG_LOWER},
    {"System time (seconds): %n", PFG_LINE_VALUE, "system", "s", PFG_LOWER},
    {"Percent of CPU this job got: %.", PFG_LINE_MINE},
    {"Elapsed (wall clock) time (h:mm:ss or m:ss): %t", PFG_LINE_VALUE, "time",
     "s", PFG_LOWER},
    {"Maximum resident set size (kbytes): %n", PFG_LINE_VALUE, "memory", "KiB",
     PFG_LOWER},
    {"Major (requiring I/O) page faults: %n", PFG_LINE_VALUE,
     "major page faults", "1", PFG_NEUTRAL},
    {"Minor (reclaiming a frame) page faults: %n", PFG_LINE_VALUE,
     "minor page faults", "1", PFG_NEUTRAL},
    {"Voluntary context switches: %n", PFG_LINE_VALUE,
     "voluntary context switches", "1", PFG_NEUTRAL},
    {"Involuntary context switches: %n", PFG_LINE_VALUE,
     "involuntary context switches", "1", PFG_NEUTRAL},

    {"Exit status: %v", PFG_LINE_BAD, "exit status", .last = true},
    {"Command terminated by signal %v", PFG_LINE_FAILED},
    {"Average %.", PFG_LINE_MINE},
    {"Swaps: %n", PFG_LINE_MINE},
    {"File system %.", PFG_LINE_MINE},
    {"Socket messages %.", PFG_LINE_MINE},
    {"Signals delivered: %n", PFG_LINE_MINE},
    {"Page size (bytes): %n", PFG_LINE_MINE},
};

static const struct pfg_line_table table = {.rounded = true,
                                            PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_time_v = {
    .name = "time_v",
    .title = "/usr/bin/time -v",
    .looks = "'Command being timed: \"...\"'",
    PFG_LINE_TABLE(table),
};
