#include <string.h>

#include "base/number.h"
#include "ingest/go/gobench.h"

#define MAX_RESULTS 200000 /* held back; then the block is flushed */

/* Makes room for `more` digits. */
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

    if (digits.len) {
        memcpy(block->text.at + block->text.n, digits.ptr, digits.len);
        block->text.n += digits.len;
    }
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

/* Names in lower case come from other programs and have no GOMAXPROCS, so they
 * do not count unless they end in a number. */
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
        units[i] = pfg_gobench_find_unit(g, tail->pairs[i].unit);
        units[i]->n_uses++;
    }
    result.shape = pfg_gobench_shape_of(g, result.name, units, tail->n);
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

static bool add_values_again(struct pfg_gobench *g,
                             const struct pfg_gobench_shape *shape,
                             struct pfg_slice rest, bool with_digits)
{
    for (size_t i = 0; i < shape->n; i++) {
        const struct pfg_gobench_unit *unit = shape->at[i].unit;
        struct pfg_slice digits = rest;
        double value;

        if (!pfg_number_take_short(&value, &rest, unit->unit.exp10)) {
            return false;
        }
        digits.len = with_digits ? digits.len - rest.len : 0;
        if (!take_blanks(&rest) || !pfg_take_slice(&rest, unit->written) ||
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
    bool with_digits = !reader->sink->again;

    if (g->next_name >= g->names.n || block->results.n >= MAX_RESULTS) {
        return false;
    }
    result.name = g->names.entries[g->next_name].value;
    result.shape = result.name->shape;
    if (!result.shape || !pfg_take_slice(&rest, result.name->full) ||
        !take_blanks(&rest)) {
        return false;
    }
    digits = rest;
    if (!pfg_number_take_short(&result.iterations, &rest, 0) ||
        memchr(digits.ptr, '.', digits.len - rest.len) || !take_blanks(&rest)) {
        return false;
    }
    reserve_text(g, with_digits ? rest.len : 0);
    if (!add_values_again(g, result.shape, rest, with_digits)) {
        block->values.n = result.first;
        block->text.n = n_text;
        return false;
    }
    for (size_t i = 0; i < result.shape->n; i++) {
        result.shape->at[i].unit->n_uses++;
    }
    pfg_gobench_note_name(g, result.name);
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
    last->shape = pfg_gobench_shape_of(g, last->name, units, n);
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
