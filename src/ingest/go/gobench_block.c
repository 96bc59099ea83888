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

/* It has a line in this block. */
static void note_name(struct pfg_gobench *g, struct pfg_gobench_name *name)
{
    g->next_name = name->number + 1;
    if (name->block != g->block.number) {
        name->block = g->block.number;
        name->counted = false;
        pfg_vec_push(&g->block.names, g->arena, name);
    }
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
    note_name(g, name);
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

static bool has_units(const struct pfg_gobench_shape *shape,
                      struct pfg_gobench_unit *const *units, size_t n)
{
    bool same = shape && shape->n == n;

    for (size_t i = 0; same && i < n; i++) {
        same = shape->at[i].unit == units[i];
    }
    return same;
}

/* The common name goes to the first value of a line that has it. */
static struct pfg_slice metric_of(struct pfg_gobench_unit *const *units,
                                  size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (pfg_slice_eq(units[j]->metric, units[i]->metric)) {
            return units[i]->written;
        }
    }
    return units[i]->metric;
}

/* The shape of a line with these units: mostly that of the name's last line, or
 * of the line before. */
static const struct pfg_gobench_shape *shape_of(
    struct pfg_gobench *g, const struct pfg_gobench_name *name,
    struct pfg_gobench_unit *const *units, size_t n)
{
    struct pfg_gobench_shape *shape;
    bool has_time = false;

    if (has_units(name->shape, units, n)) {
        return name->shape;
    }
    if (has_units(g->shape, units, n)) {
        return g->shape;
    }
    shape = pfg_arena_alloc(g->arena, sizeof *shape + n * sizeof *shape->at);
    shape->n = n;
    for (size_t i = 0; i < n; i++) {
        has_time |= units[i]->is_time;
    }
    for (size_t i = 0; i < n; i++) {
        shape->at[i].unit = units[i];
        shape->at[i].metric = metric_of(units, i);
        /* The testing package computes MB/s from ns/op: it is no second
         * observation. */
        shape->at[i].derived = has_time && units[i]->is_speed;
    }
    return shape;
}

/* Room for so many more digits. */
static void reserve_text(struct pfg_gobench *g, size_t more)
{
    struct pfg_gobench_block *block = &g->block;

    while (block->text.cap - block->text.n < more) {
        block->text.at =
            pfg_vec_grow(block->text.at, &block->text.cap, 1, g->arena);
    }
}

static void add_value(struct pfg_gobench *g, double value,
                      struct pfg_slice digits)
{
    struct pfg_gobench_block *block = &g->block;
    struct pfg_gobench_value added = {value, block->text.n};

    memcpy(block->text.at + block->text.n, digits.ptr, digits.len);
    block->text.n += digits.len;
    pfg_vec_push(&block->values, g->arena, added);
}

static struct pfg_gobench_result new_result(struct pfg_gobench *g,
                                            struct pfg_reader *reader,
                                            struct pfg_gobench_name *name)
{
    if (g->block.results.n >= MAX_RESULTS) {
        pfg_gobench_flush(g, reader);
    }
    return (struct pfg_gobench_result){
        .name = name,
        .first = g->block.values.n,
        .line = reader->pos.line,
    };
}

/* What a program prints by itself, in lower case, has no GOMAXPROCS. */
static void count_name(struct pfg_gobench_name *name)
{
    name->counted = name->cpus > 1 || pfg_gobench_is_name(name->full);
}

static void add_result(struct pfg_gobench *g,
                       const struct pfg_gobench_result *result)
{
    pfg_vec_push(&g->block.results, g->arena, *result);
    g->block.has_results = true;
    g->process_used = true;
}

void pfg_gobench_add(struct pfg_gobench *g, struct pfg_reader *reader,
                     struct pfg_slice name, const struct pfg_gobench_tail *tail)
{
    struct pfg_gobench_result result =
        new_result(g, reader, pfg_gobench_name(g, name));
    struct pfg_gobench_unit *units[PFG_GOBENCH_PAIRS];

    result.iterations = tail->iterations;
    count_name(result.name);
    for (size_t i = 0; i < tail->n; i++) {
        units[i] = find_unit(g, tail->pairs[i].unit);
        units[i]->n_uses++;
    }
    result.shape = shape_of(g, result.name, units, tail->n);
    g->shape = result.name->shape = result.shape;
    add_result(g, &result);
    for (size_t i = 0; i < tail->n; i++) {
        struct pfg_slice digits = tail->pairs[i].number;
        double value = 0;

        pfg_unit_convert(&value, digits, &units[i]->unit);
        reserve_text(g, digits.len);
        add_value(g, value, digits);
    }
}

static inline bool take_blanks(struct pfg_slice *s)
{
    const char *p = s->ptr, *end = p + s->len;

    while (p < end && (*p == ' ' || *p == '\t')) {
        p++;
    }
    if (p == s->ptr) {
        return false;
    }
    *s = pfg_slice_range(p, end);
    return true;
}

static inline bool take_same(struct pfg_slice *s, struct pfg_slice text)
{
    if (s->len < text.len || memcmp(s->ptr, text.ptr, text.len) != 0) {
        return false;
    }
    s->ptr += text.len;
    s->len -= text.len;
    return true;
}

