#include <string.h>

#include "base/number.h"
#include "ingest/core/measurement_builder.h"
#include "ingest/table/json_table.h"

/*
 * gungraun, formerly iai-callgrind, and iai: the text, a name with its counts
 * below,
 *
 *   library::bench_group::bench_sort short:10
 *     Instructions:                1734|1700                 (+2.00000%)
 * [+1.02x]
 *
 * (iai prints no bar and one count), and the summary.json of gungraun
 * (gungraun- runner/schemas/summary.v6.schema.json). The new run is before the
 * bar, an old one after it. The counts are valgrind's, and exact.
 */

#define MAX_NAME 300

struct state {
    char name[MAX_NAME]; /* the last line that is not indented */
    size_t len;
};

static const struct meaning {
    const char *event, *metric;
    enum pfg_direction better;
} meanings[] = {
    {"Instructions", "instructions", PFG_LOWER},
    {"Estimated Cycles", "estimated cycles", PFG_LOWER},
    {"L1 Hits", "L1 hits", PFG_NEUTRAL},
    {"L1 Accesses", "L1 hits", PFG_NEUTRAL},
    {"L2 Hits", "L2 hits", PFG_NEUTRAL},
    {"L2 Accesses", "L2 hits", PFG_NEUTRAL},
    {"LL Hits", "LL hits", PFG_NEUTRAL},
    {"RAM Hits", "RAM hits", PFG_NEUTRAL},
    {"RAM Accesses", "RAM hits", PFG_NEUTRAL},
    {"Total read+write", "reads and writes", PFG_NEUTRAL},
    {"Total bytes", "bytes", PFG_LOWER},
    {"Total blocks", "allocs", PFG_LOWER},
};

static const struct meaning *find(struct pfg_slice event)
{
    for (size_t i = 0; i < PFG_COUNT(meanings); i++) {
        if (pfg_slice_is(event, meanings[i].event)) {
            return &meanings[i];
        }
    }
    return NULL;
}

/* "library::group::function id:args": the path before the function is the
 * suite. */
static void split_name(struct pfg_measurement *m, struct pfg_slice name)
{
    struct pfg_slice path = pfg_slice_first(name, pfg_slice_find(name, " "));
    size_t colons = path.len;

    for (size_t i = 0; i + 1 < path.len; i++) {
        colons = path.ptr[i] == ':' && path.ptr[i + 1] == ':' ? i : colons;
    }
    pfg_builder_split_name(m, name, colons < path.len ? colons : 0, 2);
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;
    struct pfg_slice event, rest = line, digits;
    struct pfg_summary summary = pfg_summary_of(0);
    const struct meaning *meaning;

    if (!pfg_take(&rest, "  ")) {
        state->len = line.len < MAX_NAME ? line.len : 0;
        memcpy(state->name, line.ptr ? line.ptr : "", state->len);
        return PFG_NOT_MINE;
    }
    event = pfg_take_until(&rest, ':');
    rest = pfg_slice_trim_left(rest);
    digits = pfg_take_digits(&rest);
    meaning = state->len && digits.len ? find(event) : NULL;
    if (!meaning || (rest.len && *rest.ptr != '|' && *rest.ptr != ' ') ||
        pfg_number_parse(&summary.value, digits, 0)) {
        return PFG_NOT_MINE;
    }
    struct pfg_measurement m = {
        .metric = pfg_slice_of(meaning->metric),
        .unit = PFG_LIT("1"),
        .better = meaning->better,
        .summary = &summary,
        .written = &digits,
        .exact = true,
        .pos = reader->pos,
    };
    split_name(&m, pfg_slice_trim(pfg_slice_make(state->name, state->len)));
    reader->sink->measurement(reader->sink->self, &m);
    return PFG_MINE;
}

#define EVENT(tool, name, metric, better)                                      \
    {"profiles/*/summaries/total/summary/" tool "/" name                       \
     "/metrics/Both/0/Int",                                                    \
     metric, "1", better, .exact = true},                                      \
    {                                                                          \
        "profiles/*/summaries/total/summary/" tool "/" name                    \
        "/metrics/Left/Int",                                                   \
            metric, "1", better, .exact = true                                 \
    }

static const struct pfg_json_row rows[] = {
    EVENT("Callgrind", "Ir", "instructions", PFG_LOWER),
    EVENT("Callgrind", "EstimatedCycles", "estimated cycles", PFG_LOWER),
    EVENT("Callgrind", "L1hits", "L1 hits", PFG_NEUTRAL),
    EVENT("Callgrind", "LLhits", "LL hits", PFG_NEUTRAL),
    EVENT("Callgrind", "RamHits", "RAM hits", PFG_NEUTRAL),
    EVENT("Callgrind", "TotalRW", "reads and writes", PFG_NEUTRAL),
    EVENT("Dhat", "TotalBytes", "bytes", PFG_LOWER),
    EVENT("Dhat", "TotalBlocks", "allocs", PFG_LOWER),
};

/* iai-callgrind 0.15, whose schema has version 3, and older ones */
#define OLD(name, metric, better)                                              \
    {"callgrind_summary/callgrind_run/total/summary/" name "/metrics/Both/0",  \
     metric, "1", better, .exact = true},                                      \
        {"callgrind_summary/callgrind_run/total/summary/" name                 \
         "/metrics/Left",                                                      \
         metric, "1", better, .exact = true},                                  \
    {                                                                          \
        "callgrind_summary/summaries/*/events/" name "/new", metric, "1",      \
            better, .exact = true                                              \
    }

static const struct pfg_json_row old_rows[] = {
    OLD("Ir", "instructions", PFG_LOWER),
    OLD("EstimatedCycles", "estimated cycles", PFG_LOWER),
    OLD("L1hits", "L1 hits", PFG_NEUTRAL),
    OLD("LLhits", "LL hits", PFG_NEUTRAL),
    OLD("RamHits", "RAM hits", PFG_NEUTRAL),
    OLD("TotalRW", "reads and writes", PFG_NEUTRAL),
};

static const struct pfg_json_table oldest = {
    .has = {"callgrind_summary", "tool_summaries", "module_path",
            "benchmark_exe"},
    .name = "module_path&id",
    PFG_JSON_ROWS(old_rows),
};

static const struct pfg_json_table old = {
    .has = {"callgrind_summary", "function_name", "module_path",
            "benchmark_exe"},
    .name = "function_name&id",
    .suite = "module_path",
    .next = &oldest,
    PFG_JSON_ROWS(old_rows),
};

static const struct pfg_json_table table = {
    .has = {"profiles", "function_name", "module_path", "benchmark_exe"},
    .name = "function_name&id",
    .suite = "module_path",
    .next = &old,
    PFG_JSON_ROWS(rows),
};

const struct pfg_ingester pfg_ingester_gungraun = {
    .name = "gungraun",
    .title = "gungraun, iai-callgrind, iai (text, summary.json)",
    .looks =
        "'  Instructions:   1734|1700' below a name, or a JSON object with "
        "'profiles' or 'callgrind_summary', and 'module_path'",
    .state_size = sizeof(struct state),
    .line = read_line,
    .json = &table,
    .document = pfg_json_table_read,
};
