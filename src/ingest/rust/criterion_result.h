#ifndef PFG_INGEST_RUST_CRITERION_RESULT_H
#define PFG_INGEST_RUST_CRITERION_RESULT_H

#include <stdbool.h>

#include "ingest/core/ingest.h"

/* What a benchmark says one iteration processes. */
struct pfg_criterion_throughput {
    const char *metric; /* "throughput", "throughput bytes" */
    const char *unit;   /* "B/s", "elem/s" */
    double amount;      /* of the unit's numerator, an iteration */
};

/* One <benchmark>/<baseline>/ folder. Strings belong to the reader's arena;
 * paths are relative to the tree's root, "" is the root itself. */
struct pfg_criterion_result {
    const char *folder;    /* "sum_slice/u64/64/new" */
    const char *place;     /* "sum_slice/u64/64" */
    const char *directory; /* as criterion calls the place: directory_name */
    const char *root;      /* of criterion's folders: place less directory */
    const char *full_id, *title;
    struct pfg_criterion_throughput throughputs[2];
    size_t n_throughputs;
    const char *twin;  /* " #2": two benchmarks have this id; else "" */
    pfg_time modified; /* of the newest file in the folder */
    bool stale;
};

/*
 * Suite and benchmark of a title as criterion prints it: "codec/hex/64" is
 * "hex/64" of "codec". Where a group ends stands in its directory alone, and
 * what it prints is called the same; so it ends at the first slash. Borrows.
 */
void pfg_criterion_result_name(struct pfg_measurement *m,
                               struct pfg_slice title);

/* Reads `folder`'s benchmark.json. -1 where it is not criterion's, or broken,
 * which the sink has then heard of. */
int pfg_criterion_load(struct pfg_criterion_result *out,
                       struct pfg_reader *reader, const struct pfg_tree *tree,
                       const char *folder);

/* Reads sample.json and estimates.json and emits what they say. */
void pfg_criterion_emit(struct pfg_reader *reader, const struct pfg_tree *tree,
                        const struct pfg_criterion_result *result);

#endif