static bool add_values_again(struct pfg_gobench *g,
                             const struct pfg_gobench_shape *shape,
                             struct pfg_slice rest)
{
    for (size_t i = 0; i < shape->n; i++) {
        const struct pfg_gobench_unit *unit = shape->at[i].unit;
        struct pfg_slice digits = rest;
        double value;

        if (!pfg_number_take_short(&value, &rest, unit->unit.exp10)) {
            return false;
        }
        digits.len -= rest.len;
        if (!take_blanks(&rest) || !take_same(&rest, unit->written) ||
            (!take_blanks(&rest) && rest.len)) {
            return false;
        }
        add_value(g, value * unit->unit.factor, digits);
    }
    return !rest.len;
}

bool pfg_gobench_add_again(struct pfg_gobench *g, struct pfg_reader *reader,
                           struct pfg_slice line)
{
    struct pfg_gobench_block *block = &g->block;
    struct pfg_gobench_result result = {
        .first = block->values.n,
        .line = reader->pos.line,
    };
    size_t n_text = block->text.n;
    struct pfg_slice rest = line, digits;

    if (g->next_name >= g->names.n || block->results.n >= MAX_RESULTS) {
        return false;
    }
    result.name = g->names.entries[g->next_name].value;
    result.shape = result.name->shape;
    if (!result.shape || !take_same(&rest, result.name->full) ||
        !take_blanks(&rest)) {
        return false;
    }
    digits = rest;
    if (!pfg_number_take_short(&result.iterations, &rest, 0) ||
        memchr(digits.ptr, '.', digits.len - rest.len) || !take_blanks(&rest)) {
        return false;
    }
    reserve_text(g, rest.len);
    if (!add_values_again(g, result.shape, rest)) {
        block->values.n = result.first;
        block->text.n = n_text;
        return false;
    }
    for (size_t i = 0; i < result.shape->n; i++) {
        result.shape->at[i].unit->n_uses++;
    }
    note_name(g, result.name);
    count_name(result.name);
    g->shape = result.shape;
    add_result(g, &result);
    return true;
}

void pfg_gobench_drop_value(struct pfg_gobench *g)
{
    struct pfg_gobench_block *block = &g->block;
    struct pfg_gobench_result *last = &block->results.at[block->results.n - 1];
    struct pfg_gobench_unit *units[PFG_GOBENCH_PAIRS];
    size_t n = last->shape->n - 1;

    for (size_t i = 0; i < n; i++) {
        units[i] = last->shape->at[i].unit;
    }
    last->shape = shape_of(g, last->name, units, n);
    block->text.n = block->values.at[--block->values.n].text;
}

void pfg_gobench_add_failed(struct pfg_gobench *g, struct pfg_reader *reader,
                            struct pfg_slice name, bool full,
                            struct pfg_slice error)
{
    struct pfg_gobench_result result =
        new_result(g, reader, pfg_gobench_name(g, name));

    result.error = pfg_arena_slice(g->arena, error);
    result.name->counted |= full;
    add_result(g, &result);
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

/* What the sink noted of the values: nothing where they are sent as something
 * else than before. */
static size_t *places_of(struct pfg_gobench *g,
                         const struct pfg_gobench_result *result)
{
    struct pfg_gobench_sent *sent = &result->name->sent;
    size_t n = result->shape->n;

    if (sent->shape == result->shape && sent->pkg == g->pkg.ptr &&
        sent->suffixed == g->block.suffixed) {
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

/* `m` says which result it is of, and what its other values said; `written` is
 * where it keeps its digits. */
static void send_value(const struct pfg_gobench *g, struct pfg_reader *reader,
                       const struct pfg_gobench_result *result,
                       struct pfg_measurement *m, struct pfg_slice *written,
                       size_t i)
{
    const struct pfg_gobench_value *value =
        &g->block.values.at[result->first + i];
    const struct pfg_gobench_unit *unit = result->shape->at[i].unit;
    const struct pfg_gobench_declared *declared = unit->declared;
    char error[160];

    *written = digits_of(&g->block, result->first + i);
    m->metric = result->shape->at[i].metric;
    m->unit = unit->unit.base;
    m->better = declared->has_better ? declared->better : unit->unit.better;
    m->exact = declared->exact;
    m->derived = result->shape->at[i].derived;
    m->values = &value->value;
    m->n_values = 1;
    /* What the loop allocates is divided by its length, and differs with it. */
    m->trials = unit->is_per_loop && m->metric.ptr == unit->metric.ptr
                    ? result->iterations
                    : 0;
    m->events = m->trials * value->value;
    m->error = pfg_slice_of(NULL);
    m->written = written;
    m->written_unit = unit->written;
    if (!isfinite(value->value) || (unit->is_duration && value->value < 0)) {
        snprintf(error, sizeof error, "%.*s %.*s",
                 (int)(written->len < 60 ? written->len : 60), written->ptr,
                 (int)(m->written_unit.len < 60 ? m->written_unit.len : 60),
                 m->written_unit.ptr);
        m->error = pfg_slice_of(error);
    }
    reader->sink->measurement(reader->sink->self, m);
}

static void send_values(struct pfg_gobench *g, struct pfg_reader *reader,
                        const struct pfg_gobench_result *result)
{
    unsigned cpus = g->block.suffixed ? result->name->cpus : 1;
    struct pfg_param param;
    char digits[12];
    struct pfg_measurement m =
        describe(g, reader, result, cpus, &param, digits);
    size_t *places = places_of(g, result);
    struct pfg_slice written;

    for (size_t i = 0; i < result->shape->n; i++) {
        m.place = &places[i];
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
