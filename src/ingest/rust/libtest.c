#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "ingest/core/ingest.h"
#include "ingest/core/printed_number.h"

/*
 * Rust's built-in harness, and whatever prints like it (bencher, criterion
 * --output-format bencher):
 *
 *     running 2 tests
 *     test a::b   ... bench:     112,957 ns/iter (+/- 1,480) = 88 MB/s
 *     test c      ... ignored
 *     test result: ok. 0 passed; 0 failed; 1 ignored; 1 measured; 0 filtered
 *
 * The value is the median. Behind "+/-" stands what the harness calls the
 * deviation: criterion's standard deviation; libtest's span of its samples,
 * which is no less, so that taking it for the other makes nothing look surer
 * than it is. criterion before 0.8.2 prints "test c ... " when it begins to
 * measure, so that anything may stand between a name and its "bench:".
 */

#define NAME_MAX_BYTES 4096

struct state {
    bool ready;
    struct pfg_map seen;       /* name -> struct seen */
    long process;              /* from 1 */
    char target[128];          /* "Running benches/x.rs": x; of now */
    char name[NAME_MAX_BYTES]; /* begun, and no result yet */
    size_t name_len;
    long running_line; /* of "running 84 tests"; 0: not inside */
    uint64_t expected;
    size_t n_measured; /* since that line */
};

struct seen {
    const char *target; /* where it was first measured */
    long process;       /* and last */
};

#define DIGITS_MAX 63

/* "112,957.03": its characters, and the same without commas. */
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

/* What stands behind "bench:". */
struct result {
    struct grouped value, spread, throughput;
    struct pfg_slice unit;            /* "ns/iter" */
    struct pfg_slice throughput_unit; /* "MB/s"; empty: none */
};

/* "MS/s": harnesses of people's own print a rate in the place of the time. */
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

static void emit(struct pfg_reader *reader, struct pfg_measurement *m,
                 const struct grouped *number, const struct pfg_unit *unit,
                 const struct grouped *spread)
{
    struct pfg_printed printed = {.digits = number->plain};
    struct pfg_summary summary;

    m->written = &number->written;
    m->unit = unit->base;
    if (pfg_printed_convert(&printed, unit)) {
        m->error = PFG_LIT("not a number");
        m->written = NULL;
    } else {
        summary = pfg_summary_of(printed.value);
        summary.resolution = printed.resolution;
        if (spread) {
            pfg_unit_convert(&summary.stddev, spread->plain, unit);
        }
        m->summary = &summary;
    }
    reader->sink->measurement(reader->sink->self, m);
    m->summary = NULL;
}

/* "cycles/iter" counts cycles; a time is called so whatever its unit is. */
static struct pfg_slice metric_of(const struct pfg_unit *unit,
                                  struct pfg_slice written)
{
    return unit->metric
               ? pfg_slice_of(unit->metric)
               : pfg_slice_first(written, pfg_slice_find_byte(written, '/'));
}

static void emit_result(struct pfg_reader *reader, struct pfg_measurement *m,
                        const struct result *result)
{
    struct pfg_unit unit = pfg_unit_find(result->unit);

    m->metric = is_rate(result->unit) ? PFG_LIT("throughput")
                                      : metric_of(&unit, result->unit);
    m->better = is_rate(result->unit) ? PFG_HIGHER : PFG_LOWER;
    m->written_unit = result->unit;
    emit(reader, m, &result->value, &unit, &result->spread);
    if (result->throughput_unit.len) {
        unit = pfg_unit_find(result->throughput_unit);
        m->metric = PFG_LIT("throughput");
        m->better = PFG_HIGHER;
        m->written_unit = result->throughput_unit;
        m->derived = true;
        emit(reader, m, &result->throughput, &unit, NULL);
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
 * A name that was measured before is measured by another process, unless it
 * stands in another target: then it is another benchmark, of that suite.
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
    emit_result(reader, &m, result);
    state->n_measured++;
    state->name_len = 0;
}

/* "test NAME ... REST"; a name may hold " ... " itself, so what follows tells
 * where it ends. */
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

/* "test result: FAILED. 0 passed; 1 failed; 0 ignored; 3 measured; ..." ends
 * a block. Tests that measure nothing are none of ours. */
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
    static const struct pfg_unit mib = {{"B/s", 3}, 0, 1048576, PFG_HIGHER, ""};
    const struct pfg_json_value *root = pfg_json_root(document);
    struct pfg_slice type =
        pfg_slice_of(pfg_json_string(pfg_json_get(root, "type")));
    const char *name = pfg_json_string(pfg_json_get(root, "name"));
    const struct pfg_json_value *speed = pfg_json_get(root, "mib_per_second");
    struct grouped median, deviation;
    struct pfg_unit unit = pfg_unit_find(PFG_LIT("ns/iter"));
    struct pfg_measurement m = {
        .metric = PFG_LIT("time"),
        .better = PFG_LOWER,
        .written_unit = PFG_LIT("ns/iter"),
    };

    median.plain = pfg_json_digits(document, pfg_json_get(root, "median"));
    deviation.plain =
        pfg_json_digits(document, pfg_json_get(root, "deviation"));
    if (!pfg_slice_is(type, "bench") || !name || !median.plain.len) {
        return PFG_NOT_MINE;
    }
    m.benchmark = pfg_slice_of(name);
    m.pos = pfg_reader_place(reader, document, root);
    median.written = median.plain;
    emit(reader, &m, &median, &unit, &deviation);
    median.plain = median.written = pfg_json_digits(document, speed);
    if (median.plain.len && !pfg_slice_is(median.plain, "0")) {
        m.metric = PFG_LIT("throughput");
        m.better = PFG_HIGHER;
        m.written_unit = PFG_LIT("MiB/s");
        m.derived = true;
        emit(reader, &m, &median, &mib, NULL);
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
