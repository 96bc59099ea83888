#include "ingest/table/json_table.h"

/*
 * Julia's BenchmarkTools.save() (JuliaCI/BenchmarkTools.jl,
 * src/serialization.jl): [versions, [["BenchmarkGroup", {"data": {NAME:
 * ["BenchmarkTools.Trial", {"times": [ns], "memory", "allocs"}]}}]]], with
 * groups within groups.
 */

static const struct pfg_json_row rows[] = {
    {"1/times", "time", "ns", PFG_LOWER, PFG_JSON_SAMPLES},
    {"1/time", "time", "ns", PFG_LOWER},
    {"1/memory", "bytes", "B", PFG_LOWER},
    {"1/allocs", "allocs", "allocs", PFG_LOWER},
};

static const struct pfg_json_table table = {
    .has = {"0/Julia", "1/0/0"},
    .lists = {"1/*/1/data/*", "1/*/1/data/*/1/data/*",
              "1/*/1/data/*/1/data/*/1/data/*", "1/*"},
    .name = "@|=benchmark",
    .suite = "../../../../../../@&../../../@",
    .only = "1/params",
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_benchmarktools = {
    .name = "benchmarktools",
    .title = "BenchmarkTools.save() (Julia)",
    .looks = "a JSON array of versions ('Julia') and of 'BenchmarkGroup'",
    .json = &table,
    .document = pfg_json_table_read,
};
