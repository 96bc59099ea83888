#include "ingest/core/foreign_text.h"

#include <stddef.h>

static const struct pfg_foreign_text texts[] = {
    {"Req/Bytes counts sampled", "", "autocannon", "--json"},
    {"│ Stat ", "2.5%", "autocannon", "--json"},
    {"Benchmark ", " CPU ", "google-benchmark", "--benchmark_format=json"},
    {"benchmark name ", "iterations", "Catch2", "--reporter xml"},
    {"Benchmark ", " Score ", "JMH", "-rf json"},
    {"Name (time in ", "Rounds", "pytest-benchmark", "--benchmark-json=FILE"},
    {"| Method ", " Mean |", "BenchmarkDotNet", "--exporters json"},
    {"Type ", "# reqs", "Locust", "--csv PREFIX"},
    {"<testResults ", "", "JMeter",
     "-Jjmeter.save.saveservice.output_format=csv"},
    {"Starting Benchmark with", "", "Gatling", "js/stats.json of its report"},
    {"http.response_time:", "", "artillery", "--output FILE"},
    {"ALL STATS", "", "memtier_benchmark", "--json-out-file FILE"},
    {"Mean +- std dev: ", "", "pyperf", "-o FILE"},
    {"│ (index) │ Task name", "", "tinybench",
     "JSON.stringify() of its tasks instead of console.table()"},
    {"benchmark ", "(min … max)", "mitata", "run({format: 'json'})"},
    {"BENCH  Summary", "", "vitest bench", "--outputJson FILE"},
    {"[ ID] Interval ", "Bitrate", "iperf3", "--json"},
    {"Run status group ", "", "fio", "--output-format=json"},
};

const struct pfg_foreign_text *pfg_foreign_text_find(struct pfg_slice line)
{
    struct pfg_slice text = pfg_slice_trim_left(line);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (text.len && *text.ptr == *texts[i].begins &&
            pfg_slice_starts(text, texts[i].begins) &&
            pfg_slice_has(text, texts[i].holds)) {
            return &texts[i];
        }
    }
    return NULL;
}
