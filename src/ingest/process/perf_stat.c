#include <math.h>
#include <string.h>

#include "base/number.h"
#include "ingest/core/measurement_builder.h"

/*
 * perf stat (linux, tools/perf/util/stat-display.c): its text, -x SEPARATOR
 * and -j. What follows "+-" is the standard error of the mean over -r runs, in
 * percent. What the processor cannot count, or had no counter left for, is
 * "<not supported>" or "<not counted>". Only the text says what was run. The
 * numbers come from hardware and vary, those of instructions too: they have
 * another name than the exact ones of valgrind's tools.
 */

struct state {
    bool in_text, in_csv;
    char separator;
    struct pfg_slice command, runs;
};

struct count {
    struct pfg_slice event, number, unit;
    struct pfg_slice noise; /* percent; empty: one run */
    struct pfg_pos pos;
};

static const struct meaning {
    const char *event, *metric, *unit;
    enum pfg_direction better;
} meanings[] = {
    {"task-clock", "cpu time", NULL, PFG_LOWER},
    {"cpu-clock", "cpu time", NULL, PFG_LOWER},
    {"duration_time", "time", "ns", PFG_LOWER},
    {"user_time", "user", "ns", PFG_LOWER},
    {"system_time", "system", "ns", PFG_LOWER},
    {"cycles", "cycles", NULL, PFG_LOWER},
    {"cpu-cycles", "cycles", NULL, PFG_LOWER},
    {"instructions", "instructions retired", NULL, PFG_LOWER},
    {"time elapsed", "time", NULL, PFG_LOWER},
    {"user", "user", NULL, PFG_LOWER},
    {"sys", "system", NULL, PFG_LOWER},
    {"branches", NULL, NULL, PFG_NEUTRAL},
    {"branch-misses", NULL, NULL, PFG_NEUTRAL},
    {"cache-references", NULL, NULL, PFG_NEUTRAL},
    {"cache-misses", NULL, NULL, PFG_NEUTRAL},
    {"context-switches", NULL, NULL, PFG_NEUTRAL},
    {"cpu-migrations", NULL, NULL, PFG_NEUTRAL},
    {"page-faults", NULL, NULL, PFG_NEUTRAL},
    {"minor-faults", NULL, NULL, PFG_NEUTRAL},
    {"major-faults", NULL, NULL, PFG_NEUTRAL},
};

/* "cycles:u", "cpu_core/cycles/": the event itself. */
static struct pfg_slice event_of(struct pfg_slice name)
{
    size_t slash = pfg_slice_find_byte(name, '/');

    if (slash < name.len) {
        name = pfg_slice_from(name, slash + 1);
        return pfg_take_until(&name, '/');
    }
    return pfg_take_until(&name, ':');
}

static const struct meaning *find_meaning(struct pfg_slice name)
{
    for (size_t i = 0; i < PFG_COUNT(meanings); i++) {
        if (pfg_slice_is(event_of(name), meanings[i].event)) {
            return &meanings[i];
        }
    }
    return NULL;
}

/* "1,234.5": without the commas. */
static struct pfg_slice plain(struct pfg_reader *reader, struct pfg_slice text)
{
    char *out = pfg_arena_alloc(reader->arena, text.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != ',') {
            out[n++] = text.ptr[i];
        }
    }
    return pfg_slice_make(out, n);
}

/* What else than the event's own name tells two of them apart. */
static size_t find_params(struct pfg_param *out, struct pfg_slice name)
{
    struct pfg_slice event = event_of(name);

    if (pfg_slice_eq(event, name)) {
        return 0;
    }
    out->key = PFG_LIT("event");
    out->value = name;
    return 1;
}

static void send(struct pfg_reader *reader, const struct state *state,
                 const struct count *count)
{
    const struct meaning *meaning = find_meaning(count->event);
    struct pfg_slice digits = plain(reader, count->number);
    struct pfg_slice written =
        meaning && meaning->unit ? pfg_slice_of(meaning->unit) : count->unit;
    struct pfg_unit unit = pfg_unit_find(written);
    struct pfg_summary summary = pfg_summary_of(NAN);
    struct pfg_param param;
    struct pfg_measurement m = {
        .benchmark = state->command.len ? state->command : PFG_LIT("perf stat"),
        .params = &param,
        .n_params = find_params(&param, count->event),
        .metric = meaning && meaning->metric ? pfg_slice_of(meaning->metric)
                                             : event_of(count->event),
        .unit = unit.base,
        .better = meaning ? meaning->better : PFG_NEUTRAL,
        .summary = &summary,
        .written = &digits,
        .written_unit = written,
        .pos = count->pos,
    };
    double noise;

    if (pfg_unit_convert(&summary.value, digits, &unit)) {
        reader->sink->warning(
            reader->sink->self, count->pos,
            pfg_arena_printf(reader->arena, "perf has no count of '%.*s': %.*s",
                             PFG_SLICE(pfg_slice_first(count->event, 60)),
                             PFG_SLICE(pfg_slice_first(count->number, 60))));
        return;
    }
    if (!pfg_number_parse(&noise, count->noise, -2)) {
        summary.error = summary.value * noise;
    }
    pfg_number_parse(&summary.count, state->runs, 0);
    reader->sink->measurement(reader->sink->self, &m);
}

/* "1,234", "<not counted>" */
static struct pfg_slice take_count(struct pfg_slice *rest)
{
    struct pfg_slice word = *rest;

    if (pfg_take(rest, "<not counted>") || pfg_take(rest, "<not supported>")) {
        return pfg_slice_range(word.ptr, rest->ptr);
    }
    word = pfg_take_word(rest);
    return strchr("0123456789", word.len ? *word.ptr : 'x')
               ? word
               : pfg_slice_of(NULL);
}

