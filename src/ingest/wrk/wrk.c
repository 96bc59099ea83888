#include <stdio.h>
#include <string.h>

#include "ingest/core/ingest.h"
#include "ingest/core/printed_number.h"
#include "ingest/wrk/wrk_block.h"

/*
 * wrk and wrk2: the lines of their table.
 *
 * Units are those of wg/wrk, src/units.c: times go in steps of 1000 up to
 * seconds, then in steps of 60 (m, h); counts in steps of 1000; bytes in steps
 * of 1024, so a "MB" is a MiB.
 */

struct state {
    struct pfg_wrk_history history;
    struct pfg_wrk_block block;
};

/* The units of bytes. */
static const struct scale {
    const char *name;
    double factor;
} scales[] = {
    {"B", 1},
    {"KB", 1024.0},
    {"MB", 1048576.0},
    {"GB", 1073741824.0},
    {"TB", 1099511627776.0},
    {"PB", 1125899906842624.0},
};

static bool read_bytes(struct pfg_printed *out, struct pfg_slice word)
{
    out->digits = pfg_take_number(&word);
    out->unit = word;
    for (size_t i = 0; out->digits.len && i < PFG_COUNT(scales); i++) {
        struct pfg_unit unit = {.factor = scales[i].factor};

        if (pfg_slice_is(word, scales[i].name)) {
            return !pfg_printed_convert(out, &unit);
        }
    }
    return false;
}

/* "635.91us", "1.90s", "1.01m" (minutes). */
static bool read_time(struct pfg_printed *out, struct pfg_slice word)
{
    struct pfg_unit unit;

    out->digits = pfg_take_number(&word);
    out->unit = word;
    unit = pfg_unit_find(word);
    return out->digits.len && word.len && pfg_slice_is(unit.base, "s") &&
           !pfg_printed_convert(out, &unit);
}

static bool add_latency(struct pfg_reader *reader, struct pfg_wrk_block *block,
                        const char *statistic, struct pfg_slice word,
                        enum pfg_direction better)
{
    struct pfg_printed printed;
    char metric[64];

    if (!read_time(&printed, word)) {
        return false;
    }
    snprintf(metric, sizeof metric, "latency %s", statistic);
    pfg_wrk_block_add(block, reader, metric, PFG_LIT("s"), better, &printed);
    return true;
}

static void warn_line(struct pfg_reader *reader, struct pfg_slice line)
{
    pfg_reader_warn(reader, "unreadable line of wrk: '%.*s'",
                    PFG_SLICE(pfg_slice_first(pfg_slice_trim(line), 80)));
}

/* "Running 30s test @ http://host/". autocannon prints the same line; it is
 * wrk's if the next line has threads and connections. */
static bool begin_block(struct pfg_reader *reader, struct state *state,
                        struct pfg_slice line)
{
    struct pfg_wrk_block *block = &state->block;
    struct pfg_slice duration, url;

    if (!pfg_take(&line, "Running ")) {
        return false;
    }
    duration = pfg_take_word(&line);
    if (!pfg_take(&line, " test @ ")) {
        return false;
    }
    url = pfg_slice_trim(line);
    if (!duration.len || duration.len >= 24 || !url.len ||
        url.len >= PFG_WRK_URL) {
        return false;
    }
    pfg_wrk_block_flush(block, &state->history, reader);
    pfg_wrk_block_begin(block, reader, duration, url);
    return true;
}

static enum pfg_claim on_announced(struct pfg_reader *reader,
                                   struct pfg_wrk_block *block,
                                   struct pfg_slice line)
{
    struct pfg_slice rest = pfg_slice_trim(line);
    struct pfg_slice threads = pfg_take_digits(&rest), connections;

    if (!rest.len && !threads.len) {
        return PFG_NOT_MINE;
    }
    block->place = PFG_WRK_OUTSIDE;
    if (!threads.len || threads.len > 20 || !pfg_take(&rest, " threads and ")) {
        return PFG_NOT_MINE;
    }
    connections = pfg_take_digits(&rest);
    if (!connections.len || connections.len > 20 ||
        !pfg_slice_is(rest, " connections")) {
        return PFG_NOT_MINE;
    }
    block->threads = pfg_arena_copy(reader->arena, threads);
    block->connections = pfg_arena_copy(reader->arena, connections);
    block->place = PFG_WRK_TABLE;
    return PFG_MINE;
}

