#include "compare/sides/pool.h"

#include <stdlib.h>
#include <string.h>

#include "group/key.h"
#include "stats/sample.h"

size_t pfg_piece_values(const double **out, const struct pfg_piece *piece)
{
    *out = piece->n ? piece->values : &piece->summary.value;
    return piece->n ? piece->n : piece->has_summary;
}

void pfg_pool_add(struct pfg_pooled *pooled,
                  const struct pfg_pooled_process *member,
                  struct pfg_arena *arena)
{
    const struct pfg_piece *piece = member->piece;
    const double *values;
    size_t n;

    pfg_vec_push(&pooled->processes, arena, *member);
    n = pfg_piece_values(&values, piece);
    pooled->n_used += n > 0;
    pooled->n_values += n;
    pooled->events += piece->events;
    pooled->trials += piece->trials;
    if (!*pooled->error && *piece->error) {
        pooled->error = piece->error;
    }
    if (*piece->budget && (!*pooled->budget || piece->budget_crossed)) {
        pooled->budget = piece->budget;
        pooled->budget_crossed |= piece->budget_crossed;
    }
}

static struct pfg_pooled_process member_of(const struct pfg_run *run,
                                           const struct pfg_piece *piece)
{
    const struct pfg_process *process = &run->processes.at[piece->process];

    return (struct pfg_pooled_process){
        .run = run,
        .piece = piece,
        .round = process->round,
        .time = process->time,
    };
}

static void unpack(struct pfg_pooled *pooled, struct pfg_arena *arena)
{
    size_t n = pooled->processes.n;
    struct pfg_piece *pieces = pfg_arena_new_array(arena, struct pfg_piece, n);

    pooled->processes.at =
        pfg_arena_new_array(arena, struct pfg_pooled_process, n);
    pooled->processes.cap = n;
    for (size_t i = 0; i < n; i++) {
        pieces[i] = pfg_series_piece(pooled->plain.series, i);
        pooled->processes.at[i] = member_of(pooled->plain.run, &pieces[i]);
    }
}

const struct pfg_pooled_process *pfg_pooled_processes(
    const struct pfg_pooled *pooled)
{
    struct pfg_pooled *changed =
        (struct pfg_pooled *)pooled; /* only a cache changes */
    struct pfg_pool *pool = pooled->pool;

    if (!pooled->processes.at && pooled->plain.run) {
        pool->arena = pool->arena ? pool->arena : pfg_arena_new();
        unpack(changed, pool->arena);
        changed->unpacked = pool->unpacked;
        pool->unpacked = changed;
    }
    return pooled->processes.at;
}

const struct pfg_piece *pfg_pooled_piece(const struct pfg_pooled *pooled,
                                         size_t i)
{
    return pfg_pooled_processes(pooled)[i].piece;
}

struct pfg_piece pfg_pooled_first(const struct pfg_pooled *pooled)
{
    return pooled->plain.run ? pfg_series_piece(pooled->plain.series, 0)
                             : *pooled->processes.at[0].piece;
}

const struct pfg_run *pfg_pooled_run(const struct pfg_pooled *pooled, size_t i)
{
    return pooled->plain.run ? pooled->plain.run : pooled->processes.at[i].run;
}

const double *pfg_pooled_values(const struct pfg_pooled *pooled,
                                struct pfg_arena *arena)
{
    double *all;
    size_t n = 0;

    if (pooled->plain.run) {
        return pooled->plain.series->plain->values;
    }
    all = pfg_arena_new_array(arena, double, pooled->n_values);
    for (size_t i = 0; i < pooled->processes.n; i++) {
        const double *values;
        size_t count = pfg_piece_values(&values, pooled->processes.at[i].piece);

        for (size_t j = 0; j < count; j++) {
            all[n++] = values[j];
        }
    }
    return all;
}

double *pfg_pooled_sorted(const struct pfg_pooled *pooled,
                          struct pfg_arena *arena)
{
    size_t n = pooled->n_values;
    double *sorted = pfg_arena_new_array(arena, double, n);

