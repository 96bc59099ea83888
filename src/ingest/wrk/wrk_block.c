#include "ingest/wrk/wrk_block.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct counter {
    const char *word; /* in the line "Socket errors:" */
    const char *metric;
} counters[PFG_WRK_COUNTERS] = {
    {"connect", "errors connect"}, {"read", "errors read"},
    {"write", "errors write"},     {"timeout", "errors timeout"},
    {"", "errors status"},
};

#define COPY(array, slice) copy((array), sizeof(array), (slice))

static void copy(char *out, size_t size, struct pfg_slice text)
{
    snprintf(out, size, "%.*s", PFG_SLICE(text));
}

void pfg_wrk_block_begin(struct pfg_wrk_block *block,
                         const struct pfg_reader *reader,
                         struct pfg_slice duration, struct pfg_slice url)
{
    /* Readings are written before they are read. */
    memset(block, 0, offsetof(struct pfg_wrk_block, readings));
    block->place = PFG_WRK_ANNOUNCED;
    block->line = reader->pos.line;
    block->time = reader->time;
    COPY(block->duration, duration);
    COPY(block->url, url);
}

/* A reading of that name, made where there is none; NULL when there are too
 * many. */
static struct pfg_wrk_reading *reading_at(struct pfg_reader *reader,
                                          struct pfg_wrk_block *block,
                                          const char *metric)
{
    for (size_t i = 0; i < block->n_readings; i++) {
        if (!strcmp(block->readings[i].metric, metric)) {
            return &block->readings[i];
        }
    }
    if (block->n_readings == PFG_WRK_READINGS) {
        if (!block->full) {
            pfg_reader_warn(reader, "more than %d values for one run of wrk",
                            PFG_WRK_READINGS);
        }
        block->full = true;
        return NULL;
    }
    struct pfg_wrk_reading *made = &block->readings[block->n_readings++];

    *made = (struct pfg_wrk_reading){.resolution = INFINITY};
    copy(made->metric, sizeof made->metric, pfg_slice_of(metric));
    return made;
}

void pfg_wrk_block_add(struct pfg_wrk_block *block, struct pfg_reader *reader,
                       const char *metric, struct pfg_slice base,
                       enum pfg_direction better,
                       const struct pfg_printed *printed)
{
    struct pfg_wrk_reading *reading = reading_at(reader, block, metric);

    if (!reading || printed->digits.len >= PFG_WRK_DIGITS ||
        !(printed->resolution < reading->resolution)) {
        return;
    }
    COPY(reading->unit, base);
    COPY(reading->digits, printed->digits);
    COPY(reading->written_unit, printed->unit);
    reading->better = better;
    reading->value = printed->value;
    reading->resolution = printed->resolution;
    reading->line = reader->pos.line;
}

const char *pfg_wrk_counter_word(size_t i)
{
    return counters[i].word;
}

int pfg_wrk_counter_find(const char *metric)
{
    for (int i = 0; i < PFG_WRK_COUNTERS; i++) {
        if (!strcmp(counters[i].metric, metric)) {
            return i;
        }
    }
    return -1;
}

bool pfg_wrk_read_count(double *out, struct pfg_slice digits)
{
    struct pfg_unit unit = {.factor = 1};

    return digits.len && digits.len <= 15 &&
           !pfg_unit_convert(out, digits, &unit);
}

bool pfg_wrk_block_count(struct pfg_wrk_block *block,
                         const struct pfg_reader *reader, size_t i,
                         struct pfg_slice digits)
{
    if (!pfg_wrk_read_count(&block->counts[i], digits)) {
        return false;
    }
    COPY(block->count_digits[i], digits);
    block->count_lines[i] = reader->pos.line;
    return true;
}

bool pfg_wrk_percentile(char out[PFG_WRK_PERCENTILE], struct pfg_slice digits)
{
    if (!digits.len || digits.len > 12) {
        return false;
    }
    if (pfg_slice_find_byte(digits, '.') < digits.len) {
        while (digits.ptr[digits.len - 1] == '0') {
            digits.len--;
        }
        digits.len -= digits.ptr[digits.len - 1] == '.';
    }
    snprintf(out, PFG_WRK_PERCENTILE, "p%.*s", PFG_SLICE(digits));
    return true;
}

/* What all measurements of a block have in common; what stood in its first
 * lines may be missing. */
static void begin_measurement(struct pfg_measurement *m,
                              struct pfg_param params[3],
                              const struct pfg_reader *reader,
                              const struct pfg_wrk_block *block)
{
    const struct pfg_param known[] = {
        {PFG_LIT("threads"), pfg_slice_of(block->threads)},
        {PFG_LIT("connections"), pfg_slice_of(block->connections)},
        {PFG_LIT("duration"), pfg_slice_of(block->duration)},
    };

    *m = (struct pfg_measurement){
        .benchmark = pfg_slice_of(block->url),
        .params = params,
        .pos = {.file = reader->pos.file, .line = block->line},
    };
    for (size_t i = 0; i < 3; i++) {
        if (known[i].value.len) {
            params[m->n_params++] = known[i];
        }
    }
}

