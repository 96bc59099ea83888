#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "ingest/core/ingest.h"
#include "ingest/core/printed_number.h"
#include "ingest/rust/criterion_result.h"

/*
 * What criterion prints (bheisler/criterion.rs, src/report.rs): a title, in
 * front of the time where it has at most 23 bytes and on a line of its own
 * where it has more, then
 *
 *     time:   [low estimate high]
 *     thrpt:  [low estimate high]
 *
 * then, perhaps, the same two labels with percentages: the change since some
 * earlier run, which is not a value. Progress ("Benchmarking X: Analyzing")
 * goes to stderr and may be in the log as well, or not.
 */

#define TITLE_MAX 4096 /* newer versions cut at 100 bytes */
#define OWN_LINE  24   /* a title as long as this has a line of its own */

struct benchmark {
    const char *title;
    bool started;     /* "Warming up", and no time yet */
    long measured_in; /* process; 0: never */
    long line;        /* where it was started */
};

struct state {
    bool ready;
    struct pfg_map benchmarks;  /* title -> struct benchmark */
    long process;               /* from 1 */
    struct benchmark *analyzed; /* last seen "Analyzing" */
    struct benchmark *current;  /* whose time was the last one */
    size_t n_throughputs;       /* of the current one */
    char line[TITLE_MAX];       /* the last one that may be a title */
    size_t line_len;
    long line_number;
};

static struct benchmark *benchmark_at(struct pfg_reader *reader,
                                      struct state *state,
                                      struct pfg_slice title)
{
    void **place = pfg_map_at(&state->benchmarks, title);

    if (!*place) {
        struct benchmark *made = pfg_arena_alloc(reader->arena, sizeof *made);

        made->title = pfg_arena_slice(reader->arena, title);
        *place = made;
    }
    return *place;
}

static size_t find_last(struct pfg_slice s, const char *text)
{
    size_t found = s.len, at = 0, next;

    while (at < s.len) {
        next = pfg_slice_find(pfg_slice_from(s, at), text);
        if (at + next >= s.len) {
            break;
        }
        found = at + next;
        at = found + 1;
    }
    return found;
}

enum phase {
    STARTED,
    ANALYZED,
    DONE, /* --profile-time: there will be no time */
};

/* What may follow a name in a line "Benchmarking X: ...". */
static const struct {
    const char *text;
    enum phase phase;
} phases[] = {
    {": Warming up for ", STARTED},
    {": Collecting ", STARTED},
    {": Analyzing", ANALYZED},
    {": Profiling for ", DONE},
    {": Complete (Analysis Disabled)", DONE},
};

static void enter(struct pfg_reader *reader, struct state *state,
                  struct pfg_slice title, enum phase phase)
{
    struct benchmark *benchmark = benchmark_at(reader, state, title);

    if (phase == STARTED && !benchmark->started) {
        benchmark->line = reader->pos.line;
    }
    benchmark->started = phase != DONE;
    if (phase == ANALYZED) {
        state->analyzed = benchmark;
    }
}

static void remember(struct state *state, const struct pfg_reader *reader,
                     struct pfg_slice line)
{
    state->line_number = reader->pos.line;
    state->line_len = 0;
    if (line.len && line.len < TITLE_MAX) {
        memcpy(state->line, line.ptr, line.len);
        state->line_len = line.len;
    }
}

/* Which phase the rest of a "Benchmarking" line names, -1 for none, and where.
 * A name may itself hold what a phase begins with: the last one counts. */
static int find_phase(size_t *at, struct pfg_slice rest)
{
    int found = -1;

    for (size_t i = 0; i < PFG_COUNT(phases); i++) {
        size_t place = find_last(rest, phases[i].text);

        if (place && place < rest.len && (found < 0 || place > *at)) {
            found = (int)i;
            *at = place;
        }
    }
    return found;
}

/* What is behind "Analyzing" is the title, printed where a terminal would have
 * overwritten the line. */
static bool on_progress(struct pfg_reader *reader, struct state *state,
                        struct pfg_slice line)
{
    struct pfg_slice rest = line, title;
    size_t at = 0;
    int phase;

    if (!pfg_take(&rest, "Benchmarking ") ||
        (phase = find_phase(&at, rest)) < 0) {
        return false;
    }
    title = pfg_slice_trim(pfg_slice_first(rest, at));
    if (!title.len || title.len >= TITLE_MAX) {
        return false;
    }
    enter(reader, state, title, phases[phase].phase);
    rest = pfg_slice_from(rest, at + strlen(phases[phase].text));
    if (phases[phase].phase == ANALYZED && rest.len) {
        remember(state, reader, pfg_slice_trim(rest));
    }
    return true;
}

