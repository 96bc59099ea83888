#ifndef PFG_INGEST_RUST_CRITERION_RESULT_H
#define PFG_INGEST_RUST_CRITERION_RESULT_H

#include <stdbool.h>

#include "ingest/core/ingest.h"

/* What one iteration processes, according to the benchmark. */
struct pfg_criterion_throughput {
    const char *metric; /* "throughput", "throughput bytes" */
    const char *unit;   /* "B/s", "elem/s" */
    double amount;      /* of the unit's numerator, an iteration */
};

/* One <benchmark>/<baseline>/ folder. Strings belong to the reader's arena;
 * paths are relative to the tree's root, and "" is the root itself. */
struct pfg_criterion_result {
    const char *folder;    /* "sum_slice/u64/64/new" */
    const char *place;     /* "sum_slice/u64/64" */
    const char *directory; /* criterion's name of the place: directory_name */
    const char *root;      /* criterion's folder: place without directory */
    const char *full_id, *title;
    struct pfg_criterion_throughput throughputs[2];
    size_t n_throughputs;
    const char *twin;  /* " #2" if two benchmarks have this id; else "" */
    pfg_time modified; /* of the newest file in the folder */
};

/*
 * Sets suite and benchmark from a title as criterion prints it: "codec/hex/64"
 * is "hex/64" of "codec". Only the directory shows where a group ends, and the
 * printed output has to give the same names; so a group ends at the first
 * slash. Borrows.
 */
void pfg_criterion_result_name(struct pfg_measurement *m,
                               struct pfg_slice title);

/* Reads `folder`'s benchmark.json. -1 if it is not criterion's, or if it is
 * broken, which is reported to the sink. */
int pfg_criterion_load(struct pfg_criterion_result *out,
                       struct pfg_reader *reader, const struct pfg_tree *tree,
                       const char *folder);

/* Reads sample.json and estimates.json and sends their measurements. */
void pfg_criterion_emit(struct pfg_reader *reader, const struct pfg_tree *tree,
                        const struct pfg_criterion_result *result);

/* Sends a throughput that follows from a measured time. `arena` need not
 * outlive the call. */
void pfg_criterion_send_throughput(struct pfg_reader *reader,
                                   const struct pfg_measurement *time,
                                   const struct pfg_criterion_throughput *what,
                                   struct pfg_arena *arena);

#endif