static bool is_latency(const struct pfg_wrk_reading *reading)
{
    return !strncmp(reading->metric, "latency ", 8);
}

static double value_of(const struct pfg_wrk_block *block, const char *metric)
{
    for (size_t i = 0; i < block->n_readings; i++) {
        if (!strcmp(block->readings[i].metric, metric)) {
            return block->readings[i].value;
        }
    }
    return NAN;
}

/* What the table says around a value. Of the mean alone the spread is known,
 * and it is that of the requests: no standard error. */
static struct pfg_summary summarize(const struct pfg_wrk_block *block,
                                    const struct pfg_wrk_reading *reading)
{
    struct pfg_summary summary = pfg_summary_of(reading->value);

    summary.resolution = reading->resolution;
    if (is_latency(reading) && block->has_total) {
        summary.count = block->total;
    }
    if (!strcmp(reading->metric, "latency mean")) {
        summary.stddev = value_of(block, "latency stdev");
        summary.min = value_of(block, "latency min");
        summary.max = value_of(block, "latency max");
    }
    return summary;
}

/* Without a single answer there is no latency and no rate: what wrk prints
 * for them are zeros. */
static void emit_reading(struct pfg_reader *reader,
                         const struct pfg_wrk_block *block,
                         const struct pfg_wrk_reading *reading)
{
    struct pfg_slice written = pfg_slice_of(reading->digits);
    struct pfg_summary summary = summarize(block, reading);
    struct pfg_param params[3];
    struct pfg_measurement m;

    begin_measurement(&m, params, reader, block);
    m.metric = pfg_slice_of(reading->metric);
    m.unit = pfg_slice_of(reading->unit);
    m.better = reading->better;
    m.written_unit = pfg_slice_of(reading->written_unit);
    m.pos.line = reading->line;
    if (!strcmp(reading->metric, "errors")) {
        m.events = reading->value;
        m.trials = fmax(block->total, reading->value);
    }
    if (block->has_total && block->total == 0) {
        m.error = PFG_LIT("no requests completed");
    } else {
        m.summary = &summary;
        m.written = &written;
    }
    reader->sink->measurement(reader->sink->self, &m);
}

/* Error counts are there in a clean run too, as zeros: from none to some is
 * what a gate has to see. A time-out or a refused connection need not have
 * become a request, so there are at least as many trials as events. */
static void emit_counter(struct pfg_reader *reader,
                         const struct pfg_wrk_block *block, size_t i)
{
    struct pfg_slice written = pfg_slice_of(block->count_digits[i]);
    struct pfg_summary summary = pfg_summary_of(block->counts[i]);
    struct pfg_param params[3];
    struct pfg_measurement m;

    begin_measurement(&m, params, reader, block);
    m.metric = pfg_slice_of(counters[i].metric);
    m.unit = PFG_LIT("1");
    m.better = PFG_LOWER;
    m.summary = &summary;
    m.written = written.len ? &written : NULL;
    m.events = block->counts[i];
    m.trials = fmax(block->total, block->counts[i]);
    if (block->count_lines[i]) {
        m.pos.line = block->count_lines[i];
    }
    reader->sink->measurement(reader->sink->self, &m);
}

/* The same URL and parameters once more are another run of wrk. */
static void begin_process(struct pfg_wrk_history *history,
                          const struct pfg_wrk_block *block,
                          struct pfg_reader *reader)
{
    struct pfg_process_start start = {.time = block->time};
    char key[PFG_WRK_URL + 80];
    long *seen;
    void **place;

    if (!history->ready) {
        pfg_map_init(&history->seen, reader->arena);
        history->ready = true;
    }
    snprintf(key, sizeof key, "%s\n%s\n%s\n%s", block->url, block->threads,
             block->connections, block->duration);
    place = pfg_map_at(&history->seen, pfg_slice_of(key));
    seen = *place;
    if (!seen) {
        seen = *place = pfg_arena_alloc(reader->arena, sizeof *seen);
    } else if (*seen == history->process) {
        history->process++;
        reader->sink->process(reader->sink->self, &start);
    }
    *seen = history->process;
}

static void fail_cut_off(struct pfg_reader *reader,
                         const struct pfg_wrk_block *block)
{
    struct pfg_pos pos = {.file = reader->pos.file, .line = block->line};
    char message[256];

    snprintf(message, sizeof message, "wrk's output for '%.150s' is cut off",
             block->url);
    reader->sink->failed(reader->sink->self, pos, message);
}

void pfg_wrk_block_flush(struct pfg_wrk_block *block,
                         struct pfg_wrk_history *history,
                         struct pfg_reader *reader)
{
    if (block->place > PFG_WRK_ANNOUNCED) {
        begin_process(history, block, reader);
        for (size_t i = 0; i < block->n_readings; i++) {
            emit_reading(reader, block, &block->readings[i]);
        }
        for (size_t i = 0; block->has_total && i < PFG_WRK_COUNTERS; i++) {
            emit_counter(reader, block, i);
        }
        if (!block->finished) {
            fail_cut_off(reader, block);
        }
    }
    block->place = PFG_WRK_OUTSIDE;
}
