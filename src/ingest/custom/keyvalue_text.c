#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "ingest/core/keyvalue.h"
#include "ingest/core/measurement_builder.h"
#include "ingest/custom/generic.h"

/*
 * The reports of home-made scripts:
 *
 *   === Benchmark Results: Medium Load ===
 *   Throughput: 199.78 req/sec
 *   Latency:
 *     p99: 2.3ms
 *   error_rate=0.11%
 *
 * Logs are full of such lines. They are read only under a heading that
 * announces results: rules of "=", "-", "*" or "#" around words that include
 * "benchmark", or "results" with "test", "performance" or "load". They end at
 * the first line that another tool claims, or at another heading. With --format
 * keyvalue all such lines are read.
 */

#define MAX_NAME 120

struct state {
    bool begun, open;
    size_t n_claimed; /* lines of other tools when the heading was read */
    char benchmark[MAX_NAME + 1];
    char section[PFG_KEYVALUE_METRIC]; /* "LATENCY:", below the heading */
    size_t indent;                     /* of that line */
    bool deeper;                       /* lines with a larger indent followed */
    struct pfg_map warned;
};

/* "=== Medium Load ===": the text between the rules, which have three
 * characters or more. "#" may be a single one, and only in front. */
static bool is_heading(struct pfg_slice *out, struct pfg_slice line)
{
    struct pfg_slice text = pfg_slice_trim(line);
    char rule = text.len ? *text.ptr : ' ';
    size_t before = 0, after = 0;

    if (!strchr("=-*#", rule)) {
        return false;
    }
    while (text.len && *text.ptr == rule) {
        text = pfg_slice_from(text, 1);
        before++;
    }
    while (text.len && text.ptr[text.len - 1] == rule) {
        text.len--;
        after++;
    }
    *out = pfg_slice_trim(text);
    return out->len && *text.ptr == ' ' &&
           (rule == '#' ? true : before >= 3 && after >= 3);
}

static bool is_of_results(struct pfg_slice heading)
{
    return pfg_generic_has_word(heading, "benchmark") ||
           (pfg_generic_has_word(heading, "results") &&
            pfg_generic_has_word(heading, "test performance load"));
}

/* The benchmark is the text after the colon, or the whole heading. */
static void set_benchmark(struct state *state, struct pfg_slice heading)
{
    size_t colon = pfg_slice_find(heading, ": ");
    struct pfg_slice name =
        colon < heading.len ? pfg_slice_trim(pfg_slice_from(heading, colon + 1))
                            : heading;

    name = name.len ? name : heading;
    snprintf(state->benchmark, sizeof state->benchmark, "%.*s",
             PFG_SLICE(name));
    state->section[0] = '\0';
}

static size_t indent_of(struct pfg_slice line)
{
    return line.len - pfg_slice_trim_left(line).len;
}

/* "Latency:", "RESPONSE TIMES (ms):": a heading within the heading. */
static bool parse_section(struct state *state, struct pfg_slice line)
{
    struct pfg_slice name = pfg_slice_trim(line);

    if (!pfg_slice_ends(name, ":") || name.len > 60 ||
        !isalpha((unsigned char)*name.ptr)) {
        return false;
    }
    name.len--;
    if (pfg_slice_find_byte(name, ':') < name.len) {
        return false;
    }
    snprintf(state->section, sizeof state->section, "%.*s", PFG_SLICE(name));
    state->indent = indent_of(line);
    state->deeper = false;
    return true;
}

/* If the lines of a section are indented more than its heading, the first that
 * is not ends it. */
static void leave_section(struct state *state, struct pfg_slice line)
{
    bool deeper = indent_of(line) > state->indent;

    if (state->deeper && !deeper) {
        state->section[0] = '\0';
    }
    state->deeper |= deeper;
}

static void send(struct pfg_reader *reader, struct state *state,
                 const struct pfg_keyvalue *line)
{
    struct pfg_keyvalue_meaning found;
    struct pfg_generic_meaning meaning;
    struct pfg_builder finding = pfg_builder_begin(reader, NULL, NULL);

    pfg_keyvalue_find(&found, pfg_slice_of(state->section), line);
    meaning = pfg_generic_find(reader, pfg_slice_of(found.metric),
                               pfg_slice_of(found.metric), found.unit,
                               pfg_slice_of(NULL));
    if (found.better != PFG_NEUTRAL || found.known) {
        meaning.better = found.better;
        meaning.has_better = true;
        meaning.error = NULL;
    }
    pfg_builder_unit(&finding, found.unit);
    if (!pfg_builder_read_value(&finding, line->number)) {
        return;
    }
    finding.m.benchmark = pfg_slice_of(state->benchmark);
    finding.m.metric = meaning.metric;
    finding.m.better = meaning.better;
    finding.m.error = pfg_slice_of(meaning.error);
    pfg_builder_send(&finding);
    if (!meaning.has_better) {
        pfg_generic_warn(reader, &state->warned, meaning.metric);
    }
}

static bool parse_pair(struct pfg_reader *reader, struct state *state,
                       struct pfg_slice line)
{
    struct pfg_keyvalue pair;

    if (!pfg_keyvalue_line(&pair, line, '=') &&
        !pfg_keyvalue_line(&pair, line, ':')) {
        return false;
    }
    leave_section(state, line);
    send(reader, state, &pair);
    return true;
}

static void begin(struct pfg_reader *reader, struct state *state)
{
    state->begun = true;
    state->open = reader->options->format != NULL;
    if (state->open) {
        set_benchmark(state, pfg_generic_stem(reader->pos.file));
    }
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;
    struct pfg_slice heading;

    if (!state->begun) {
        begin(reader, state);
    }
    if (is_heading(&heading, line)) {
        state->open = reader->options->format || is_of_results(heading);
        state->n_claimed = reader->n_claimed;
        set_benchmark(state, heading);
        return state->open ? PFG_MINE : PFG_NOT_MINE;
    }
    if (state->n_claimed != reader->n_claimed && !reader->options->format) {
        state->open = false;
    }
    if (!state->open) {
        return PFG_NOT_MINE;
    }
    if (!pfg_slice_trim(line).len) {
        state->section[0] = '\0';
        return PFG_NOT_MINE;
    }
    return parse_pair(reader, state, line) || parse_section(state, line)
               ? PFG_MINE
               : PFG_NOT_MINE;
}

const struct pfg_ingester pfg_ingester_keyvalue = {
    .name = "keyvalue",
    .title = "lines 'key: value' and 'key=value'",
    .looks = "a heading such as '=== Benchmark Results: NAME ===' and lines "
             "'key: 2.3ms' under it",
    .last = true,
    .state_size = sizeof(struct state),
    .line = read_line,
};
