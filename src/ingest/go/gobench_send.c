#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ingest/go/gobench.h"

static void list_suffixes(struct pfg_gobench *g)
{
    struct pfg_gobench_block *block = &g->block;
    uint64_t seen[PFG_GOBENCH_CPUS_MAX / 64 + 1] = {0};

    block->cpus.n = 0;
    for (size_t i = 0; i < block->names.n; i++) {
        const struct pfg_gobench_name *name = block->names.at[i];
        uint64_t *word = &seen[name->cpus / 64];
        uint64_t bit = UINT64_C(1) << name->cpus % 64;

        if (name->counted && !(*word & bit)) {
            *word |= bit;
            pfg_vec_push(&block->cpus, g->arena, name->cpus);
        }
    }
}

static void count_stems(const struct pfg_gobench_block *block,
                        struct pfg_map *stems)
{
    for (size_t i = 0; i < block->names.n; i++) {
        const struct pfg_gobench_name *name = block->names.at[i];
        void **count;

        if (name->counted) {
            count = pfg_map_at(stems, name->stem);
            *count = (void *)((uintptr_t)*count + 1);
        }
    }
}

/* Whether every stem has every suffix; the last stem may be excused. */
static bool is_product(const struct pfg_map *stems, size_t n_suffixes,
                       bool but_the_last)
{
    for (size_t i = 0; i < stems->n; i++) {
        uintptr_t count = (uintptr_t)stems->entries[i].value;
        bool excused = but_the_last && i > 0 && i + 1 == stems->n;

        if (count != n_suffixes && !excused) {
            return false;
        }
    }
    return true;
}

/* Decides what suffixes are. This holds for the rest of the block. */
static void decide(struct pfg_gobench *g)
{
    struct pfg_gobench_block *block = &g->block;
    struct pfg_arena *arena;
    struct pfg_map stems;

    if (block->decided) {
        return;
    }
    list_suffixes(g);
    if (block->cpus.n == 1) {
        block->suffixed = block->cpus.at[0] != 1;
    } else if (block->cpus.n) {
        arena = pfg_arena_new();
        pfg_map_init(&stems, arena);
        count_stems(block, &stems);
        block->suffixed = is_product(&stems, block->cpus.n, block->trouble > 0);
        pfg_arena_free(arena);
    }
    block->decided = true;
}

static void send_process(struct pfg_gobench *g, struct pfg_reader *reader)
{
    struct pfg_process_start start = {.time = g->process_time};

    if (g->new_process || (start.time && !g->process_told)) {
        reader->sink->process(reader->sink->self, &start);
    }
    g->new_process = false;
    g->process_told = true;
}

/* Sets the name and position of a result, and `cpus` if it is above 1. `digits`
 * holds the parameter's value. */
static struct pfg_measurement describe(const struct pfg_gobench *g,
                                       struct pfg_reader *reader,
                                       const struct pfg_gobench_result *result,
                                       unsigned cpus, struct pfg_param *param,
                                       char digits[12])
{
    bool own = g->block.suffixed && cpus == result->name->cpus;

    if (own) { /* as printed after the name */
        *param = (struct pfg_param){
            PFG_LIT("cpus"),
            pfg_slice_from(result->name->full, result->name->stem.len + 1)};
    } else {
        snprintf(digits, 12, "%u", cpus);
        *param = (struct pfg_param){PFG_LIT("cpus"), pfg_slice_of(digits)};
    }
    return (struct pfg_measurement){
        .suite = g->pkg,
        .benchmark = own ? result->name->stem : result->name->full,
        .params = param,
        .n_params = cpus > 1,
        .pos = {.file = reader->pos.file, .line = result->line},
    };
}

/* The sink's places for the values. They are zeroed if the values were last
 * sent in another form. */
static size_t *places_of(struct pfg_gobench *g,
                         const struct pfg_gobench_result *result)
{
    struct pfg_gobench_sent *sent = &result->name->sent;
    size_t n = result->shape->n;

    if (sent->shape == result->shape && sent->pkg == g->pkg.ptr &&
        sent->suffixed == g->block.suffixed &&
        sent->n_declared == g->n_declared) {
        return sent->places;
    }
    if (!sent->places || sent->room < n) {
        sent->places = pfg_arena_new_array(g->arena, size_t, n);
        sent->room = n;
    } else {
        memset(sent->places, 0, n * sizeof *sent->places);
    }
    sent->shape = result->shape;
    sent->pkg = g->pkg.ptr;
    sent->suffixed = g->block.suffixed;
    sent->n_declared = g->n_declared;
    return sent->places;
}

