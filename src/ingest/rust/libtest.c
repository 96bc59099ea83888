#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "ingest/core/measurement_builder.h"

/*
 * Rust's built-in harness, and what prints like it (bencher, criterion
 * --output-format bencher):
 *
 *     running 2 tests
 *     test a::b   ... bench:     112,957 ns/iter (+/- 1,480) = 88 MB/s
 *     test c      ... ignored
 *     test result: ok. 0 passed; 0 failed; 1 ignored; 1 measured; 0 filtered
 *
 * The value is the median. The number after "+/-" is a standard deviation in
 * criterion's output, and in libtest's the span of the samples; the span is
 * never smaller, so it can be read as a standard deviation without making a
 * result look more certain than it is. criterion before 0.8.2 prints "test c
 * ... " when it begins to measure, so anything may stand between a name and its
 * "bench:".
 */

#define NAME_MAX_BYTES 4096

struct state {
    bool ready;
    struct pfg_map seen; /* name -> struct seen */
    long process;        /* from 1 */
    char target[128];    /* the current one: x of "Running benches/x.rs" */
    char name[NAME_MAX_BYTES]; /* begun, without a result yet */
    size_t name_len;
    long running_line; /* of "running 84 tests"; 0: outside of a block */
    uint64_t expected;
    size_t n_measured; /* since that line */
};

struct seen {
    const char *target; /* the first that measured it */
    long process;       /* the last that measured it */
};

#define DIGITS_MAX 63

/* "112,957.03": as written, and without commas. */
struct grouped {
    struct pfg_slice written, plain;
    char digits[DIGITS_MAX];
};

static bool parse_grouped(struct grouped *out, struct pfg_slice *rest)
{
    size_t n = 0, n_plain = 0;

    *rest = pfg_slice_trim_left(*rest);
    while (n < rest->len && n < DIGITS_MAX &&
           memchr("0123456789,.", rest->ptr[n], 12)) {
        n++;
    }
    if (!n || rest->ptr[0] == ',') {
        return false;
    }
    out->written = pfg_slice_first(*rest, n);
    for (size_t i = 0; i < n; i++) {
        if (out->written.ptr[i] != ',') {
            out->digits[n_plain++] = out->written.ptr[i];
        }
    }
    out->plain = pfg_slice_make(out->digits, n_plain);
    *rest = pfg_slice_from(*rest, n);
    return true;
}

/* The text after "bench:". */
struct result {
    struct grouped value, spread, throughput;
    struct pfg_slice unit;            /* "ns/iter" */
    struct pfg_slice throughput_unit; /* "MB/s"; empty: none */
};

/* "MS/s": home-made harnesses print a rate instead of a time. */
static bool is_rate(struct pfg_slice unit)
{
    return unit.len > 2 && pfg_slice_ends(unit, "/s");
}

static bool read_result(struct result *out, struct pfg_slice text)
{
    struct pfg_slice rest = text;

    out->throughput_unit = pfg_slice_make(NULL, 0);
    if (!parse_grouped(&out->value, &rest)) {
        return false;
    }
    out->unit = pfg_take_word(&rest);
    rest = pfg_slice_trim_left(rest);
    if ((!pfg_slice_ends(out->unit, "/iter") && !is_rate(out->unit)) ||
        !pfg_take(&rest, "(+/- ") || !parse_grouped(&out->spread, &rest) ||
        !pfg_take(&rest, ")")) {
        return false;
    }
    rest = pfg_slice_trim(rest);
    if (pfg_take(&rest, "= ")) {
        if (!parse_grouped(&out->throughput, &rest)) {
            return false;
        }
        out->throughput_unit = pfg_take_word(&rest);
    }
    return !pfg_slice_trim(rest).len;
}

/* Sends a measurement with the name and the place of `like`. A number without a
 * spread was derived from the time. */
static void send(struct pfg_reader *reader, const struct pfg_measurement *like,
                 struct pfg_slice metric, enum pfg_direction better,
                 struct pfg_slice unit, const struct grouped *number,
                 const struct grouped *spread)
{
    struct pfg_builder finding = pfg_builder_begin(reader, NULL, NULL);

    pfg_builder_unit(&finding, unit);
    finding.m.suite = like->suite;
    finding.m.benchmark = like->benchmark;
    finding.m.pos = like->pos;
    finding.m.metric = metric;
    finding.m.better = better;
    finding.m.derived = !spread;
    if (!pfg_builder_read_summary(&finding, number->plain)) {
        pfg_builder_error(&finding, "not a number");
    }
    finding.summary_written = number->written;
    if (spread) {
        finding.summary.stddev =
            pfg_builder_read_number(&finding, spread->plain);
    }
    pfg_builder_send(&finding);
}

/* "time" for any unit of time; "cycles" for "cycles/iter". */
static struct pfg_slice metric_of(struct pfg_slice written)
{
    const char *metric = pfg_unit_find(written).metric;