    if (n) {
        memcpy(sorted, pfg_pooled_values(pooled, arena), n * sizeof *sorted);
        pfg_sort(sorted, n);
    }
    return sorted;
}

void pfg_pool_pack(struct pfg_pool *pool)
{
    struct pfg_pooled *pooled = pool->unpacked;

    if (pooled) {
        pool->unpacked = NULL;
        pfg_arena_clear(pool->arena);
    }
    for (; pooled; pooled = pooled->unpacked) {
        pooled->processes.at = NULL;
        pooled->processes.cap = 0;
    }
}

void pfg_pool_end(struct pfg_pool *pool)
{
    pfg_pool_pack(pool);
    pfg_arena_free(pool->arena);
    pool->arena = NULL;
}

static void add_plain(struct pfg_pooled *pooled, const struct pfg_run *run,
                      const struct pfg_series *series)
{
    const struct pfg_plain_pieces *plain = series->plain;

    pooled->plain = (struct pfg_pooled_plain){run, series};
    pooled->processes.n = series->pieces.n;
    pooled->n_used = pooled->n_values = series->pieces.n;
    for (size_t i = 0; plain->trials && i < series->pieces.n; i++) {
        pooled->events += plain->trials[i] * plain->values[i];
        pooled->trials += plain->trials[i];
    }
}

/* Most sides are one run, whose processes then fit exactly. */
static void make_room(struct pfg_pooled *pooled, size_t n,
                      struct pfg_arena *arena)
{
    if (!pooled->processes.cap) {
        pooled->processes.at =
            pfg_arena_new_array(arena, struct pfg_pooled_process, n);
        pooled->processes.cap = n;
    }
}

/* A series of several runs is unpacked for good. */
static void add_pieces(struct pfg_pooled *pooled, const struct pfg_run *run,
                       const struct pfg_series *series, struct pfg_arena *arena)
{
    struct pfg_piece *pieces = series->pieces.at;

    if (pooled->plain.run) {
        unpack(pooled, arena);
        pooled->plain.run = NULL;
    }
    if (series->plain) {
        pieces = pfg_arena_new_array(arena, struct pfg_piece, series->pieces.n);
    }
    make_room(pooled, series->pieces.n, arena);
    for (size_t i = 0; i < series->pieces.n; i++) {
        struct pfg_pooled_process member;

        if (series->plain) {
            pieces[i] = pfg_series_piece(series, i);
        }
        member = member_of(run, &pieces[i]);
        pfg_pool_add(pooled, &member, arena);
    }
}

static void put_benchmark(struct pfg_str *out, const struct pfg_series *series)
{
    pfg_str_puts(out, series->suite);
    pfg_str_putc(out, '\x1f');
    pfg_key_put_label(out, series);
}

struct pfg_slice pfg_pool_benchmark(const struct pfg_series *series,
                                    struct pfg_arena *arena)
{
    struct pfg_slice name;
    struct pfg_str text;

