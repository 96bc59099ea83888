#include "ingest/table/json_table.h"

/*
 * pyperf's JSON (psf/pyperf, pyperf/_bench.py). Values are seconds unless
 * "unit" is byte or integer. The metadata of all benchmarks stands beside the
 * list of them; warm-ups are not read.
 */

static const struct pfg_json_row rows[] = {
    {"runs/*/values", NULL, "$metadata/unit|../../metadata/unit|=second",
     PFG_LOWER, PFG_JSON_SAMPLES},
};

#define METADATA(name)                                                         \
    "metadata/" name "|benchmarks/0/metadata/" name                            \
    "|benchmarks/0/runs/0/metadata/" name

static const struct pfg_json_table table = {
    .has = {"benchmarks/0/runs", "version"},
    .lists = {"benchmarks/*"},
    .name = "metadata/name|../../metadata/name|=pyperf",
    .facts = {{"cpu", METADATA("cpu_model_name")},
              {"cpus", METADATA("cpu_count")},
              {"platform", METADATA("platform")}},
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_pyperf = {
    .name = "pyperf",
    .title = "pyperf -o",
    .looks = "a JSON object with 'benchmarks' that have 'runs', and 'version'",
    .json = &table,
    .document = pfg_json_table_read,
};
