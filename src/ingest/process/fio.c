#include "ingest/table/json_table.h"

/*
 * fio --output-format=json (axboe/fio, stat.c, add_ddir_status_json()). Since
 * version 3 latencies are nanoseconds, in members that say so; before they
 * were microseconds. "bw" is KiB/s, "bw_bytes" came later. A direction that a
 * job has not is there with zeros.
 */

static const struct pfg_json_row rows[] = {
    {"iops", "throughput", "iops", PFG_HIGHER},
    {"bw_bytes", "transfer", "B/s", PFG_HIGHER},
    {"bw", "transfer", "KiB/s", PFG_HIGHER},
    {"lat_ns/mean", "latency mean", "ns", PFG_LOWER},
    {"lat/mean", "latency mean", "us", PFG_LOWER},
    {"lat_ns/stddev", "latency stdev", "ns", PFG_NEUTRAL},
    {"lat/stddev", "latency stdev", "us", PFG_NEUTRAL},
    {"lat_ns/max", "latency max", "ns", PFG_NEUTRAL},
    {"lat/max", "latency max", "us", PFG_NEUTRAL},
    {"lat_ns/percentile", "latency", "ns", PFG_LOWER, PFG_JSON_PERCENTILES},
    {"clat_ns/percentile", "latency", "ns", PFG_LOWER, PFG_JSON_PERCENTILES},
    {"clat/percentile", "latency", "us", PFG_LOWER, PFG_JSON_PERCENTILES},
    {"../total_err", "errors", "1", PFG_LOWER, PFG_JSON_EVENTS},
    {"@", "operation", .role = PFG_JSON_PARAM},
    {"../error", .role = PFG_JSON_FAILED},
};

static const struct pfg_json_table table = {
    .has = {"fio version", "jobs"},
    .lists = {"jobs/*/read", "jobs/*/write", "jobs/*/trim"},
    .name = "../jobname",
    .only = "total_ios|io_bytes",
    .trials = "total_ios",
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_fio = {
    .name = "fio",
    .title = "fio --output-format=json",
    .looks = "a JSON object with 'fio version' and 'jobs'",
    .json = &table,
    .document = pfg_json_table_read,
};