/* One line of an estimate: "[2.7546 µs 3.3388 µs 4.1702 µs]". */
struct estimate {
    struct pfg_printed low, value, high;
    struct pfg_unit unit; /* of the value */
};

static bool read_number(struct pfg_printed *out, struct pfg_unit *unit,
                        struct pfg_slice *rest)
{
    out->digits = pfg_take_word(rest);
    out->unit = pfg_take_word(rest);
    *unit = pfg_unit_find(out->unit);
    return out->digits.len && out->unit.len && !pfg_printed_convert(out, unit);
}

static bool read_estimate(struct estimate *out, struct pfg_slice text)
{
    struct pfg_slice rest = pfg_slice_trim(text);
    struct pfg_unit low, high;

    if (!pfg_take(&rest, "[") || !pfg_slice_ends(rest, "]")) {
        return false;
    }
    rest.len--;
    return read_number(&out->low, &low, &rest) &&
           read_number(&out->value, &out->unit, &rest) &&
           read_number(&out->high, &high, &rest) && !rest.len &&
           pfg_slice_eq(low.base, out->unit.base) &&
           pfg_slice_eq(high.base, out->unit.base);
}

/* The two-sided 95 % interval of a normal distribution is 2 * 1.96 standard
 * errors wide; criterion's is bootstrapped, at 95 % unless told otherwise
 * (which it does not print). */
#define Z_95 1.959963984540054

static void emit(struct pfg_reader *reader, const struct benchmark *benchmark,
                 const struct estimate *estimate, const char *metric,
                 enum pfg_direction better, bool derived)
{
    struct pfg_summary summary = pfg_summary_of(estimate->value.value);
    struct pfg_measurement m = {
        .metric = pfg_slice_of(metric),
        .unit = estimate->unit.base,
        .better = better,
        .summary = &summary,
        .written_unit = estimate->value.unit,
        .written = &estimate->value.digits,
        .derived = derived,
        .pos = reader->pos,
    };

    pfg_criterion_result_name(&m, pfg_slice_of(benchmark->title));
    summary.lower = estimate->low.value;
    summary.upper = estimate->high.value;
    summary.level = 0.95;
    summary.error = (summary.upper - summary.lower) / (2 * Z_95);
    summary.resolution = estimate->value.resolution;
    reader->sink->measurement(reader->sink->self, &m);
}

static void emit_error(struct pfg_reader *reader,
                       const struct benchmark *benchmark, const char *error,
                       long line)
{
    struct pfg_measurement m = {
        .metric = PFG_LIT("time"),
        .unit = PFG_LIT("s"),
        .better = PFG_LOWER,
        .error = pfg_slice_of(error),
        .pos = {.file = reader->pos.file, .line = line},
    };

    pfg_criterion_result_name(&m, pfg_slice_of(benchmark->title));
    reader->sink->measurement(reader->sink->self, &m);
}

/* The title in front of a time. Where a terminal would have overwritten the
 * progress, that stands before the title. */
static struct pfg_slice inline_title(struct pfg_slice prefix)
{
    struct pfg_slice title = pfg_slice_trim(prefix);
    size_t at;

    if (pfg_slice_starts(title, "Benchmarking ")) {
        at = find_last(title, ": Analyzing");
        title = pfg_slice_from(title,
                               at < title.len ? at + strlen(": Analyzing") : 0);
    }
    return title;
}

/*
 * The title of a time that stands alone. The line before it, if that is what
 * some progress line called a benchmark; else what was analyzed last, as other
 * things may be printed in between; else, in a log without progress, the line
 * before it: where that is too short to need a line of its own it must be the
 * very line before except for noise, as it may be anything that was printed.
 */
static struct pfg_slice title_above(const struct state *state, long here)
{
    struct pfg_slice line = pfg_slice_make(state->line, state->line_len);
    void **known = pfg_map_find(&state->benchmarks, line);

    if (line.len && known && ((struct benchmark *)*known)->started) {
        return line;
    }
    if (state->analyzed) {
        return pfg_slice_of(state->analyzed->title);
    }
    return line.len >= OWN_LINE || state->line_number + 1 == here
               ? line
               : pfg_slice_of(NULL);
}

