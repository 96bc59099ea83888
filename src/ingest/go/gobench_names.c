#include <string.h>

#include "base/number.h"
#include "ingest/go/gobench.h"

/* Reads "-8" at the end, as Go prints GOMAXPROCS: above 1, no leading zero. */
static unsigned suffix_of(struct pfg_slice name, struct pfg_slice *stem)
{
    size_t dash = pfg_slice_find_last_byte(name, '-');
    struct pfg_slice digits = pfg_slice_from(name, dash + 1);
    uint64_t cpus;

    *stem = name;
    if (dash == 0 || dash >= name.len || digits.ptr[0] == '0' ||
        pfg_number_parse_u64(&cpus, digits) || cpus < 2 ||
        cpus > PFG_GOBENCH_CPUS_MAX) {
        return 1;
    }
    *stem = pfg_slice_first(name, dash);
    return (unsigned)cpus;
}

void pfg_gobench_note_name(struct pfg_gobench *g, struct pfg_gobench_name *name)
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
    pfg_gobench_note_name(g, name);
    return name;
}

/* The key under which `Unit` lines apply. Spellings of one unit share it
 * ("ns/op" and "sec/op", "p99-ns/op" and "p99-sec/op"). */
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

const struct pfg_gobench_declared *pfg_gobench_declared_for(
    struct pfg_gobench *g, struct pfg_gobench_unit *unit)
{
    if (!unit->declared && g->declared.n) {
        unit->declared = find_declared(g, unit->written);
    }
    return unit->declared;
}

struct pfg_gobench_unit *pfg_gobench_find_unit(struct pfg_gobench *g,
                                               struct pfg_slice written)
{
    void **place = pfg_map_at(&g->units, written);
    struct pfg_gobench_unit *unit = *place;

    if (!unit) {
        unit = pfg_arena_alloc(g->arena, sizeof *unit);
        unit->written = pfg_arena_copy(g->arena, written);
        unit->unit = pfg_unit_find(unit->written);
        unit->metric =
            unit->unit.metric ? pfg_slice_of(unit->unit.metric) : unit->written;
        unit->is_duration = pfg_slice_is(unit->unit.base, "s");
        unit->is_time = pfg_slice_is(unit->written, "ns/op");
        unit->is_speed = pfg_slice_is(unit->written, "MB/s");
        unit->is_per_loop = pfg_slice_is(unit->metric, "allocs") ||
                            pfg_slice_is(unit->metric, "bytes");
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
        g->n_declared++;
        declared->has_better = true;
        declared->better = better;
        return;
    }
    if (declared->has_assume && declared->exact != exact) {
        warn_of_redefinition(reader, unit, key);
        return;
    }
    g->n_declared++;
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

/* Only the first value of a line with the common name gets that name. */
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

const struct pfg_gobench_shape *pfg_gobench_shape_of(
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
        /* The testing package computes MB/s from ns/op, so it is not a second
         * observation. */
        shape->at[i].derived = has_time && units[i]->is_speed;
    }
    return shape;
}
