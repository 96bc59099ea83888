#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "ingest/core/measurement_builder.h"
#include "ingest/rust/criterion_estimate.h"
#include "ingest/rust/criterion_result.h"

/*
 * criterion's console output (bheisler/criterion.rs, src/report.rs): a title,
 * in front of the time if it has at most 23 bytes and on a line of its own if
 * it has more, then
 *
 *     time:   [low estimate high]
 *     thrpt:  [low estimate high]
 *
 * and perhaps the same two labels with percentages: the change since an earlier
 * run, which is not a value. Progress ("Benchmarking X: Analyzing") goes to
 * stderr, so the log may or may not have it.
 */

#define TITLE_MAX 4096 /* newer versions cut titles at 100 bytes */
#define OWN_LINE  24   /* titles of this length have a line of their own */

struct benchmark {
    const char *title;
    bool started;     /* "Warming up", but no time yet */
    long measured_in; /* the last process that measured it; 0: none */
    long line;        /* where it was started */
};

struct state {
    bool ready;
    struct pfg_map benchmarks;  /* title -> struct benchmark */
    long process;               /* from 1 */
    struct benchmark *analyzed; /* of the last "Analyzing" */
    struct benchmark *current;  /* of the last time */
    size_t n_throughputs;       /* of the current one */
    char line[TITLE_MAX];       /* the last line that may be a title */
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
    DONE, /* --profile-time: no time will follow */
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

/* Finds the phase in the rest of a "Benchmarking" line, and its place; -1 if
 * there is none. A name may contain the text of a phase, so the last one
 * counts. */
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

/* The title may follow "Analyzing" on the same line: on a terminal it would
 * have overwritten it. */
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

/* The title in front of a time, without the progress that a terminal would have
 * overwritten. */
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
 * The title of a time that has none on its line: the line before, if a progress
 * line has named it; else the benchmark that was analyzed last, because other
 * output may come between; else, in a log without progress, the line before. If
 * that is too short to need a line of its own, only noise may come between,
 * because it may be anything that was printed.
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
        /* Measured again: the harness was run again. */
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

/* A custom measurement (cycles, instructions) has the label "time", too, and
 * lower is better. */
static void on_time(struct pfg_reader *reader, struct state *state,
                    struct pfg_slice prefix,
                    const struct pfg_criterion_estimate *estimate)
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
    pfg_criterion_estimate_send(estimate, reader, state->current->title,
                                metric ? metric : "time", PFG_LOWER);
}

static void on_throughput(struct pfg_reader *reader, struct state *state,
                          struct pfg_slice prefix,
                          const struct pfg_criterion_estimate *estimate)
{
    if (state->current && !pfg_slice_trim(prefix).len) {
        pfg_criterion_estimate_send_throughput(
            estimate, reader, state->current->title, state->n_throughputs++);
    }
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
                 struct pfg_slice prefix,
                 const struct pfg_criterion_estimate *estimate);
} labels[] = {
    {"time:   [", on_time},
    {"thrpt:  [", on_throughput},
};

/* A title may contain a label, so the last one counts; if more text follows it,
 * it is part of the title. A label without three values is a change in percent,
 * or broken. */
static bool on_estimate(struct pfg_reader *reader, struct state *state,
                        struct pfg_slice line)
{
    for (size_t i = 0; i < PFG_COUNT(labels); i++) {
        size_t at = find_last(line, labels[i].text);
        struct pfg_slice rest =
            pfg_slice_from(line, at + strlen(labels[i].text) - 1);
        struct pfg_criterion_estimate estimate;

        if (at >= line.len || is_part_of_title(rest)) {
            continue;
        }
        if (pfg_criterion_estimate_read(&estimate, rest)) {
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

/* criterion prints no time for such a benchmark. */
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

/* criterion's remarks on a value, below it. */
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

/* Output to stderr, which may come between a title and its time. */
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
        state->line_number++; /* noise does not count */
    }
    return PFG_NOT_MINE;
}

/* A benchmark that was started but has no time panicked, or the run was killed.
 * The last one is where the log ends; those before it are of earlier
 * binaries. */
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