static struct pfg_slice digits_of(const struct pfg_gobench_block *block,
                                  size_t value)
{
    size_t begin = block->values.at[value].text;
    size_t end = value + 1 < block->values.n ? block->values.at[value + 1].text
                                             : block->text.n;

    return pfg_slice_make(block->text.at + begin, end - begin);
}

/* Allocations are a mean over the loop and depend on its length. */
static double trials_of(const struct pfg_gobench_result *result, size_t i)
{
    const struct pfg_gobench_unit *unit = result->shape->at[i].unit;

    return unit->is_per_loop &&
                   result->shape->at[i].metric.ptr == unit->metric.ptr
               ? result->iterations
               : 0;
}

/* Sends value i as a whole measurement. */
static void send_value(struct pfg_gobench *g, struct pfg_reader *reader,
                       const struct pfg_gobench_result *result, size_t i,
                       size_t *place)
{
    double value = g->block.values.at[result->first + i].value;
    struct pfg_slice written = digits_of(&g->block, result->first + i);
    struct pfg_gobench_unit *unit = result->shape->at[i].unit;
    const struct pfg_gobench_declared *declared =
        pfg_gobench_declared_for(g, unit);
    struct pfg_param param;
    char digits[12], error[160];
    struct pfg_measurement m =
        describe(g, reader, result, g->block.suffixed ? result->name->cpus : 1,
                 &param, digits);

    m.metric = result->shape->at[i].metric;
    m.unit = unit->unit.base;
    m.better =
        declared && declared->has_better ? declared->better : unit->unit.better;
    m.exact = declared && declared->exact;
    m.derived = result->shape->at[i].derived;
    m.values = &value;
    m.n_values = 1;
    m.trials = trials_of(result, i);
    m.events = m.trials * value;
    m.place = place;
    m.written = &written;
    m.written_unit = unit->written;
    if (!isfinite(value) || (unit->is_duration && value < 0)) {
        snprintf(error, sizeof error, "%.*s %.*s",
                 (int)(written.len < 60 ? written.len : 60), written.ptr,
                 (int)(m.written_unit.len < 60 ? m.written_unit.len : 60),
                 m.written_unit.ptr);
        m.error = pfg_slice_of(error);
    }
    reader->sink->measurement(reader->sink->self, &m);
}

static void send_values(struct pfg_gobench *g, struct pfg_reader *reader,
                        const struct pfg_gobench_result *result)
{
    const struct pfg_gobench_value *values = &g->block.values.at[result->first];
    const struct pfg_sink *sink = reader->sink;
    size_t *places = places_of(g, result);

    for (size_t i = 0; i < result->shape->n; i++) {
        if (!places[i] || !sink->again ||
            !sink->again(sink->self, places[i], values[i].value,
                         trials_of(result, i))) {
            send_value(g, reader, result, i, &places[i]);
        }
    }
}

static void send_failed(const struct pfg_gobench *g, struct pfg_reader *reader,
                        const struct pfg_gobench_result *result, unsigned cpus)
{
    struct pfg_param param;
    char digits[12];
    struct pfg_measurement m =
        describe(g, reader, result, cpus, &param, digits);

    m.metric = PFG_LIT("time");
    m.unit = PFG_LIT("s");
    m.better = PFG_LOWER;
    m.written_unit = PFG_LIT("ns/op");
    m.error = pfg_slice_of(result->error);
    reader->sink->measurement(reader->sink->self, &m);
}

/* A benchmark that fails in its first iteration is printed without GOMAXPROCS.
 * Its failure then applies to every suffix of the block. */
