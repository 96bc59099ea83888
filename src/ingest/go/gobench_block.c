#include "ingest/go/gobench.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

#define MAX_CPUS    8192   /* as many as Linux can have */
#define MAX_RESULTS 200000 /* held back at most; then the names must do */

/* "-8" at the end, as Go writes GOMAXPROCS: above 1, no leading zero. */
static unsigned suffix_of(struct pfg_slice name, struct pfg_slice *stem)
{
    size_t dash = pfg_slice_find_last_byte(name, '-');
    struct pfg_slice digits = pfg_slice_from(name, dash + 1);
    uint64_t cpus;

    *stem = name;
    if (dash == 0 || dash >= name.len || digits.ptr[0] == '0' ||
        pfg_number_parse_u64(&cpus, digits) || cpus < 2 || cpus > MAX_CPUS) {
        return 1;
    }
    *stem = pfg_slice_first(name, dash);
    return (unsigned)cpus;
}

struct pfg_gobench_name *pfg_gobench_name(struct pfg_gobench *g,
                                          struct pfg_slice full)
{
    const struct pfg_map_entry *entries = g->names.entries;
    size_t likely = g->next_name;
    struct pfg_gobench_name *name;
    void **place = NULL;

    if (likely < g->names.n && pfg_slice_eq(entries[likely].key, full)) {
        name = entries[likely].value;
    } else {
        place = pfg_map_at(&g->names, full);
        name = *place;
    }
    if (!name) {
        name = pfg_arena_alloc(g->arena, sizeof *name);
        name->number = g->names.n - 1;
        name->full = g->names.entries[name->number].key;
        name->cpus = suffix_of(name->full, &name->stem);
        *place = name;
    }
    g->next_name = name->number + 1;
    if (name->block != g->block.number) {
        name->block = g->block.number;
        name->counted = false;
        pfg_vec_push(&g->block.names, g->arena, name);
    }
    return name;
}

/* What a `Unit` line means by a unit: all spellings with one meaning share
 * it ("ns/op" and "sec/op", "p99-ns/op" and "p99-sec/op"). */
static struct pfg_slice unit_kind(struct pfg_gobench *g,
                                  struct pfg_slice written)
{
    size_t dash = pfg_slice_find_last_byte(written, '-');
    struct pfg_slice bare =
        dash < written.len ? pfg_slice_from(written, dash + 1) : written;
    struct pfg_unit unit = pfg_unit_find(bare);
    size_t slash = pfg_slice_find_byte(bare, '/');
    bool per = !pfg_slice_has(unit.base, "/") && slash < bare.len;

    return pfg_slice_of(pfg_arena_printf(
        g->arena, "%.*s %.*s %.*s",
        PFG_SLICE(pfg_slice_first(written, written.len - bare.len)),
        PFG_SLICE(unit.base),
        PFG_SLICE(pfg_slice_from(bare, per ? slash : bare.len))));
}

static struct pfg_gobench_declared *find_declared(struct pfg_gobench *g,
                                                  struct pfg_slice written)
{
    void **place = pfg_map_at(&g->declared, unit_kind(g, written));

    if (!*place) {
        *place = pfg_arena_alloc(g->arena, sizeof(struct pfg_gobench_declared));
    }
    return *place;
}

static struct pfg_gobench_unit *find_unit(struct pfg_gobench *g,
                                          struct pfg_slice written)
{
    void **place = pfg_map_at(&g->units, written);
    struct pfg_gobench_unit *unit = *place;

    if (!unit) {
        unit = pfg_arena_alloc(g->arena, sizeof *unit);
        unit->written =
            pfg_slice_make(pfg_arena_slice(g->arena, written), written.len);
        unit->unit = pfg_unit_find(unit->written);
        unit->metric =
            unit->unit.metric ? pfg_slice_of(unit->unit.metric) : unit->written;
        unit->is_duration = pfg_slice_is(unit->unit.base, "s");
        unit->is_time = pfg_slice_is(unit->written, "ns/op");
        unit->is_speed = pfg_slice_is(unit->written, "MB/s");
        unit->is_per_loop = pfg_slice_is(unit->metric, "allocs") ||
                            pfg_slice_is(unit->metric, "bytes");
        unit->declared = find_declared(g, unit->written);
        *place = unit;
    }
    return unit;
}

