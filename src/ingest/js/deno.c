#include "ingest/table/json_table.h"

/*
 * deno bench --json (denoland/deno, cli/tools/bench/reporters.rs). Nanoseconds
 * per call. A benchmark that threw has "failed" instead of "ok".
 */

static const struct pfg_json_row rows[] = {
    {"ok/avg", "time", "ns", PFG_LOWER},
    {"ok/min", .role = PFG_JSON_MIN},
    {"ok/max", .role = PFG_JSON_MAX},
    {"ok/n", .role = PFG_JSON_COUNT},
    {"failed/exceptionMessage|failed/jsError/exceptionMessage",
     .role = PFG_JSON_FAILED},
};

static const struct pfg_json_table table = {
    .has = {"runtime", "cpu", "benches/0/results", "benches/0/origin"},
    .lists = {"benches/*/results/*"},
    .name = "../../name",
    .suite = "../../group",
    .facts = {{"cpu", "cpu"}, {"platform", "runtime"}},
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_deno = {
    .name = "deno",
    .title = "deno bench --json",
    .looks = "a JSON object with 'runtime', 'cpu' and 'benches'",
    .json = &table,
    .document = pfg_json_table_read,
};