static struct benchmark *begin_benchmark(struct pfg_reader *reader,
                                         struct state *state,
                                         struct pfg_slice title)
{
    struct pfg_process_start start = {.time = reader->time};
    struct benchmark *benchmark = benchmark_at(reader, state, title);

    if (benchmark->measured_in == state->process) {
        /* Measured once more: the harness has run again. */
        state->process++;
        reader->sink->process(reader->sink->self, &start);
    }
    benchmark->measured_in = state->process;
    benchmark->started = false;
    state->analyzed = NULL;
    state->line_len = 0;
    state->n_throughputs = 0;
    return benchmark;
}

/* What a custom measurement counts (cycles, instructions) stands behind the
 * label "time" as well, and less of it is better. */
static void on_time(struct pfg_reader *reader, struct state *state,
                    struct pfg_slice prefix, const struct estimate *estimate)
{
    struct pfg_slice title = inline_title(prefix);
    const char *metric = estimate->unit.metric;

    state->current = NULL;
    if (!title.len) {
        title = title_above(state, reader->pos.line);
    }
    if (!title.len) {
        pfg_reader_warn(reader, "a time without the name of a benchmark");
        return;
    }
    state->current = begin_benchmark(reader, state, title);
    emit(reader, state->current, estimate, metric ? metric : "time", PFG_LOWER,
         false);
}

/*
 * What a throughput is called. A second one of a benchmark counts something
 * else (Throughput::ElementsAndBytes). What a custom measurement puts there
 * ("instr/elem") need not be better the higher it is, so it has another name.
 */
static enum pfg_direction name_throughput(char out[64],
                                          const struct pfg_unit *unit,
                                          size_t n_before)
{
    bool bytes = pfg_slice_is(unit->base, "B/s");

    if (!bytes && !pfg_slice_is(unit->base, "elem/s")) {
        snprintf(out, 64, "throughput in %.*s",
                 PFG_SLICE(pfg_slice_first(unit->base, 40)));
        return unit->better;
    }
    snprintf(out, 64, "throughput%s",
             !n_before ? ""
             : bytes   ? " bytes"
                       : " elements");
    return PFG_HIGHER;
}

static void on_throughput(struct pfg_reader *reader, struct state *state,
                          struct pfg_slice prefix,
                          const struct estimate *estimate)
{
    enum pfg_direction better;
    char metric[64];

    if (!state->current || pfg_slice_trim(prefix).len) {
        return;
    }
    better = name_throughput(metric, &estimate->unit, state->n_throughputs++);
    emit(reader, state->current, estimate, metric, better, true);
}

static bool is_part_of_title(struct pfg_slice text)
{
    size_t end = pfg_slice_find_last_byte(text, ']');

    return end < text.len && pfg_slice_find_byte(text, '%') == text.len &&
           pfg_slice_trim(pfg_slice_from(text, end + 1)).len;
}

static const struct label {
    const char *text;
    void (*read)(struct pfg_reader *reader, struct state *state,
                 struct pfg_slice prefix, const struct estimate *estimate);
} labels[] = {
    {"time:   [", on_time},
    {"thrpt:  [", on_throughput},
};

/* A title may hold a label, so the last one counts; where more stands behind
 * it, there is only the title's. What has the label but no three values is a
 * change in per cent, or broken. */
static bool on_estimate(struct pfg_reader *reader, struct state *state,
                        struct pfg_slice line)
{
    for (size_t i = 0; i < PFG_COUNT(labels); i++) {
        size_t at = find_last(line, labels[i].text);
        struct pfg_slice rest =
            pfg_slice_from(line, at + strlen(labels[i].text) - 1);
        struct estimate estimate;

        if (at >= line.len || is_part_of_title(rest)) {
            continue;
        }
        if (read_estimate(&estimate, rest)) {
            labels[i].read(reader, state, pfg_slice_first(line, at), &estimate);
        } else if (pfg_slice_find_byte(rest, '%') == rest.len) {
            pfg_reader_warn(
                reader, "unreadable estimate: '%.*s'",
                PFG_SLICE(pfg_slice_first(pfg_slice_trim(line), 100)));
        }
        return true;
    }
    return false;
}

/* criterion prints no time for it, and goes on with the next. */
static bool on_zero_time(struct pfg_reader *reader, struct state *state,
                         struct pfg_slice line)
{
    static const char begin[] = "At least one measurement of benchmark ";
    static const char end[] = " took zero time per iteration";
    size_t at = pfg_slice_find(line, begin);
    struct pfg_slice title = pfg_slice_from(line, at + strlen(begin));
    struct benchmark *benchmark;

