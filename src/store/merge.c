#include "store/parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"

/*
 * A merge is a union of sets, which is why its order does not matter and why
 * doing it again changes nothing. Every run has a key that says which run it
 * is; every name has a moment at which it got its meaning. What is in the
 * target and in the sources is gathered first, and then what the target lacks
 * is written.
 */

struct side {
    struct pfg_store *store;
    PFG_VEC(struct known) runs; /* by id */
};

/* A run, and the side that it is read from. */
struct held {
    const char *key;
    pfg_time time;
    const char *content;
    size_t side;      /* 0: the target */
    int64_t id;       /* there */
    int64_t replaced; /* the run in the target that it replaces; 0: none */
    int64_t target;   /* its id in the target after the merge */
};

struct known {
    int64_t id;
    struct held *held;
};

/* What a name means on a profile, and since when. */
struct meaning {
    const char *name, *fingerprint;
    pfg_time time;
    size_t side; /* the first side that says so */
    PFG_VEC(struct held *) runs;
    bool changed;
};

struct merge {
    struct side *sides; /* the target is the first */
    size_t n_sides;
    struct pfg_arena *arena;
    struct pfg_map held;     /* key -> struct held */
    struct pfg_map meanings; /* name and profile -> struct meaning */
    struct pfg_merged *out;
    struct pfg_error *err;
};

/* --- runs --- */

/* What a run is known by: its input, where that can be known again, else its
 * content. Twins within one database stay twins: `seen` counts them. */
static void make_key(struct merge *m, struct held *held, const char *digest,
                     const char *sha, const char *fingerprint,
                     struct pfg_map *seen)
{
    uintptr_t *count;

    held->key = *digest
                    ? pfg_arena_printf(m->arena, "input\n%s\n%s\n%s", digest,
                                       sha, fingerprint)
                    : pfg_arena_printf(m->arena, "content\n%s", held->content);
    count = (uintptr_t *)pfg_map_at(seen, pfg_slice_of(held->key));
    if (*count) {
        held->key =
            pfg_arena_printf(m->arena, "%s\n%" PRIuPTR, held->key, *count);
    }
    ++*count;
}

/* Of one input read twice, perhaps with other options, one stays: whichever
 * side is looked at first, the same one. */
static void choose_one(struct held *there, const struct held *found)
{
    if (found->time < there->time ||
        (found->time == there->time &&
         strcmp(found->content, there->content) < 0)) {
        there->replaced = there->side ? there->replaced : there->id;
        there->time = found->time;
        there->side = found->side;
        there->id = found->id;
        there->content = found->content;
    }
}

static void add_run(struct merge *m, size_t side, struct pfg_statement *row,
                    struct pfg_map *seen)
{
    struct held *found = pfg_arena_alloc(m->arena, sizeof *found);
    const char *digest, *sha, *fingerprint;
    struct held **place;

    found->side = side;
    found->id = pfg_take_integer(row);
    found->time = pfg_take_integer(row);
    digest = pfg_take_text(row, m->arena);
    sha = pfg_take_text(row, m->arena);
    fingerprint = pfg_take_text(row, m->arena);
    found->content = pfg_take_text(row, m->arena);
    make_key(m, found, digest, sha, fingerprint, seen);
    place = (struct held **)pfg_map_at(&m->held, pfg_slice_of(found->key));
    if (*place) {
        choose_one(*place, found);
    }
    *place = *place ? *place : found;
    pfg_vec_push(&m->sides[side].runs, m->arena,
                 ((struct known){found->id, *place}));
}

static int gather_runs(struct merge *m, size_t side)
{
    struct pfg_statement *row;
    struct pfg_map seen;
    int got;

    pfg_map_init(&seen, m->arena);
    if (pfg_statement_new(&row, m->sides[side].store,
                          "SELECT run.id, run.time, run.digest, revision.sha,"
                          " hardware.fingerprint, run.content FROM run"
                          " JOIN revision ON revision.id = run.revision"
                          " JOIN hardware ON hardware.id = run.hardware"
                          " ORDER BY run.id",
                          m->err)) {
        return -1;
    }
    while ((got = pfg_statement_step(row, m->err)) == 1) {
        add_run(m, side, row, &seen);
    }
    pfg_statement_free(row);
    return got;
}

