#include "ingest/table/json_table.h"

/*
 * nvbench --json (NVIDIA/nvbench, nvbench/json_printer.cu). A state is a
 * benchmark with values for its axes; its summaries have tags. Numbers are
 * strings, times are in seconds.
 */

#define SUMMARY(tag) "summaries/?tag=nv~1cold~1" tag "/data/0/value"

static const struct pfg_json_row rows[] = {
    {SUMMARY("time~1gpu~1mean"), "time", "s", PFG_LOWER},
    {SUMMARY("time~1gpu~1min"), .role = PFG_JSON_MIN},
    {SUMMARY("time~1gpu~1max"), .role = PFG_JSON_MAX},
    {SUMMARY("sample_size"), .role = PFG_JSON_COUNT},
    {SUMMARY("time~1cpu~1mean"), "cpu time", "s", PFG_LOWER},
    {SUMMARY("bw~1global~1bytes_per_second"), "throughput", "B/s", PFG_HIGHER},
    {SUMMARY("bw~1item_rate"), "item throughput", "items/s", PFG_HIGHER},
    {"skip_reason", .role = PFG_JSON_FAILED},
};

static const struct pfg_json_table table = {
    .has = {"benchmarks/0/states", "devices"},
    .lists = {"benchmarks/*/states/*"},
    .name = "../../name&name",
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_nvbench = {
    .name = "nvbench",
    .title = "nvbench --json",
    .looks = "a JSON object with 'devices' and 'benchmarks' that have 'states'",
    .json = &table,
    .document = pfg_json_table_read,
};