    title = pfg_slice_first(title, find_last(title, end));
    if (at >= line.len || !title.len || !pfg_slice_has(line, end) ||
        title.len >= TITLE_MAX) {
        return false;
    }
    benchmark = benchmark_at(reader, state, title);
    benchmark->started = false;
    emit_error(reader, benchmark, "an iteration took no time at all",
               reader->pos.line);
    return true;
}

/* What criterion says about a value, below it. */
static const char *const remarks[] = {
    "change: [",
    "change:",
    "No change in performance detected.",
    "Change within noise threshold.",
    "Performance has improved.",
    "Performance has regressed.",
    "slope  [",
    "mean   [",
    "median [",
};

static bool is_remark(struct pfg_slice text)
{
    struct pfg_slice rest = text;

    for (size_t i = 0; i < PFG_COUNT(remarks); i++) {
        if (pfg_slice_starts(text, remarks[i])) {
            return true;
        }
    }
    if (pfg_take(&rest, "Found ")) {
        return pfg_take_digits(&rest).len &&
               pfg_take(&rest, " outliers among ");
    }
    return pfg_take_digits(&rest).len && pfg_take(&rest, " (") &&
           (pfg_slice_ends(rest, "%) low severe") ||
            pfg_slice_ends(rest, "%) low mild") ||
            pfg_slice_ends(rest, "%) high mild") ||
            pfg_slice_ends(rest, "%) high severe"));
}

/* What goes to stderr, where it can get between a title and its time. */
static const char *const noises[] = {
    "Benchmarking ", "Warning: ",   "WARNING: ", "Gnuplot not found",
    "Criterion.rs ", "warning: ",   "Finished ", "Compiling ",
    "Running ",      "{\"reason\"", "thread '",  "note: ",
};

static bool is_noise(struct pfg_slice text)
{
    for (size_t i = 0; i < PFG_COUNT(noises); i++) {
        if (pfg_slice_starts(text, noises[i])) {
            return true;
        }
    }
    return false;
}

static enum pfg_claim criterion_log_line(struct pfg_reader *reader, void *self,
                                         struct pfg_slice line)
{
    struct state *state = self;
    struct pfg_slice text = pfg_slice_trim(line);
    void **known;

    if (!state->ready) {
        pfg_map_init(&state->benchmarks, reader->arena);
        state->process = 1;
        state->ready = true;
    }
    known = pfg_map_find(&state->benchmarks, text);
    if (known && ((struct benchmark *)*known)->started) {
        remember(state, reader, text);
        return PFG_MINE;
    }
    if (on_progress(reader, state, text) || on_estimate(reader, state, line) ||
        on_zero_time(reader, state, text)) {
        return PFG_MINE;
    }
    if (state->current && is_remark(text)) {
        return PFG_MINE;
    }
    if (text.len && !is_noise(text)) {
        remember(state, reader, text);
    } else if (state->line_number + 1 == reader->pos.line) {
        state->line_number++; /* nothing has come between */
    }
    return PFG_NOT_MINE;
}

/* Whatever was started has given a time, unless the run was killed or the
 * benchmark panicked. The last one is where it ended; one before it was left
 * behind by an earlier binary. */
static void criterion_log_finish(struct pfg_reader *reader, void *self)
{
    struct state *state = self;
    struct benchmark *last = NULL;
    char message[256];

    for (size_t i = 0; i < state->benchmarks.n; i++) {
        struct benchmark *benchmark = state->benchmarks.entries[i].value;

        if (!benchmark->started) {
            continue;
        }
        if (last) {
            emit_error(reader, last, "started, but gave no time", last->line);
        }
        last = benchmark;
    }
    if (last) {
        struct pfg_pos pos = {.file = reader->pos.file, .line = last->line};

        snprintf(message, sizeof message, "criterion log ends in '%.200s'",
                 last->title);
        reader->sink->failed(reader->sink->self, pos, message);
    }
}

const struct pfg_ingester pfg_ingester_criterion_log = {
    .name = "criterion_log",
    .title = "cargo bench with criterion (text)",
    .looks = "lines 'NAME  time:   [low estimate high]'",
    .state_size = sizeof(struct state),
    .line = criterion_log_line,
    .finish = criterion_log_finish,
};