/* "Latency   635.91us    0.89ms  12.92ms   93.69%" */
static void on_latency(struct pfg_reader *reader, struct pfg_wrk_block *block,
                       struct pfg_slice line)
{
    static const struct {
        const char *name;
        enum pfg_direction better;
    } columns[] = {
        {"mean", PFG_LOWER}, {"stdev", PFG_NEUTRAL}, {"max", PFG_NEUTRAL}};
    struct pfg_slice rest = line;

    for (size_t i = 0; i < PFG_COUNT(columns); i++) {
        if (!add_latency(reader, block, columns[i].name, pfg_take_word(&rest),
                         columns[i].better)) {
            warn_line(reader, line);
            return;
        }
    }
}

/* "connect 0, read 257, write 2, timeout 0" */
static void on_socket_errors(struct pfg_reader *reader,
                             struct pfg_wrk_block *block, struct pfg_slice line)
{
    struct pfg_slice rest = line;
    bool good = true;

    for (size_t i = 0; i < PFG_WRK_SOCKET_ERRORS; i++) {
        struct pfg_slice part = pfg_take_until(&rest, ',');

        good = pfg_slice_is(pfg_take_word(&part), pfg_wrk_counter_word(i)) &&
               pfg_wrk_block_count(block, reader, i, pfg_slice_trim(part)) &&
               good;
    }
    if (!good) {
        warn_line(reader, line);
    }
}

static void on_status(struct pfg_reader *reader, struct pfg_wrk_block *block,
                      struct pfg_slice line)
{
    if (!pfg_wrk_block_count(block, reader, PFG_WRK_STATUS,
                             pfg_slice_trim(line))) {
        warn_line(reader, line);
    }
}

static void on_requests(struct pfg_reader *reader, struct pfg_wrk_block *block,
                        struct pfg_slice line)
{
    struct pfg_printed printed = {.digits = pfg_slice_trim(line)};
    struct pfg_unit unit = {.factor = 1};

    if (pfg_printed_convert(&printed, &unit)) {
        warn_line(reader, line);
        return;
    }
    printed.unit = PFG_LIT("requests/sec");
    pfg_wrk_block_add(block, reader, "requests", PFG_LIT("1/s"), PFG_HIGHER,
                      &printed);
    block->finished = true;
    block->place = PFG_WRK_AFTER;
}

static void on_transfer(struct pfg_reader *reader, struct pfg_wrk_block *block,
                        struct pfg_slice line)
{
    struct pfg_printed printed;

    if (!read_bytes(&printed, pfg_slice_trim(line))) {
        warn_line(reader, line);
        return;
    }
    pfg_wrk_block_add(block, reader, "transfer", PFG_LIT("B/s"), PFG_HIGHER,
                      &printed);
    block->in_section = true; /* done() need not print a heading */
    block->section[0] = '\0';
}

/* Lines that are known by their first words. */
static const struct opening {
    const char *text;
    void (*read)(struct pfg_reader *reader, struct pfg_wrk_block *block,
                 struct pfg_slice rest); /* NULL: nothing to read */
    enum pfg_wrk_place place; /* the part that begins here; 0: none */
} openings[] = {
    {"Thread Stats ", NULL, 0},
    {"Thread calibration: ", NULL, 0},
    {"Req/Sec ", NULL, 0}, /* of one thread: not the result */
    {"Latency Distribution", NULL, PFG_WRK_DISTRIBUTION},
    {"Latency ", on_latency, 0},
    {"Detailed Percentile spectrum:", NULL, PFG_WRK_SPECTRUM},
    {"Socket errors: ", on_socket_errors, 0},
    {"Non-2xx or 3xx responses: ", on_status, 0},
    {"Requests/sec: ", on_requests, 0},
    {"Transfer/sec: ", on_transfer, 0},
};

/* The shortest time that "Running 20s test" can mean: wrk rounds to whole
 * seconds, minutes or hours, so "2m" may be 90 seconds. 0: unknown. */
static double announced_seconds(const struct pfg_wrk_block *block)
{
    struct pfg_printed printed;

    return read_time(&printed, block->duration)
               ? printed.value - printed.resolution
               : 0;
}

