/* What a fuzzer and the replay of its inputs do with one: read it as each
 * format of a family, and as nothing in particular, into a collector. */
#ifndef PFG_TESTS_FUZZ_FAMILY_H
#define PFG_TESTS_FUZZ_FAMILY_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "group/collect.h"
#include "ingest/core/ingest.h"

struct fuzz_family {
    const char *name;
    const char *formats[16]; /* ended by NULL; "auto" is added */
};

static const struct fuzz_family fuzz_families[] = {
    {"lines",
     {"gobench", "criterion_log", "libtest", "wrk", "k6_text", "hey",
      "keyvalue", NULL}},
    {"documents",
     {"k6", "hyperfine", "google_benchmark", "pytest_benchmark", "jmh",
      "benchmarkdotnet", "autocannon", "asv", "critcmp",
      "github_action_benchmark", "bmf", "json", "vegeta", "oha", NULL}},
    {"ndjson", {"gojson", "k6_ndjson", "cargo_criterion", NULL}},
    {"csv", {"csv", "k6_csv", "locust", "google_benchmark_csv", NULL}},
    {"xml", {"catch2", NULL}},
};

#define FUZZ_N_FAMILIES (sizeof fuzz_families / sizeof *fuzz_families)

/* One reading; whatever it says of the input, it must come back. */
static inline void fuzz_read(const char *format, struct pfg_slice bytes)
{
    struct pfg_ingest_options options = {.format = format};
    struct pfg_ingest_result result;
    struct pfg_run *run = pfg_run_new();
    struct pfg_collector collector;
    struct pfg_input *input = NULL;
    struct pfg_error err;
    struct pfg_sink sink;

    pfg_collect_begin(&collector, run, NULL);
    sink = pfg_collect_sink(&collector);
    if (!pfg_input_open_memory(&input, bytes, "fuzz", &err)) {
        pfg_ingest_input(&result, input, &options, &sink, &err);
    }
    pfg_input_close(input);
    pfg_collect_end(&collector);
    pfg_run_free(run);
}

/* The first byte chooses a format of the family, so that one input means one
 * thing; past the last one: found out by content. */
static inline void fuzz_family(const char *name, const uint8_t *data,
                               size_t size)
{
    const struct fuzz_family *family = NULL;
    size_t n = 0;

    for (size_t i = 0; i < FUZZ_N_FAMILIES; i++) {
        family = strcmp(fuzz_families[i].name, name) ? family
                                                     : &fuzz_families[i];
    }
    if (!family || !size) {
        return;
    }
    while (family->formats[n]) {
        n++;
    }
    fuzz_read(family->formats[data[0] % (n + 1)],
              pfg_slice_make((const char *)data + 1, size - 1));
}

#endif