    return metric ? pfg_slice_of(metric)
                  : pfg_slice_first(written, pfg_slice_find_byte(written, '/'));
}

static void send_result(struct pfg_reader *reader,
                        const struct pfg_measurement *like,
                        const struct result *result)
{
    bool rate = is_rate(result->unit);

    send(reader, like, rate ? PFG_LIT("throughput") : metric_of(result->unit),
         rate ? PFG_HIGHER : PFG_LOWER, result->unit, &result->value,
         &result->spread);
    if (result->throughput_unit.len) {
        send(reader, like, PFG_LIT("throughput"), PFG_HIGHER,
             result->throughput_unit, &result->throughput, NULL);
    }
}

static void get_ready(struct pfg_reader *reader, struct state *state)
{
    if (!state->ready) {
        state->ready = true;
        state->process = 1;
        pfg_map_init(&state->seen, reader->arena);
    }
}

/*
 * A name that is measured again was measured by another process, unless it
 * belongs to another target: then it is another benchmark, of that suite.
 */
static void identify(struct pfg_reader *reader, struct state *state,
                     struct pfg_measurement *m)
{
    struct pfg_process_start start = {.time = reader->time};
    void **place = pfg_map_at(&state->seen, m->benchmark);
    struct seen *seen = *place;

    if (!seen) {
        seen = pfg_arena_alloc(reader->arena, sizeof *seen);
        seen->target = pfg_arena_strdup(reader->arena, state->target);
        *place = seen;
    } else if (strcmp(seen->target, state->target)) {
        m->suite = pfg_slice_of(state->target);
        return;
    } else if (seen->process == state->process) {
        state->process++;
        reader->sink->process(reader->sink->self, &start);
    }
    seen->process = state->process;
}

static void measured(struct pfg_reader *reader, struct state *state,
                     struct pfg_slice name, const struct result *result)
{
    struct pfg_measurement m = {.benchmark = name, .pos = reader->pos};

    get_ready(reader, state);
    identify(reader, state, &m);
    send_result(reader, &m, result);
    state->n_measured++;
    state->name_len = 0;
}

/* Splits "test NAME ... REST". A name may contain " ... " itself, so what
 * follows it shows where it ends. */
static bool split_test(struct pfg_slice line, struct pfg_slice *name,
                       struct pfg_slice *rest)
{
    size_t at;

    if (!pfg_take(&line, "test ")) {
        return false;
    }
    at = pfg_slice_find(line, " ... bench:");
    if (at == line.len) {
        at = pfg_slice_find(line, " ...");
    }
    *name = pfg_slice_trim(pfg_slice_first(line, at));
    *rest = pfg_slice_from(line, at + strlen(" ..."));
    return at < line.len && name->len && name->len < NAME_MAX_BYTES;
}

static enum pfg_claim on_bench(struct pfg_reader *reader, struct state *state,
                               struct pfg_slice name, struct pfg_slice text)
{
    struct pfg_slice shown = pfg_slice_first(pfg_slice_trim(text), 100);
    struct result result;

    if (!read_result(&result, text)) {
        pfg_reader_warn(reader, "unreadable result: '%.*s'", PFG_SLICE(shown));
        return PFG_MINE;
    }
    if (!name.len) {
        pfg_reader_warn(reader, "a result without the name of a benchmark");
        return PFG_MINE;
    }
    measured(reader, state, name, &result);
    return PFG_MINE;
}

static enum pfg_claim on_test(struct pfg_reader *reader, struct state *state,
                              struct pfg_slice line)
{
    struct pfg_slice name, rest;

    if (!split_test(line, &name, &rest)) {
        return PFG_NOT_MINE;
    }
    rest = pfg_slice_trim(rest);
    if (pfg_take(&rest, "bench:")) {
        return on_bench(reader, state, name, rest);
    }
    state->name_len = 0;
    if (!pfg_slice_starts(rest, "ok") && !pfg_slice_starts(rest, "ignored") &&
        !pfg_slice_starts(rest, "FAILED")) {
        memcpy(state->name, name.ptr, name.len);
        state->name_len = name.len;
    }
    return PFG_NOT_MINE;
}

/* "test result: FAILED. 0 passed; 1 failed; 0 ignored; 3 measured; ..." ends a
 * block. A block without measurements is not claimed. */
static enum pfg_claim on_end(struct pfg_reader *reader, struct state *state,
                             struct pfg_slice line)
{
    struct pfg_slice rest = line;
    bool ours = state->n_measured > 0;

    if (!pfg_take(&rest, "test result: ")) {
        return PFG_NOT_MINE;
    }
    if (ours && pfg_slice_starts(rest, "FAILED")) {
        pfg_reader_fail(reader, "libtest: %.*s",
                        PFG_SLICE(pfg_slice_first(rest, 200)));
    }
    state->running_line = 0;
    state->n_measured = 0;
    state->name_len = 0;
    return ours ? PFG_MINE : PFG_NOT_MINE;
}