/* "192978 requests in 3.10s, 1.04GB read" */
static bool on_total(struct pfg_reader *reader, struct pfg_wrk_block *block,
                     struct pfg_slice line)
{
    struct pfg_slice digits = pfg_take_digits(&line), time;
    struct pfg_printed ran;

    if (!pfg_take(&line, " requests in ") || !pfg_slice_ends(line, " read") ||
        !pfg_wrk_read_count(&block->total, digits)) {
        return false;
    }
    time = pfg_take_until(&line, ',');
    if (read_time(&ran, time) &&
        ran.value < PFG_SHORT_OF * announced_seconds(block)) {
        char words[64];

        snprintf(words, sizeof words, "wrk ran for %.*s of %.*s",
                 PFG_SLICE(time), PFG_SLICE(block->duration));
        pfg_reader_cut_short(reader, words);
    }
    block->has_total = true;
    block->place = PFG_WRK_TABLE;
    return true;
}

/* " 99.900%   12.84ms". With two distributions (wrk2 -U) the first counts. Its
 * last row repeats the maximum. */
static bool on_percentile(struct pfg_reader *reader,
                          struct pfg_wrk_block *block, struct pfg_slice line)
{
    struct pfg_slice digits = pfg_take_number(&line);
    struct pfg_printed printed;
    char name[PFG_WRK_PERCENTILE];

    if (!pfg_take(&line, "%") || !pfg_wrk_percentile(name, digits) ||
        !read_time(&printed, pfg_slice_trim(line))) {
        return false;
    }
    if (block->n_distributions == 1 && strcmp(name, "p100")) {
        add_latency(reader, block, name, pfg_slice_trim(line), PFG_LOWER);
    }
    return true;
}

/* "#[Mean    =        1.551, StdDeviation   =        0.991]", in ms. */
static void on_moments(struct pfg_reader *reader, struct pfg_wrk_block *block,
                       struct pfg_slice line)
{
    static const struct {
        const char *label, *metric;
        enum pfg_direction better;
    } moments[] = {{"#[Mean", "latency mean", PFG_LOWER},
                   {"StdDeviation", "latency stdev", PFG_NEUTRAL},
                   {"#[Max", "latency max", PFG_NEUTRAL}};
    struct pfg_unit unit = pfg_unit_find(PFG_LIT("ms"));

    for (size_t i = 0; block->n_distributions == 1 && i < PFG_COUNT(moments);
         i++) {
        size_t at = pfg_slice_find(line, moments[i].label);
        struct pfg_slice rest = pfg_slice_from(line, at);
        struct pfg_printed printed = {.unit = PFG_LIT("ms")};

        pfg_take_until(&rest, '=');
        rest = pfg_slice_trim_left(rest);
        printed.digits = pfg_take_number(&rest);
        if (printed.digits.len && !pfg_printed_convert(&printed, &unit)) {
            pfg_wrk_block_add(block, reader, moments[i].metric, PFG_LIT("s"),
                              moments[i].better, &printed);
        }
    }
}

/* Rows of four numbers (the last may be "inf"), their heading, the three lines
 * in brackets, and the rule. */
static bool on_spectrum_line(struct pfg_reader *reader,
                             struct pfg_wrk_block *block, struct pfg_slice line)
{
    struct pfg_slice rest = line;
    size_t n = 0;

    if (pfg_slice_starts(line, "#[")) {
        on_moments(reader, block, line);
        return true;
    }
    if (pfg_slice_starts(line, "Value ") || pfg_slice_starts(line, "-----")) {
        return true;
    }
    while (rest.len && n < 5) {
        struct pfg_slice word = pfg_take_word(&rest);
        struct pfg_slice number = word;

        pfg_take_number(&number);
        if (number.len && !pfg_slice_is(word, "inf")) {
            return false;
        }
        n++;
    }
    return n == 4;
}

