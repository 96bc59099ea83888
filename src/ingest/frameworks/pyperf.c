#include "ingest/table/json_table.h"

/*
 * pyperf's JSON (psf/pyperf, pyperf/_bench.py). Values are seconds unless
 * "unit" says byte or integer. What belongs to all benchmarks stands around
 * them; warm-ups are left aside.
 */

static const struct pfg_json_row rows[] = {
    {"runs/*/values", NULL, "$metadata/unit|../../metadata/unit|=second",
     PFG_LOWER, PFG_JSON_SAMPLES},
};

static const struct pfg_json_table table = {
    .has = {"benchmarks/0/runs", "version"},
    .lists = {"benchmarks/*"},
    .name = "metadata/name|../../metadata/name|=pyperf",
    .cpu = "metadata/cpu_model_name|benchmarks/0/metadata/"
           "cpu_model_name|benchmarks/0/runs/0/metadata/cpu_model_name",
    .cpus = "metadata/cpu_count|benchmarks/0/metadata/cpu_count|benchmarks/0/"
            "runs/0/metadata/cpu_count",
    .platform = "metadata/platform|benchmarks/0/metadata/platform|benchmarks/0/"
                "runs/0/metadata/platform",
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_pyperf = {
    .name = "pyperf",
    .title = "pyperf -o",
    .looks = "a JSON object with 'benchmarks' that have 'runs', and 'version'",
    .json = &table,
    .document = pfg_json_table_read,
};
