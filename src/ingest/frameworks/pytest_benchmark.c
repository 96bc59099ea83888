#include "ingest/table/json_table.h"

/*
 * pytest-benchmark's JSON (ionelmc/pytest-benchmark, src/pytest_benchmark/
 * stats.py and session.py), from 2015 to now. Seconds per call. "data" is
 * written by --benchmark-json and --benchmark-save-data; without it there is
 * only a summary. The parameters of a test are part of its name, in brackets.
 */

static const struct pfg_json_row rows[] = {
    {"stats/data", "time", "s", PFG_LOWER, PFG_JSON_SAMPLES},
    {"stats/mean", "time", "s", PFG_LOWER},
    {"stats/stddev", .role = PFG_JSON_STDDEV},
    {"stats/min", .role = PFG_JSON_MIN},
    {"stats/max", .role = PFG_JSON_MAX},
    {"stats/rounds", .role = PFG_JSON_COUNT},
};

static const struct pfg_json_table table = {
    .has = {"machine_info", "benchmarks"},
    .lists = {"benchmarks/*"},
    .name = "fullname",
    .split = "::",
    .facts = {{"python", "machine_info/python_version"},
              {"python implementation", "machine_info/python_implementation"},
              {"host", "machine_info/node"},
              {"kernel", "machine_info/release"},
              {"cpu", "machine_info/cpu/brand_raw|machine_info/cpu/brand"},
              {"cpus", "machine_info/cpu/count"},
              {"arch", "machine_info/machine"},
              {"system", "machine_info/system"},
              {"pytest-benchmark", "version"}},
    .time = "datetime",
    .commit = "commit_info/id",
    .commit_time = "commit_info/time",
    .only = "stats",
    .strict = true,
    .at_benchmark = true,
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_pytest_benchmark = {
    .name = "pytest_benchmark",
    .title = "pytest-benchmark --benchmark-json",
    .looks = "a JSON object with 'machine_info' and 'benchmarks' that have "
             "'fullname' and 'stats'",
    .json = &table,
    .document = pfg_json_table_read,
};