static enum pfg_claim on_table(struct pfg_reader *reader,
                               struct pfg_wrk_block *block,
                               struct pfg_slice text)
{
    for (size_t i = 0; i < PFG_COUNT(openings); i++) {
        struct pfg_slice rest = text;

        if (!pfg_take(&rest, openings[i].text)) {
            continue;
        }
        if (openings[i].place) {
            block->place = openings[i].place;
            block->n_distributions += block->place == PFG_WRK_DISTRIBUTION;
        }
        if (openings[i].read) {
            openings[i].read(reader, block, rest);
        }
        return PFG_MINE;
    }
    if (on_total(reader, block, text) ||
        (block->place == PFG_WRK_DISTRIBUTION &&
         on_percentile(reader, block, text)) ||
        (block->place == PFG_WRK_SPECTRUM &&
         on_spectrum_line(reader, block, text))) {
        return PFG_MINE;
    }
    return PFG_NOT_MINE;
}

/* "unable to connect to 127.0.0.1:18099 Connection refused", or "unable to
 * resolve": wrk prints nothing else then. */
static bool on_unable(struct pfg_reader *reader, struct pfg_slice line)
{
    struct pfg_slice rest = line, host;

    if (!pfg_take(&rest, "unable to connect to ") &&
        !pfg_take(&rest, "unable to resolve ")) {
        return false;
    }
    host = pfg_take_word(&rest);
    if (pfg_slice_find_byte(host, ':') == host.len || !rest.len) {
        return false;
    }
    pfg_reader_fail(reader, "wrk: %.*s",
                    PFG_SLICE(pfg_slice_first(pfg_slice_trim(line), 200)));
    return true;
}

/* A table without its first lines, as `tail` leaves it. It begins with the
 * threads and connections or with the heading of the columns; with --format
 * wrk, with any of its lines. It does not say what was measured. */
static enum pfg_claim begin_headless(struct pfg_reader *reader,
                                     struct state *state, struct pfg_slice text)
{
    struct pfg_wrk_block *block = &state->block;
    bool heading = pfg_slice_starts(text, "Thread Stats ");
    struct pfg_slice rest = text;
    enum pfg_claim claim;

    if (!heading &&
        (block->place == PFG_WRK_AFTER ||
         !(reader->options->format || pfg_take_digits(&rest).len))) {
        return PFG_NOT_MINE;
    }
    pfg_wrk_block_flush(block, &state->history, reader);
    pfg_wrk_block_begin(block, reader, pfg_slice_of(NULL), PFG_LIT("wrk"));
    claim = on_announced(reader, block, text);
    if (claim == PFG_NOT_MINE && (reader->options->format || heading)) {
        block->place = PFG_WRK_TABLE;
        claim = on_table(reader, block, text);
    }
    if (claim == PFG_NOT_MINE) {
        block->place = PFG_WRK_OUTSIDE;
    }
    return claim;
}

static enum pfg_claim wrk_line(struct pfg_reader *reader, void *self,
                               struct pfg_slice line)
{
    struct state *state = self;
    struct pfg_wrk_block *block = &state->block;
    struct pfg_slice text = pfg_slice_trim(line);

    if (begin_block(reader, state, line)) {
        return PFG_NOT_MINE;
    }
    if (on_unable(reader, line)) {
        return PFG_MINE;
    }
    switch (block->place) {
    case PFG_WRK_OUTSIDE:
        return begin_headless(reader, state, text);
    case PFG_WRK_ANNOUNCED:
        return on_announced(reader, block, line);
    case PFG_WRK_AFTER:
        if (begin_headless(reader, state, text) == PFG_MINE) {
            return PFG_MINE;
        }
        if (!pfg_slice_starts(text, "Transfer/sec: ")) {
            return pfg_wrk_lua_line(block, reader, text);
        }
        /* fallthrough */
    case PFG_WRK_TABLE:
    case PFG_WRK_DISTRIBUTION:
    case PFG_WRK_SPECTRUM:
        break;
    }
    return on_table(reader, block, text);
}

static void wrk_finish(struct pfg_reader *reader, void *self)
{
    struct state *state = self;

    pfg_wrk_block_flush(&state->block, &state->history, reader);
}

const struct pfg_ingester pfg_ingester_wrk = {
    .name = "wrk",
    .title = "wrk and wrk2 (text)",
    .looks = "lines 'Running 10s test @ URL', 'N threads and N connections'",
    .state_size = sizeof(struct state),
    .line = wrk_line,
    .finish = wrk_finish,
};
