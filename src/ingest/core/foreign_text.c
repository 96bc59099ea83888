#include "ingest/core/foreign_text.h"

#include <stddef.h>

static const struct pfg_foreign_text texts[] = {
    {"Time (mean ", "):", "hyperfine", "--export-json FILE"},
    {"Time (abs ", "):", "hyperfine", "--export-json FILE"},
    {"Requests ", "[total, rate", "vegeta report", "-type=json"},
    {"Req/Bytes counts sampled", "", "autocannon", "--json"},
    {"│ Stat ", "2.5%", "autocannon", "--json"},
    {"Bombarding ", "connection", "bombardier", "-o json -p result"},
    {"Statistics ", "Stdev", "bombardier", "-o json -p result"},
    {"Benchmark ", " CPU ", "google-benchmark", "--benchmark_format=json"},
    {"benchmark name ", "iterations", "Catch2", "--reporter xml"},
    {"Benchmark ", " Score ", "JMH", "-rf json"},
    {"Name (time in ", "Rounds", "pytest-benchmark", "--benchmark-json=FILE"},
    {"| Method ", " Mean |", "BenchmarkDotNet", "--exporters json"},
    {"Type ", "# reqs", "Locust", "--csv PREFIX"},
};

const struct pfg_foreign_text *pfg_foreign_text_find(struct pfg_slice line)
{
    struct pfg_slice text = pfg_slice_trim_left(line);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (pfg_slice_starts(text, texts[i].begins) &&
            pfg_slice_has(text, texts[i].holds)) {
            return &texts[i];
        }
    }
    return NULL;
}
