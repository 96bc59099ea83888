#include "ingest/table/json_table.h"

/*
 * critcmp --export (BurntSushi/critcmp, src/data.rs): criterion's estimates of
 * one baseline, in nanoseconds. The baseline's name is the version measured. As
 * with a criterion directory, the slope is read, or the mean if there is no
 * slope; and the names are the same.
 */

#define ESTIMATES "criterion_estimates_v1/"
#define TYPICAL(of)                                                            \
    {ESTIMATES of "/point_estimate", "time", "ns", PFG_LOWER},                 \
        {ESTIMATES of "/confidence_interval/lower_bound",                      \
         .role = PFG_JSON_LOWER},                                              \
        {ESTIMATES of "/confidence_interval/upper_bound",                      \
         .role = PFG_JSON_UPPER},                                              \
        {ESTIMATES of "/confidence_interval/confidence_level",                 \
         .role = PFG_JSON_LEVEL},                                              \
        {ESTIMATES of "/standard_error", .role = PFG_JSON_STDERR},             \
    {                                                                          \
        ESTIMATES "std_dev/point_estimate", .role = PFG_JSON_STDDEV            \
    }

static const struct pfg_json_row rows[] = {TYPICAL("slope"), TYPICAL("mean")};

static const struct pfg_json_table table = {
    .has = {"name", "benchmarks/*/criterion_estimates_v1"},
    .lists = {"benchmarks/*"},
    .name = "criterion_benchmark_v1/full_id|@",
    .split = "/",
    .commit = "name",
    .at_benchmark = true,
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_critcmp = {
    .name = "critcmp",
    .title = "critcmp --export",
    .looks = "a JSON object with 'name' and 'benchmarks' that have "
             "'criterion_estimates_v1'",
    .json = &table,
    .document = pfg_json_table_read,
};
