#include "ingest/table/json_table.h"

/*
 * iperf3 --json (esnet/iperf, src/iperf_api.c). What was received counts; of
 * UDP the sum says how many packets were lost.
 */

static const struct pfg_json_row rows[] = {
    {"end/sum_received/bits_per_second", "throughput", "bps", PFG_HIGHER},
    {"end/sum/bits_per_second", "throughput", "bps", PFG_HIGHER},
    {"end/sum_sent/retransmits", "retransmits", "1", PFG_NEUTRAL},
    {"end/sum/jitter_ms", "jitter", "ms", PFG_LOWER},
    {"end/sum/lost_packets", "lost packets", "1", PFG_LOWER, PFG_JSON_EVENTS},
    {"end/cpu_utilization_percent/host_total", "cpu", "%", PFG_NEUTRAL},
    {"start/test_start/protocol", "protocol", .role = PFG_JSON_PARAM},
    {"start/test_start/num_streams", "streams", .role = PFG_JSON_PARAM},
    {"start/test_start/reverse", "reverse", .role = PFG_JSON_PARAM},
};

static const struct pfg_json_table table = {
    .has = {"start/version", "intervals", "end"},
    .name = "=iperf3",
    .trials = "end/sum/packets",
    .failed = "error",
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_iperf3 = {
    .name = "iperf3",
    .title = "iperf3 --json",
    .looks = "a JSON object with 'start', 'intervals' and 'end'",
    .json = &table,
    .document = pfg_json_table_read,
};
