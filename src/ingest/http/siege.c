#include "ingest/table/json_table.h"
#include "ingest/table/line_table.h"

/*
 * siege (JoeDog/siege, src/main.c): the JSON that version 4 prints, and the
 * text of version 3. Seconds with two decimals, megabytes.
 */

static const struct pfg_json_row members[] = {
    {"transaction_rate", "requests", "req/s", PFG_HIGHER},
    {"throughput", "transfer", "MB/s", PFG_HIGHER},
    {"response_time", "latency mean", "s", PFG_LOWER},
    {"longest_transaction", "latency max", "s", PFG_NEUTRAL},
    {"shortest_transaction", "latency min", "s", PFG_NEUTRAL},
    {"failed_transactions", "errors", "1", PFG_LOWER, PFG_JSON_EVENTS},
};

static const struct pfg_json_table document = {
    .has = {"transactions", "availability", "transaction_rate",
            "failed_transactions"},
    .name = "=siege",
    .trials = "transactions+failed_transactions",
    .rounded = true,
    PFG_JSON_ROWS(members),
};

static const struct pfg_line_row rows[] = {
    {"Transactions: %. hits", PFG_LINE_HEAD},
    {"Transactions: %n hits", PFG_LINE_TRIALS},
    {"Failed transactions: %n", PFG_LINE_TRIALS},
    {"Failed transactions: %n", PFG_LINE_EVENTS, "errors", "1", PFG_LOWER},
    {"Response time: %n secs", PFG_LINE_VALUE, "latency mean", "s", PFG_LOWER},
    {"Transaction rate: %n trans/sec", PFG_LINE_VALUE, "requests", "req/s",
     PFG_HIGHER},
    {"Throughput: %n MB/sec", PFG_LINE_VALUE, "transfer", "MB/s", PFG_HIGHER},
    {"Longest transaction: %n", PFG_LINE_VALUE, "latency max", "s",
     PFG_NEUTRAL},
    {"Shortest transaction: %n", PFG_LINE_VALUE, "latency min", "s",
     PFG_NEUTRAL, .last = true},
};

static const struct pfg_line_table lines = {
    .benchmark = "siege", .rounded = true, PFG_LINE_ROWS(rows)};

const struct pfg_ingester pfg_ingester_siege = {
    .name = "siege",
    .title = "siege",
    .looks = "a JSON object with 'transactions' and 'availability', or "
             "'Transactions: 1 hits'",
    .json = &document,
    .document = pfg_json_table_read,
    PFG_LINE_TABLE(lines),
};