static bool is_unit(struct pfg_slice word)
{
    static const char *const units[] = {"msec", "ns",  "Joules", "seconds",
                                        "MiB",  "KiB", "Bytes"};

    for (size_t i = 0; i < PFG_COUNT(units); i++) {
        if (pfg_slice_is(word, units[i])) {
            return true;
        }
    }
    return false;
}

/* "3.71 msec task-clock  # 0.299 CPUs utilized  ( +-  2.17% )" */
static enum pfg_claim read_count(struct pfg_reader *reader, struct state *state,
                                 struct pfg_slice line)
{
    struct count count = {.pos = reader->pos};
    struct pfg_slice rest = line, word;

    count.number = take_count(&rest);
    rest = pfg_slice_trim_left(rest);
    if (pfg_take(&rest, "+- ")) { /* of the elapsed time: once more behind */
        pfg_take_word(&rest);
    }
    count.noise = pfg_slice_from(rest, pfg_slice_find(rest, "( +-"));
    rest = pfg_slice_first(rest, pfg_slice_find(rest, "( +-"));
    rest = pfg_slice_first(rest, pfg_slice_find_byte(rest, '#'));
    word = pfg_take_word(&rest);
    if (!count.number.len || !word.len) {
        return PFG_NOT_MINE;
    }
    count.event = word;
    if (is_unit(word)) {
        count.unit = word;
        count.event = pfg_slice_trim(rest);
    } else if (pfg_slice_is(pfg_slice_trim(rest), "(msec)")) { /* until 4.18 */
        count.unit = PFG_LIT("msec");
    }
    if (pfg_take(&count.noise, "( +-")) {
        count.noise = pfg_slice_trim_left(count.noise);
        count.noise = pfg_take_number(&count.noise);
    }
    send(reader, state, &count);
    return PFG_MINE;
}

/* "Performance counter stats for './f' (3 runs):" */
static bool begin_text(struct pfg_reader *reader, struct state *state,
                       struct pfg_slice line)
{
    size_t quote;

    if (!pfg_take(&line, "Performance counter stats for ") ||
        !pfg_slice_ends(line, ":")) {
        return false;
    }
    line.len--;
    *state = (struct state){.in_text = true};
    quote = pfg_slice_find_last_byte(line, '\'');
    if (pfg_slice_ends(line, " runs)") && quote < line.len) {
        struct pfg_slice runs = pfg_slice_from(line, quote + 3);

        state->runs = pfg_arena_copy(reader->arena, pfg_take_digits(&runs));
        line = pfg_slice_first(line, quote + 1);
    }
    if (pfg_take(&line, "'") && line.len) {
        line.len--;
    }
    state->command = pfg_arena_copy(reader->arena, line);
    return true;
}

/* "3.69,msec,task-clock,3686194,100.00,0.225,CPUs utilized", with the noise
 * behind the event where there was more than one run. */
static enum pfg_claim read_csv(struct pfg_reader *reader, struct state *state,
                               struct pfg_slice line, char separator)
{
    struct pfg_slice rest = line, next;
    struct count count = {.pos = reader->pos};

    count.number = pfg_take_until(&rest, separator);
    count.unit = pfg_take_until(&rest, separator);
    count.event = pfg_take_until(&rest, separator);
    next = pfg_take_until(&rest, separator);
    if (pfg_slice_ends(next, "%")) {
        count.noise = pfg_slice_first(next, next.len - 1);
        next = pfg_take_until(&rest, separator);
    }
    if (!pfg_take_digits(&next).len || next.len ||
        !pfg_slice_ends(pfg_take_until(&rest, separator), "0") ||
        !(state->in_csv || find_meaning(count.event))) {
        return PFG_NOT_MINE;
    }
    state->in_csv = true;
    send(reader, state, &count);
    return PFG_MINE;
}

static enum pfg_claim read_line(struct pfg_reader *reader, void *self,
                                struct pfg_slice line)
{
    static const char separators[] = ",;\t|";
    struct state *state = self;

    line = pfg_slice_trim(line);
    if (begin_text(reader, state, line)) {
        return PFG_MINE;
    }
    if (state->in_text) {
        return read_count(reader, state, line);
    }
    for (size_t i = 0; line.len && line.len < 400 && separators[i]; i++) {
        if (memchr(line.ptr, separators[i], line.len) &&
            read_csv(reader, state, line, separators[i]) == PFG_MINE) {
            return PFG_MINE;
        }
    }
    return PFG_NOT_MINE;
}

static enum pfg_claim read_document(struct pfg_reader *reader,
                                    const struct pfg_json_document *document)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *value = pfg_json_get(root, "counter-value");
    struct state state = {0};
    struct count count = {
        .event = pfg_builder_member(root, "event"),
        .number = pfg_builder_text(document, value),
        .unit = pfg_builder_member(root, "unit"),
        .noise = pfg_json_digits(document, pfg_json_get(root, "variance")),
        .pos = pfg_reader_place(reader, document, value),
    };

    if (!count.event.len || !count.number.len) {
        return PFG_NOT_MINE;
    }
    send(reader, &state, &count);
    return PFG_MINE;
}

const struct pfg_ingester pfg_ingester_perf_stat = {
    .name = "perf_stat",
    .title = "perf stat (text, -x, -j)",
    .looks = "'Performance counter stats for', 'COUNT,,cycles,...', or JSON "
             "lines with 'counter-value' and 'event'",
    .begins = "P<0123456789",
    .state_size = sizeof(struct state),
    .line = read_line,
    .document = read_document,
};
