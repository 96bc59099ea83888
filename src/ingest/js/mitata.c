#include "ingest/table/json_table.h"

/*
 * mitata, run({format: 'json'}) (evanwashere/mitata, src/main.mjs).
 * Nanoseconds. The samples are sorted, and each is a mean of thousands of
 * calls, so the average with its extremes is read. Allocations are bytes per
 * call.
 */

static const struct pfg_json_row rows[] = {
    {"stats/avg", "time", "ns", PFG_LOWER},
    {"stats/min", .role = PFG_JSON_MIN},
    {"stats/max", .role = PFG_JSON_MAX},
    {"stats/heap/avg", "heap", "B", PFG_NEUTRAL},
    {"error/message|error", .role = PFG_JSON_FAILED},
};

static const struct pfg_json_table table = {
    .has = {"layout", "benchmarks/0/runs", "benchmarks/0/alias"},
    .lists = {"benchmarks/*/runs/*"},
    .name = "name",
    .facts = {{"cpu", "context/cpu/name"}, {"platform", "context/arch"}},
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_mitata = {
    .name = "mitata",
    .title = "mitata, format 'json'",
    .looks = "a JSON object with 'layout' and 'benchmarks' that have 'runs'",
    .json = &table,
    .document = pfg_json_table_read,
};