static void send_all_failed(const struct pfg_gobench *g,
                            struct pfg_reader *reader,
                            const struct pfg_gobench_result *result)
{
    const struct pfg_gobench_block *block = &g->block;
    unsigned own = result->name->cpus;
    bool has_own = !block->suffixed || result->name->counted;

    for (size_t i = 0; i < block->cpus.n; i++) {
        has_own |= own > 1 && block->cpus.at[i] == own;
    }
    if (has_own) {
        send_failed(g, reader, result, block->suffixed ? own : 1);
        return;
    }
    for (size_t i = 0; i < block->cpus.n; i++) {
        send_failed(g, reader, result, block->cpus.at[i]);
    }
}

void pfg_gobench_flush(struct pfg_gobench *g, struct pfg_reader *reader)
{
    struct pfg_gobench_block *block = &g->block;

    if (!block->results.n) {
        return;
    }
    decide(g);
    send_process(g, reader);
    for (size_t i = 0; i < block->results.n; i++) {
        const struct pfg_gobench_result *result = &block->results.at[i];

        if (result->error) {
            send_all_failed(g, reader, result);
        } else {
            send_values(g, reader, result);
        }
    }
    block->results.n = block->values.n = block->text.n = 0;
    g->want_log = 0;
}

void pfg_gobench_drop_pending(struct pfg_gobench *g, struct pfg_reader *reader)
{
    struct pfg_reader then = *reader;

    if (g->pending_line && g->in_go) {
        then.pos.line = g->pending_line;
        pfg_reader_warn(&then,
                        "no result for '%.60s': other output follows its name",
                        g->pending);
    }
    g->pending_line = 0;
}

static const char *package_name(const struct pfg_gobench *g)
{
    return g->pkg.len ? g->pkg.ptr : "(unknown)";
}

static void send_trouble(struct pfg_gobench *g, struct pfg_reader *reader)
{
    struct pfg_reader then = *reader;

    if (g->block.trouble) {
        g->reported = true;
        then.pos.line = g->block.failure_line;
        pfg_reader_fail(&then, "go test of '%.120s' failed: %s",
                        package_name(g), g->block.failure);
    }
}

void pfg_gobench_end_block(struct pfg_gobench *g, struct pfg_reader *reader)
{
    struct pfg_gobench_block *block = &g->block;
    struct pfg_gobench_open open = {g->pkg.ptr, block->line};

    pfg_gobench_drop_pending(g, reader);
    pfg_gobench_flush(g, reader);
    send_trouble(g, reader);
    if (block->has_pkg && !block->has_status && !block->trouble) {
        pfg_vec_push(&g->open, g->arena, open);
    }
    if (block->has_results) {
        *pfg_map_at(&g->done, g->pkg) = g;
    }
    block->names.n = 0;
    block->number++;
    block->decided = block->suffixed = block->has_pkg = false;
    block->has_results = block->has_status = block->closed = false;
    block->trouble = 0;
    g->want_log = 0;
}

void pfg_gobench_end_process(struct pfg_gobench *g,
                             const struct pfg_reader *reader)
{
    if (g->process_used) {
        g->new_process = true;
        g->process_used = false;
        g->process_time = reader->time;
        pfg_map_init(&g->done, g->arena);
    } else if (!g->process_time) {
        g->process_time = reader->time;
    }
}

bool pfg_gobench_has_output(const struct pfg_gobench_block *block)
{
    return block->has_results || block->has_status || block->trouble;
}

bool pfg_gobench_in_block(const struct pfg_gobench_block *block)
{
    return block->has_pkg || pfg_gobench_has_output(block);
}

static struct pfg_slice only_copy(struct pfg_map *map, struct pfg_slice key)
{
    size_t i = pfg_map_index(map, pfg_map_at(map, key));

    return map->entries[i].key;
}

void pfg_gobench_begin_package(struct pfg_gobench *g, struct pfg_reader *reader,
                               struct pfg_slice pkg)
{
    if (pfg_gobench_in_block(&g->block)) {
        pfg_gobench_end_block(g, reader);
    }
    if (pfg_map_find(&g->done, pkg)) {
        pfg_gobench_end_process(g, reader);
    }
    if (!pfg_slice_eq(g->pkg, pkg)) {
        g->pkg = only_copy(&g->packages, pkg);
    }
    g->block.has_pkg = true;
    g->block.line = reader->pos.line;
}