static void cut_off(struct pfg_reader *reader, struct state *state)
{
    struct pfg_pos here = reader->pos;

    if (state->running_line && state->n_measured) {
        reader->pos.line = state->running_line;
        pfg_reader_fail(reader,
                        "the run ends after %zu benchmarks of %llu tests, "
                        "without 'test result:': cut off?",
                        state->n_measured, (unsigned long long)state->expected);
        reader->pos = here;
    }
    state->running_line = 0;
    state->n_measured = 0;
}

/* "running 84 tests" */
static bool on_begin(struct pfg_reader *reader, struct state *state,
                     struct pfg_slice line)
{
    struct pfg_slice rest = line;
    struct pfg_slice digits;
    uint64_t n;

    if (!pfg_take(&rest, "running ")) {
        return false;
    }
    digits = pfg_take_digits(&rest);
    if (pfg_number_parse_u64(&n, digits) ||
        !(pfg_slice_is(rest, " tests") || pfg_slice_is(rest, " test"))) {
        return false;
    }
    cut_off(reader, state);
    state->running_line = reader->pos.line;
    state->expected = n;
    return true;
}

/* "     Running benches/x.rs (target/release/deps/x-0123456789abcdef)" */
static void on_target(struct state *state, struct pfg_slice line)
{
    struct pfg_slice rest = pfg_slice_trim(line);
    size_t at = pfg_slice_find_byte(rest, '(');
    struct pfg_slice file = pfg_slice_from(rest, at + 1);

    if (!pfg_take(&rest, "Running ") || !pfg_slice_ends(file, ")")) {
        return;
    }
    file.len--;
    at = pfg_slice_find_last_byte(file, '/');
    file = pfg_slice_from(file, at < file.len ? at + 1 : 0);
    file = pfg_slice_first(file, pfg_slice_find_last_byte(file, '-'));
    file = pfg_slice_first(file, sizeof state->target - 1);
    if (file.len) {
        memcpy(state->target, file.ptr, file.len);
    }
    state->target[file.len] = '\0';
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    struct state *state = self;
    struct pfg_slice text = pfg_slice_trim(line), rest = text;

    if (!text.len) {
        return PFG_NOT_MINE;
    }
    switch (text.ptr[0]) {
    case 't':
        return pfg_slice_starts(text, "test result: ")
                   ? on_end(reader, state, text)
                   : on_test(reader, state, text);
    case 'r':
        on_begin(reader, state, text);
        return PFG_NOT_MINE;
    case 'R':
        on_target(state, text);
        return PFG_NOT_MINE;
    case 'b':
        return pfg_take(&rest, "bench:") && pfg_slice_has(rest, "/iter (+/- ")
                   ? on_bench(reader, state,
                              pfg_slice_make(state->name, state->name_len),
                              rest)
                   : PFG_NOT_MINE;
    default:
        return PFG_NOT_MINE;
    }
}

static void finish(struct pfg_reader *reader, void *self)
{
    cut_off(reader, self);
}

/*
 * `--format json` (unstable): {"type": "bench", "name", "median", "deviation",
 * "mib_per_second"} in nanoseconds, among events of the suite and its tests.
 */
static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    struct pfg_slice type = pfg_builder_member(root, "type");
    struct pfg_measurement like = {
        .benchmark = pfg_builder_member(root, "name"),
        .pos = pfg_reader_place(reader, document, root),
    };
    struct grouped median, deviation, speed;

    median.plain = median.written =
        pfg_json_digits(document, pfg_json_get(root, "median"));
    deviation.plain =
        pfg_json_digits(document, pfg_json_get(root, "deviation"));
    speed.plain = speed.written =
        pfg_json_digits(document, pfg_json_get(root, "mib_per_second"));
    if (!pfg_slice_is(type, "bench") ||
        !pfg_json_string(pfg_json_get(root, "name")) || !median.plain.len) {
        return PFG_NOT_MINE;
    }
    send(reader, &like, PFG_LIT("time"), PFG_LOWER, PFG_LIT("ns/iter"), &median,
         &deviation);
    if (speed.plain.len && !pfg_slice_is(speed.plain, "0")) {
        send(reader, &like, PFG_LIT("throughput"), PFG_HIGHER, PFG_LIT("MiB/s"),
             &speed, NULL);
    }
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_libtest = {
    .name = "libtest",
    .title = "Rust's libtest, bencher (text, JSON)",
    .looks = "lines 'test NAME ... bench:  1,234 ns/iter (+/- 5)'",
    .state_size = sizeof(struct state),
    .line = read_line,
    .finish = finish,
    .document = read_document,
};
