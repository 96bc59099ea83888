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

void pfg_wrk_block_begin(struct pfg_wrk_block *block,
                         const struct pfg_reader *reader,
                         struct pfg_slice duration, struct pfg_slice url)
{
    *block = (struct pfg_wrk_block){
        .place = PFG_WRK_ANNOUNCED,
        .duration = pfg_arena_copy(reader->arena, duration),
        .load = {.benchmark = pfg_arena_copy(reader->arena, url)},
        .line = reader->pos.line,
        .time = reader->time,
    };
}

void pfg_wrk_block_add(struct pfg_wrk_block *block, struct pfg_reader *reader,
                       const char *metric, struct pfg_slice base,
                       enum pfg_direction better,
                       const struct pfg_printed *printed)
{
    struct pfg_load_reading *before =
        pfg_load_block_find(&block->load, pfg_slice_of(metric));
    struct pfg_load_reading reading = {
        .metric = pfg_arena_copy(reader->arena, pfg_slice_of(metric)),
        .unit = pfg_arena_copy(reader->arena, base),
        .better = better,
        .printed = *printed,
        .pos = reader->pos,
    };

    reading.printed.digits = pfg_arena_copy(reader->arena, printed->digits);
    reading.printed.unit = pfg_arena_copy(reader->arena, printed->unit);
    if (!before) {
        pfg_load_block_add(&block->load, reader, &reading);
    } else if (!(before->printed.resolution <= printed->resolution)) {
        *before = reading;
    }
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
    if (!pfg_wrk_read_count(&block->counters[i].count, digits)) {
        return false;
    }
    block->counters[i].digits = pfg_arena_copy(reader->arena, digits);
    block->counters[i].line = reader->pos.line;
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

/* Error counts are sent for a run without errors, too. */
static void add_counters(struct pfg_wrk_block *block, struct pfg_reader *reader)
{
    for (size_t i = 0; i < PFG_WRK_COUNTERS; i++) {
        long line = block->counters[i].line;
        struct pfg_pos pos = {.file = reader->pos.file,
                              .line = line ? line : block->line};

        pfg_load_block_add_events(&block->load, reader, counters[i].metric,
                                  block->counters[i].count, block->total,
                                  block->counters[i].digits, pos);
    }
}

/* If no request was answered there is no latency and no rate: wrk prints zeros
 * for them. */
static void send(struct pfg_wrk_block *block, struct pfg_reader *reader)
{
    struct pfg_load_block *load = &block->load;

    load->n_requests = block->has_total ? block->total : NAN;
    pfg_load_block_param(load, "threads", block->threads);
    pfg_load_block_param(load, "connections", block->connections);
    pfg_load_block_param(load, "duration", block->duration);
    for (size_t i = 0; i < load->readings.n; i++) {
        struct pfg_load_reading *reading = &load->readings.at[i];

        if (pfg_slice_is(reading->metric, "errors")) {
            reading->events = reading->printed.value;
            reading->trials = fmax(block->total, reading->events);
        }
        if (load->n_requests == 0) {
            reading->error = "no requests completed";
        }
    }
    if (block->has_total) {
        add_counters(block, reader);
    }
    pfg_load_block_send(load, reader);
}

/* A second block with the same URL and parameters is another run of wrk. */
static void begin_process(struct pfg_wrk_history *history,
                          const struct pfg_wrk_block *block,
                          struct pfg_reader *reader)
{
    struct pfg_process_start start = {.time = block->time};
    long *seen;
    void **place;

    if (!history->ready) {
        pfg_map_init(&history->seen, reader->arena);
        history->ready = true;
    }
    place = pfg_map_at(
        &history->seen,
        pfg_slice_of(pfg_arena_printf(
            reader->arena, "%.*s\n%.*s\n%.*s\n%.*s",
            PFG_SLICE(block->load.benchmark), PFG_SLICE(block->threads),
            PFG_SLICE(block->connections), PFG_SLICE(block->duration))));
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
             block->load.benchmark.ptr);
    reader->sink->failed(reader->sink->self, pos, message);
}

void pfg_wrk_block_flush(struct pfg_wrk_block *block,
                         struct pfg_wrk_history *history,
                         struct pfg_reader *reader)
{
    if (block->place > PFG_WRK_ANNOUNCED) {
        begin_process(history, block, reader);
        send(block, reader);
        if (!block->finished) {
            fail_cut_off(reader, block);
        }
    }
    block->place = PFG_WRK_OUTSIDE;
}