static struct held *find_held(const struct side *side, int64_t id)
{
    size_t low = 0, high = side->runs.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (side->runs.at[middle].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < side->runs.n && side->runs.at[low].id == id
               ? side->runs.at[low].held
               : NULL;
}

/* --- names --- */

static bool has_run(const struct meaning *meaning, const struct held *held)
{
    for (size_t i = 0; i < meaning->runs.n; i++) {
        if (meaning->runs.at[i] == held) {
            return true;
        }
    }
    return false;
}

static struct meaning **meaning_at(struct merge *m, const char *name,
                                   const char *fingerprint)
{
    const char *key = pfg_arena_printf(m->arena, "%s\n%s", fingerprint, name);

    return (struct meaning **)pfg_map_at(&m->meanings, pfg_slice_of(key));
}

/* Finds what each side last did to each name. */
static int gather_moments(struct merge *m, size_t side)
{
    struct pfg_statement *row;
    int got;

    if (pfg_statement_new(&row, m->sides[side].store,
                          "SELECT name, fingerprint, MAX(time)"
                          " FROM baseline_change GROUP BY name, fingerprint",
                          m->err)) {
        return -1;
    }
    while ((got = pfg_statement_step(row, m->err)) == 1) {
        const char *name = pfg_take_text(row, m->arena);
        const char *fingerprint = pfg_take_text(row, m->arena);
        pfg_time time = pfg_take_integer(row);
        struct meaning **place = meaning_at(m, name, fingerprint);

        if (!*place || (*place)->time < time) {
            struct meaning *meaning =
                pfg_arena_alloc(m->arena, sizeof *meaning);

            *meaning = (struct meaning){
                .name = name,
                .fingerprint = fingerprint,
                .time = time,
                .side = side,
                .changed = side > 0,
            };
            *place = meaning;
        }
    }
    pfg_statement_free(row);
    return got;
}

/* Adds the runs of a name from the sides whose last change is the latest. */
static int gather_meanings(struct merge *m, size_t side)
{
    struct pfg_statement *row;
    int got;

    if (pfg_statement_new(
            &row, m->sides[side].store,
            "SELECT baseline.name, hardware.fingerprint, baseline.run,"
            " (SELECT MAX(time) FROM baseline_change"
            "  WHERE baseline_change.name = baseline.name AND"
            "  baseline_change.fingerprint = hardware.fingerprint)"
            " FROM baseline JOIN run ON run.id = baseline.run"
            " JOIN hardware ON hardware.id = run.hardware",
            m->err)) {
        return -1;
    }
    while ((got = pfg_statement_step(row, m->err)) == 1) {
        const char *name = pfg_take_text(row, m->arena);
        const char *fingerprint = pfg_take_text(row, m->arena);
        struct held *held = find_held(&m->sides[side], pfg_take_integer(row));
        struct meaning *meaning = *meaning_at(m, name, fingerprint);

        if (held && meaning && meaning->time == pfg_take_integer(row) &&
            !has_run(meaning, held)) {
            pfg_vec_push(&meaning->runs, m->arena, held);
            meaning->changed |= side > 0;
        }
    }
    pfg_statement_free(row);
    return got;
}

/* --- writing --- */

static int compare_held(const void *a, const void *b)
{
    const struct held *left = *(const struct held *const *)a;
    const struct held *right = *(const struct held *const *)b;
    int order = (left->time > right->time) - (left->time < right->time);

    order = order ? order : strcmp(left->content, right->content);
    return order ? order : strcmp(left->key, right->key);
}

static int copy_run(struct merge *m, struct pfg_inserter *inserter,
                    struct held *held)
{
    struct pfg_store *from = m->sides[held->side].store;
    struct pfg_run *run;
    int failed;