static void warn_of_redefinition(struct pfg_reader *reader,
                                 struct pfg_slice unit, struct pfg_slice key)
{
    pfg_reader_warn(reader, "'%.*s' was declared with a different %.*s before",
                    (int)(unit.len < 60 ? unit.len : 60), unit.ptr,
                    PFG_SLICE(key));
}

void pfg_gobench_declare(struct pfg_gobench *g, struct pfg_reader *reader,
                         struct pfg_slice unit, struct pfg_slice key,
                         struct pfg_slice value)
{
    struct pfg_gobench_declared *declared = find_declared(g, unit);
    bool is_better = pfg_slice_is(key, "better");
    bool exact = pfg_slice_is(value, "exact");
    enum pfg_direction better = PFG_NEUTRAL;

    if (is_better ? pfg_direction_parse(&better, value) != 0
                  : !exact && !pfg_slice_is(value, "nothing")) {
        pfg_reader_warn(reader, "unknown value in '%.*s=%.*s'", PFG_SLICE(key),
                        (int)(value.len < 60 ? value.len : 60), value.ptr);
        return;
    }
    if (is_better) {
        if (declared->has_better && declared->better != better) {
            warn_of_redefinition(reader, unit, key);
            return;
        }
        declared->has_better = true;
        declared->better = better;
        return;
    }
    if (declared->has_assume && declared->exact != exact) {
        warn_of_redefinition(reader, unit, key);
        return;
    }
    declared->has_assume = true;
    declared->exact = exact;
}

/* `likely` is the unit in this place of the line before; NULL: none. */
static struct pfg_gobench_value add_value(struct pfg_gobench *g,
                                          struct pfg_slice number,
                                          struct pfg_slice unit,
                                          struct pfg_gobench_unit *likely)
{
    struct pfg_gobench_block *block = &g->block;
    struct pfg_gobench_value value = {
        .unit = likely && pfg_slice_eq(likely->written, unit)
                    ? likely
                    : find_unit(g, unit),
        .text = block->text.n,
        .len = number.len,
    };

    value.unit->n_uses++;
    pfg_unit_convert(&value.value, number, &value.unit->unit);
    while (block->text.cap - block->text.n < number.len) {
        block->text.at =
            pfg_vec_grow(block->text.at, &block->text.cap, 1, g->arena);
    }
    memcpy(block->text.at + block->text.n, number.ptr, number.len);
    block->text.n += number.len;
    return value;
}

static void add_result(struct pfg_gobench *g, struct pfg_reader *reader,
                       struct pfg_gobench_result result)
{
    struct pfg_gobench_block *block = &g->block;

    if (block->results.n >= MAX_RESULTS) {
        pfg_gobench_flush(g, reader);
    }
    result.first = block->values.n;
    result.line = reader->pos.line;
    pfg_vec_push(&block->results, g->arena, result);
    block->has_results = true;
    g->process_used = true;
}

void pfg_gobench_add(struct pfg_gobench *g, struct pfg_reader *reader,
                     struct pfg_slice name, const struct pfg_gobench_tail *tail)
{
    struct pfg_gobench_result result = {
        .name = pfg_gobench_name(g, name),
        .n = tail->n,
        .iterations = tail->iterations,
    };

    /* What a program prints by itself, in lower case, has no GOMAXPROCS. */
    result.name->counted =
        result.name->cpus > 1 || pfg_gobench_is_name(result.name->full);
    add_result(g, reader, result);
    for (size_t i = 0; i < tail->n; i++) {
        size_t n = g->block.values.n;
        struct pfg_gobench_value value = add_value(
            g, tail->pairs[i].number, tail->pairs[i].unit,
            n >= tail->n ? g->block.values.at[n - tail->n].unit : NULL);

        pfg_vec_push(&g->block.values, g->arena, value);
    }
}

void pfg_gobench_add_failed(struct pfg_gobench *g, struct pfg_reader *reader,
                            struct pfg_slice name, bool full,
                            struct pfg_slice error)
{
    struct pfg_gobench_result result = {
        .name = pfg_gobench_name(g, name),
        .error = pfg_arena_slice(g->arena, error),
    };

    result.name->counted |= full;
    add_result(g, reader, result);
}

