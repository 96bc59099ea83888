#ifndef PFG_COMPARE_SIDES_POOL_H
#define PFG_COMPARE_SIDES_POOL_H

#include <stdbool.h>

#include "base/map.h"
#include "model/run.h"

/*
 * One side of a comparison: its runs joined, series by series. Borrows from
 * the runs; the rest lives in the arena.
 */

/* One process of a series. */
struct pfg_pooled_process {
    const struct pfg_run *run;
    const struct pfg_piece *piece;
    long round;    /* 0: unmarked */
    pfg_time time; /* 0: unknown */
};

/* The plain pieces of a series in a run. */
struct pfg_pooled_plain {
    const struct pfg_run *run;
    const struct pfg_series *series;
};

struct pfg_pooled {
    const struct pfg_series *series; /* as the first run has it */
    struct pfg_slice benchmark;      /* its name in the pool's `benchmarks`, */
    size_t number;                   /* and its index there */
    const char *label;               /* see pfg_key_label() */
    /* See pfg_pooled_processes(). */
    PFG_VEC(struct pfg_pooled_process) processes;
    struct pfg_pooled_plain plain; /* instead, while they are packed */
    struct pfg_pooled *twin; /* the same series on the other side; NULL: none.
                                Set by pfg_pair_series() */
    struct pfg_pool *pool;
    struct pfg_pooled *unpacked; /* next unpacked one of the pool */
    size_t n_used;         /* processes with an observation or a summary */
    size_t n_values;       /* observations; a lone summary counts as one */
    double events, trials; /* of all processes */
    const char *error;     /* the first failure; "" : none */
    const char *budget;
    bool budget_crossed;
    bool wanted; /* passes the filter of the comparison */
};

struct pfg_pool {
    PFG_VEC(struct pfg_pooled *) series; /* in order of first appearance */
    struct pfg_map by_key;               /* their keys -> index */
    struct pfg_map suites;               /* names */
    struct pfg_map benchmarks;           /* a set: suite and label */
    struct pfg_arena *arena;             /* of unpacked series */
    struct pfg_pooled *unpacked;         /* NULL: there is none */
};

/* Joins runs. Series that are unpacked later are freed by pfg_pool_end(). */
void pfg_pool_build(struct pfg_pool *out, struct pfg_run *const *runs,
                    size_t n_runs, struct pfg_arena *arena);

/*
 * The processes of a series. If they are the plain pieces of one run, they
 * are unpacked here and valid until pfg_pool_pack().
 */
const struct pfg_pooled_process *pfg_pooled_processes(
    const struct pfg_pooled *pooled);
const struct pfg_piece *pfg_pooled_piece(const struct pfg_pooled *pooled,
                                         size_t i);
void pfg_pool_pack(struct pfg_pool *pool);
void pfg_pool_end(struct pfg_pool *pool);

/* Adds a process to a series. */
void pfg_pool_add(struct pfg_pooled *pooled,
                  const struct pfg_pooled_process *member,
                  struct pfg_arena *arena);

/* All values of a series in order, `n_values` of them: borrowed where they lie
 * together, else copied into `arena`. */
const double *pfg_pooled_values(const struct pfg_pooled *pooled,
                                struct pfg_arena *arena);

/* A sorted copy of these values, in `arena`. */
double *pfg_pooled_sorted(const struct pfg_pooled *pooled,
                          struct pfg_arena *arena);

struct pfg_piece pfg_pooled_first(const struct pfg_pooled *pooled);

/* The run that a process belongs to. */
const struct pfg_run *pfg_pooled_run(const struct pfg_pooled *pooled, size_t i);

/* Sets *out to the values of a process, its observations or the value of its
 * summary, and returns how many there are. */
size_t pfg_piece_values(const double **out, const struct pfg_piece *piece);

/* The series with that key, or NULL. */
struct pfg_pooled *pfg_pool_find(const struct pfg_pool *pool, const char *key);

/* The same for keys of which most come in the pool's order: *next, 0 at first,
 * is the index after the last one found. */
struct pfg_pooled *pfg_pool_find_next(const struct pfg_pool *pool,
                                      const char *key, size_t *next);

/* The name under which a benchmark is listed in `benchmarks`: suite, 0x1f, and
 * the label, which ends the text. */
struct pfg_slice pfg_pool_benchmark(const struct pfg_series *series,
                                    struct pfg_arena *arena);

/* ---- alternates.c ---- */

/*
 * Whether three or more processes per side are known to have been measured in
 * turn (verdict.md 0.5): by the round markers of both sides, or by start times
 * that interleave, at most two of a side in a row.
 */
bool pfg_pool_alternates(const struct pfg_pooled *base,
                         const struct pfg_pooled *head,
                         struct pfg_arena *arena);

#endif