    pfg_str_init(&text, 0);
    put_benchmark(&text, series);
    name = pfg_arena_copy(arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return name;
}

/* Two series share their texts, so they are metrics of one benchmark: ingesters
 * emit those one after the other. False proves nothing. */
static bool share_texts(const struct pfg_series *a, const struct pfg_series *b)
{
    if (a->benchmark != b->benchmark || a->suite != b->suite ||
        a->n_params != b->n_params || a->variant != b->variant ||
        a->n_variant != b->n_variant) {
        return false;
    }
    for (size_t i = 0; i < a->n_params; i++) {
        if (a->params[i].key != b->params[i].key ||
            a->params[i].value != b->params[i].value) {
            return false;
        }
    }
    return true;
}

/* A pool while it is built. */
struct building {
    struct pfg_pool *pool;
    struct pfg_arena *arena;
    struct pfg_str text; /* of the last benchmark */
};

/* Names the series' benchmark, whose metrics all share the name. */
static void name_benchmark(struct building *b, struct pfg_pooled *pooled,
                           const struct pfg_pooled *last)
{
    struct pfg_map *known = &b->pool->benchmarks;

    if (last && share_texts(last->series, pooled->series)) {
        pooled->number = last->number;
    } else {
        pfg_str_clear(&b->text);
        put_benchmark(&b->text, pooled->series);
        pooled->number =
            pfg_map_index(known, pfg_map_at(known, pfg_str_slice(&b->text)));
    }
    pooled->benchmark = known->entries[pooled->number].key;
    pooled->label = pooled->benchmark.ptr + strlen(pooled->series->suite) + 1;
}

static void add_pooled(struct building *b, const struct pfg_series *series)
{
    struct pfg_pool *pool = b->pool;
    const struct pfg_pooled *last =
        pool->series.n ? pool->series.at[pool->series.n - 1] : NULL;
    struct pfg_pooled *pooled = pfg_arena_alloc(b->arena, sizeof *pooled);

    pooled->pool = pool;
    pooled->series = series;
    pooled->error = pooled->budget = "";
    name_benchmark(b, pooled, last);
    if (!last || last->series->suite != series->suite) {
        *pfg_map_borrow(&pool->suites, pfg_slice_of(series->suite)) = pool;
    }
    pfg_vec_push(&pool->series, b->arena, pooled);
}

static bool comes_next(const struct pfg_pool *pool, const char *key,
                       size_t next)
{
    return next < pool->series.n &&
           !strcmp(pool->series.at[next]->series->key, key);
}

/* The index of a series, which is added if it is new. A run may have one twice,
 * because names are rewritten after they were read. */
static size_t index_of(struct building *b, const struct pfg_series *series,
                       size_t next)
{
    struct pfg_pool *pool = b->pool;
    void **place;

    if (comes_next(pool, series->key, next)) {
        return next;
    }
    place = pfg_map_borrow(&pool->by_key, pfg_slice_of(series->key));
    if (pool->by_key.n > pool->series.n) {
        *place = (void *)(uintptr_t)pool->series.n;
        add_pooled(b, series);
    }
    return (size_t)(uintptr_t)*place;
}

/* *next: as in pfg_pool_find_next(). */
static void add_series(struct building *b, const struct pfg_run *run,
                       const struct pfg_series *series, size_t *next)
{
    size_t index = index_of(b, series, *next);
    struct pfg_pooled *pooled = b->pool->series.at[index];
    struct pfg_arena *arena = b->arena;

    *next = index + 1;
    if (series->plain && !pooled->processes.n) {
        add_plain(pooled, run, series);
    } else {
        add_pieces(pooled, run, series, arena);
    }
}

void pfg_pool_build(struct pfg_pool *out, struct pfg_run *const *runs,
                    size_t n_runs, struct pfg_arena *arena)
{
    struct building b = {.pool = out, .arena = arena};

    *out = (struct pfg_pool){0};
    pfg_map_init(&out->by_key, arena);
    pfg_map_init(&out->suites, arena);
    pfg_map_init(&out->benchmarks, arena);
    pfg_str_init(&b.text, 0);
    if (n_runs) {
        pfg_map_reserve(&out->by_key, runs[0]->series.n);
        out->series.cap = runs[0]->series.n;
        out->series.at =
            pfg_arena_new_array(arena, struct pfg_pooled *, out->series.cap);
    }
    for (size_t i = 0; i < n_runs; i++) {
        size_t next = 0;

        for (size_t j = 0; j < runs[i]->series.n; j++) {
            add_series(&b, runs[i], runs[i]->series.at[j], &next);
        }
    }
    pfg_str_free(&b.text);
}

struct pfg_pooled *pfg_pool_find_next(const struct pfg_pool *pool,
                                      const char *key, size_t *next)
{
    if (!comes_next(pool, key, *next)) {
        void **place = pfg_map_find(&pool->by_key, pfg_slice_of(key));

        if (!place) {
            return NULL;
        }
        *next = (size_t)(uintptr_t)*place;
    }
    return pool->series.at[(*next)++];
}

struct pfg_pooled *pfg_pool_find(const struct pfg_pool *pool, const char *key)
{
    size_t next = pool->series.n;

    return pfg_pool_find_next(pool, key, &next);
}