/* Lists the distinct suffixes. */
static void list_suffixes(struct pfg_gobench *g)
{
    struct pfg_gobench_block *block = &g->block;
    bool seen[MAX_CPUS + 1] = {false};

    block->cpus.n = 0;
    for (size_t i = 0; i < block->names.n; i++) {
        const struct pfg_gobench_name *name = block->names.at[i];

        if (name->counted && !seen[name->cpus]) {
            seen[name->cpus] = true;
            pfg_vec_push(&block->cpus, g->arena, name->cpus);
        }
    }
}

/* Counts names for each stem. */
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

/* Whether all stems have all suffixes, but perhaps the last. */
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

/* Once taken, the decision stands for the rest of the block. */
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

/* Name and place of a result, with `cpus` where it is not 1. `digits` keeps
 * the parameter's value. */
static struct pfg_measurement describe(const struct pfg_gobench *g,
                                       struct pfg_reader *reader,
                                       const struct pfg_gobench_result *result,
                                       unsigned cpus, struct pfg_param *param,
                                       char digits[12])
{
    bool own = g->block.suffixed && cpus == result->name->cpus;

    if (own) { /* as it stands behind the name */
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

/* The common name goes to the first value of a line that has it. */
static struct pfg_slice metric_of(const struct pfg_gobench_value *values,
                                  size_t i)
{
    const struct pfg_gobench_unit *unit = values[i].unit;

    for (size_t j = 0; j < i; j++) {
        if (pfg_slice_eq(values[j].unit->metric, unit->metric)) {
            return unit->written;
        }
    }
    return unit->metric;
}

/* The testing package computes MB/s from ns/op: it is no second observation. */
static bool is_derived(const struct pfg_gobench_value *values, size_t n,
                       size_t i)
{
    bool has_time = false;

    for (size_t j = 0; j < n; j++) {
        has_time |= values[j].unit->is_time;
    }
    return has_time && values[i].unit->is_speed;
}

/* `m` says which result it is of, and what its other values said; `written` is
 * where it keeps its digits. */
static void send_value(const struct pfg_gobench *g, struct pfg_reader *reader,
                       const struct pfg_gobench_result *result,
                       struct pfg_measurement *m, struct pfg_slice *written,
                       size_t i)
{
    const struct pfg_gobench_value *values = &g->block.values.at[result->first];
    const struct pfg_gobench_value *value = &values[i];
    const struct pfg_gobench_declared *declared = value->unit->declared;
    char error[160];

    *written = pfg_slice_make(g->block.text.at + value->text, value->len);
    m->metric = metric_of(values, i);
    m->unit = value->unit->unit.base;
    m->better =
        declared->has_better ? declared->better : value->unit->unit.better;
    m->exact = declared->exact;
    m->derived = is_derived(values, result->n, i);
    m->values = &value->value;
    m->n_values = 1;
    /* What the loop allocates is divided by its length, and differs with it. */
    m->trials = value->unit->is_per_loop &&
                        m->metric.ptr == value->unit->metric.ptr
                    ? result->iterations
                    : 0;
    m->events = m->trials * value->value;
    m->error = pfg_slice_of(NULL);
    m->written = written;
    m->written_unit = value->unit->written;
    if (!isfinite(value->value) ||
        (value->unit->is_duration && value->value < 0)) {
        snprintf(error, sizeof error, "%.*s %.*s",
                 (int)(written->len < 60 ? written->len : 60), written->ptr,
                 (int)(m->written_unit.len < 60 ? m->written_unit.len : 60),
                 m->written_unit.ptr);
        m->error = pfg_slice_of(error);
    }
    reader->sink->measurement(reader->sink->self, m);
}

static void send_values(const struct pfg_gobench *g, struct pfg_reader *reader,
                        const struct pfg_gobench_result *result)
{
    unsigned cpus = g->block.suffixed ? result->name->cpus : 1;
    struct pfg_param param;
    char digits[12];
    struct pfg_measurement m =
        describe(g, reader, result, cpus, &param, digits);
    struct pfg_slice written;

    for (size_t i = 0; i < result->n; i++) {
        send_value(g, reader, result, &m, &written, i);
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

/* A benchmark that fails in its first iteration is named without GOMAXPROCS:
 * it then stands for all that the block knows. */
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
        }
        send_values(g, reader, result);
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

/* All that a package printed in a process is there. */
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
        g->pkg = pfg_slice_make(pfg_arena_slice(g->arena, pkg), pkg.len);
    }
    g->block.has_pkg = true;
    g->block.line = reader->pos.line;
}