    if (pfg_store_load(from, &run, (long)held->id, m->err)) {
        return -1;
    }
    failed = pfg_inserter_add(inserter, &held->target, run, m->err);
    if (failed && m->err && m->err->code == PFG_DATA) {
        pfg_hint(m->err, "it is in run %ld of '%s'", (long)held->id,
                 pfg_store_name(from));
    }
    pfg_run_free(run);
    return failed;
}

/* In an order of their own, so that ids, which decide between runs of the same
 * moment, do not depend on the order of the sources. */
static int copy_runs(struct merge *m)
{
    struct pfg_inserter *inserter = pfg_inserter_new(m->sides[0].store);
    struct held **list =
        pfg_arena_new_array(m->arena, struct held *, m->held.n);
    size_t n = 0;
    int failed = 0;

    for (size_t i = 0; i < m->held.n; i++) {
        struct held *held = m->held.entries[i].value;

        if (held->side) {
            list[n++] = held;
        } else {
            held->target = held->id;
        }
    }
    if (n) {
        qsort(list, n, sizeof *list, compare_held);
    }
    for (size_t i = 0; i < n && !failed; i++) {
        failed = copy_run(m, inserter, list[i]);
    }
    failed = failed || pfg_inserter_flush(inserter, m->err);
    pfg_inserter_free(inserter);
    return failed;
}

static int write_meaning(struct merge *m, const struct meaning *meaning)
{
    long *runs = pfg_arena_new_array(m->arena, long, meaning->runs.n);

    for (size_t i = 0; i < meaning->runs.n; i++) {
        runs[i] = (long)meaning->runs.at[i]->target;
    }
    return pfg_named_add(m->sides[0].store, meaning->name, meaning->time, runs,
                         meaning->runs.n, m->err);
}

/* All names are written again, as there are few, to point at the runs that
 * replace others. */
static int write_meanings(struct merge *m)
{
    if (pfg_sql_run(m->sides[0].store, "DELETE FROM baseline", m->err)) {
        return -1;
    }
    for (size_t i = 0; i < m->meanings.n; i++) {
        if (write_meaning(m, m->meanings.entries[i].value)) {
            return -1;
        }
    }
    return 0;
}

static int write_changes(struct merge *m, size_t side)
{
    struct pfg_baseline_change *changes;
    size_t n;

    if (pfg_store_baseline_changes(m->sides[side].store, &changes, &n, NULL,
                                   m->arena, m->err)) {
        return -1;
    }
    /* Oldest first. */
    for (size_t i = n; i-- > 0;) {
        if (pfg_named_note(m->sides[0].store, &changes[i], m->err)) {
            return -1;
        }
    }
    return 0;
}

/* Copies the verdicts on the runs of a side, which may have other ids now. */
static int copy_verdicts(struct merge *m, size_t side)
{
    const struct side *from = &m->sides[side];
    struct pfg_arena *scratch = pfg_arena_new();
    int failed = 0;

    for (size_t i = 0; i < from->runs.n && !failed; i++) {
        const struct known *known = &from->runs.at[i];
        struct pfg_stored_verdict *verdicts;
        size_t n;

        if (!side && known->held->target == known->id) {
            continue;
        }
        pfg_arena_clear(scratch);
        failed = pfg_store_verdicts(from->store, &verdicts, &n, 0,
                                    (long)known->id, scratch, m->err);
        for (size_t j = 0; j < n && !failed; j++) {
            verdicts[j].run = (long)known->held->target;
        }
        failed = failed ||
                 pfg_verdicts_merge(m->sides[0].store, verdicts, n, m->err);
    }
    pfg_arena_free(scratch);
    return failed;
}

static int remove_replaced(struct merge *m)
{
    PFG_VEC(long) replaced = {0};
    int failed;

    for (size_t i = 0; i < m->held.n; i++) {
        const struct held *held = m->held.entries[i].value;

        if (held->replaced) {
            pfg_vec_push(&replaced, NULL, (long)held->replaced);
        }
    }
    failed =
        pfg_remove_runs(m->sides[0].store, replaced.at, replaced.n, m->err);
    pfg_vec_free(&replaced);
    return failed;
}

static void count(struct merge *m)
{
    for (size_t i = 1; i < m->n_sides; i++) {
        struct pfg_merged *out = &m->out[i - 1];

        *out = (struct pfg_merged){0};
        for (size_t j = 0; j < m->sides[i].runs.n; j++) {
            const struct known *known = &m->sides[i].runs.at[j];
            bool added = known->held->side == i && known->held->id == known->id;

            out->n_added += added;
            out->n_there += !added;
        }
    }
    for (size_t i = 0; i < m->meanings.n; i++) {
        const struct meaning *meaning = m->meanings.entries[i].value;

        if (meaning->changed && meaning->side) {
            m->out[meaning->side - 1].n_baselines++;
        }
    }
}

static int merge_all(struct merge *m)
{
    int failed = 0;

    for (size_t i = 0; i < m->n_sides && !failed; i++) {
        failed = gather_runs(m, i) || gather_moments(m, i);
    }
    for (size_t i = 0; i < m->n_sides && !failed; i++) {
        failed = gather_meanings(m, i);
    }
    failed = failed || copy_runs(m) || write_meanings(m);
    for (size_t i = 0; i < m->n_sides && !failed; i++) {
        failed = copy_verdicts(m, i) || (i && write_changes(m, i));
    }
    return failed || remove_replaced(m) ? -1 : 0;
}

/* One attempt, which keeps nothing of an earlier one. */
static int try_merge(struct pfg_store *store, struct pfg_merged *out,
                     struct pfg_store *const *sources, size_t n,
                     struct pfg_error *err)
{
    struct merge m = {.n_sides = n + 1, .out = out, .err = err};
    int failed;

    if (pfg_sql_begin(store, err)) {
        return -1;
    }
    m.arena = pfg_arena_new();
    m.sides = pfg_arena_new_array(m.arena, struct side, n + 1);
    m.sides[0].store = store;
    for (size_t i = 0; i < n; i++) {
        m.sides[i + 1].store = sources[i];
    }
    pfg_map_init(&m.held, m.arena);
    pfg_map_init(&m.meanings, m.arena);
    failed = merge_all(&m);
    if (!failed) {
        count(&m);
    }
    pfg_arena_free(m.arena);
    return pfg_sql_end(store, failed, err);
}

int pfg_store_merge(struct pfg_store *store, struct pfg_merged *out,
                    struct pfg_store *const *sources, size_t n,
                    struct pfg_error *err)
{
    int failed, attempts = 0;

    do {
        failed = try_merge(store, out, sources, n, err);
    } while (failed && pfg_sql_again(store, &attempts));
    return failed;
}
