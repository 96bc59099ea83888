#include "ingest/dispatch/session.h"

#include <stddef.h>

static const struct pfg_foreign_text texts[] = {
    {"Benchmark ", " CPU ", "google-benchmark",
     "its output with --benchmark_format=json"},
    {"Benchmark ", " Score ", "JMH", "its output with -rf json"},
    {"Name (time in ", "Rounds", "pytest-benchmark",
     "its output with --benchmark-json=FILE"},
    {"| Method ", " Mean ", "BenchmarkDotNet",
     "its output with --exporters json"},
    {"| Type ", " Mean ", "BenchmarkDotNet",
     "its output with --exporters json"},
    {"| Command |", " Mean [", "hyperfine",
     "its output with --export-json FILE"},
    {"│", " vs base ", "benchstat",
     "what go test -bench printed of each version"},
    {"name ", " old time/op ", "benchstat",
     "what go test -bench printed of each version"},
    {"", " ? ?/sec", "critcmp", "its output with --export NAME"},
    {"Type ", "# reqs", "Locust", "its output with --csv PREFIX"},
    {"---- Global Information ---", "", "Gatling",
     "its report's js/stats.json"},
    {"http.response_time:", "", "artillery", "its output with --output FILE"},
    {"ALL STATS", "", "memtier_benchmark",
     "its output with --json-out-file FILE"},
    {"", "Mean +- std dev: ", "pyperf", "its output with -o FILE"},
    {"│ (index) │", " Task ", "tinybench", "JSON.stringify() of its tasks"},
    {"| benchmark ", "time/iter (avg)", "deno bench", "its output with --json"},
    {"benchmark ", "time (avg)", "deno bench", "its output with --json"},
    {"benchmark ", "(min … max)", "mitata",
     "what run({format: 'json'}) prints"},
    {"BENCH  Summary", "", "vitest bench", "its output with --outputJson FILE"},
    {"[ ID] Interval ", "Bitrate", "iperf3", "its output with --json"},
    {"Run status group ", "", "fio", "its output with --output-format=json"},
    {"Range (min … max):", " GC (min", "BenchmarkTools.jl",
     "what BenchmarkTools.save() writes"},
    {"PHPBench (", "", "PHPBench", "its output with --dump-file=FILE"},
    {"|", " GPU Time  | Noise ", "nvbench", "its output with --json FILE"},
    {"[", "] ··· ", "asv", "its folder of results"},
};

const struct pfg_foreign_text *pfg_foreign_text_find(struct pfg_slice line)
{
    struct pfg_slice text = pfg_slice_trim_left(line);

    for (size_t i = 0; i < PFG_COUNT(texts); i++) {
        char first = *texts[i].begins;

        if ((!first || (text.len && *text.ptr == first)) &&
            pfg_slice_starts(text, texts[i].begins) &&
            pfg_slice_has(text, texts[i].holds)) {
            return &texts[i];
        }
    }
    return NULL;
}
