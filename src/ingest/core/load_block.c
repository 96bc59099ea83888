#include "ingest/core/load_block.h"

#include <math.h>

void pfg_load_block_param(struct pfg_load_block *block, const char *key,
                          struct pfg_slice value)
{
    if (value.len && block->n_params < PFG_COUNT(block->params)) {
        block->params[block->n_params++] =
            (struct pfg_param){pfg_slice_of(key), value};
    }
}

void pfg_load_block_add(struct pfg_load_block *block, struct pfg_reader *reader,
                        const struct pfg_load_reading *reading)
{
    if (block->readings.n < PFG_LOAD_READINGS) {
        pfg_vec_push(&block->readings, reader->arena, *reading);
        return;
    }
    if (!block->full) {
        pfg_reader_warn(reader, "more than %d values for one run of %s",
                        PFG_LOAD_READINGS, reader->ingester->name);
    }
    block->full = true;
}

void pfg_load_block_add_events(struct pfg_load_block *block,
                               struct pfg_reader *reader, const char *metric,
                               double events, double trials,
                               struct pfg_slice digits, struct pfg_pos pos)
{
    struct pfg_load_reading reading = {
        .metric = pfg_slice_of(metric),
        .unit = PFG_LIT("1"),
        .better = PFG_LOWER,
        .printed = {.digits = digits, .value = events, .resolution = NAN},
        .events = events,
        .trials = fmax(trials, events),
        .is_events = true,
        .pos = pos,
    };

    if (events >= 0 && isfinite(reading.trials)) {
        pfg_vec_push(&block->readings, reader->arena, reading);
    }
}

struct pfg_load_reading *pfg_load_block_find(const struct pfg_load_block *block,
                                             struct pfg_slice metric)
{
    for (size_t i = 0; i < block->readings.n; i++) {
        if (pfg_slice_eq(block->readings.at[i].metric, metric)) {
            return &block->readings.at[i];
        }
    }
    return NULL;
}

double pfg_load_block_value(const struct pfg_load_block *block,
                            const char *metric)
{
    const struct pfg_load_reading *reading =
        pfg_load_block_find(block, pfg_slice_of(metric));

    return reading && isfinite(reading->printed.value) ? reading->printed.value
                                                       : NAN;
}

/* The value of "latency stdev", for example, for "latency mean". */
static double beside(const struct pfg_load_block *block,
                     struct pfg_reader *reader, struct pfg_slice stem,
                     const char *statistic)
{
    return pfg_load_block_value(
        block,
        pfg_arena_printf(reader->arena, "%.*s %s", PFG_SLICE(stem), statistic));
}

static struct pfg_summary summarise(const struct pfg_load_block *block,
                                    struct pfg_reader *reader,
                                    const struct pfg_load_reading *reading)
{
    struct pfg_summary summary = pfg_summary_of(reading->printed.value);
    struct pfg_slice rest = reading->metric;
    struct pfg_slice stem = pfg_take_until(&rest, ' ');

    if (reading->is_events) {
        return summary;
    }
    summary.resolution = reading->printed.resolution;
    if (pfg_slice_is(stem, "latency") && block->n_requests > 0 &&
        isfinite(block->n_requests)) {
        summary.count = block->n_requests;
    }
    if (!rest.len || pfg_slice_is(rest, "mean")) {
        summary.stddev = beside(block, reader, stem, "stdev");
        summary.min = beside(block, reader, stem, "min");
        summary.max = beside(block, reader, stem, "max");
    }
    return summary;
}

void pfg_load_block_send(struct pfg_load_block *block,
                         struct pfg_reader *reader)
{
    for (size_t i = 0; i < block->readings.n; i++) {
        const struct pfg_load_reading *reading = &block->readings.at[i];
        struct pfg_summary summary = summarise(block, reader, reading);
        struct pfg_measurement m = {
            .benchmark = block->benchmark,
            .params = block->params,
            .n_params = block->n_params,
            .metric = reading->metric,
            .unit = reading->unit,
            .better = reading->better,
            .written_unit = reading->printed.unit,
            .events = reading->events,
            .trials = reading->trials,
            .pos = reading->pos,
        };

        if (reading->error) {
            m.error = pfg_slice_of(reading->error);
        } else {
            m.summary = &summary;
            m.written =
                reading->printed.digits.len ? &reading->printed.digits : NULL;
        }
        reader->sink->measurement(reader->sink->self, &m);
    }
    block->readings.n = 0;
}
