#include "ingest/table/json_table.h"

/*
 * vitest bench --outputJson (vitest, packages/vitest/src/node/reporters/
 * benchmark). "hz" is 1000 / "mean", so only the mean is read. A benchmark that
 * threw has neither.
 */

static const struct pfg_json_row rows[] = {
    {"samples", "time", "ms", PFG_LOWER, PFG_JSON_SAMPLES},
    {"mean", "time", "ms", PFG_LOWER},
    {"sd", .role = PFG_JSON_STDDEV},
    {"sem", .role = PFG_JSON_STDERR},
    {"min", .role = PFG_JSON_MIN},
    {"max", .role = PFG_JSON_MAX},
    {"sampleCount", .role = PFG_JSON_COUNT},
};

static const struct pfg_json_table table = {
    .has = {"files/0/groups/0/benchmarks", "files/0/filepath"},
    .lists = {"files/*/groups/*/benchmarks/*"},
    .name = "name",
    .suite = "../../fullName",
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_vitest = {
    .name = "vitest",
    .title = "vitest bench --outputJson",
    .looks = "a JSON object with 'files' that have 'groups' of 'benchmarks'",
    .json = &table,
    .document = pfg_json_table_read,
};
