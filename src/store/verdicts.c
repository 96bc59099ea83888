#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "store/parts.h"

/* Verdicts on the series of runs. */

struct keeping {
    struct pfg_store *store;
    struct pfg_arena *arena;
    struct pfg_map runs;            /* struct run_verdicts, by the id */
    struct pfg_stored_verdict last; /* whose judgement is `judged` */
    int64_t judged;
    struct pfg_statement *series, *known, *judgement, *judge, *add, *replace;
    bool merging;
    struct pfg_error *err;
};

#define COLUMNS                                                                \
    "verdict.run, series.key, judgement.time, judgement.base,"                 \
    " verdict.verdict, verdict.fails, verdict.change FROM verdict"             \
    " JOIN judgement ON judgement.id = verdict.judgement"                      \
    " JOIN series ON series.id = verdict.series"

#define INSERT                                                                 \
    "INSERT INTO verdict (series, run, judgement, verdict, fails, change)"     \
    " VALUES (?, ?, ?, ?, ?, ?)"

static int prepare(struct keeping *k)
{
    struct pfg_store *store = k->store;

    return pfg_statement_new(&k->series, store,
                             "SELECT key, id FROM series WHERE id IN"
                             " (SELECT series FROM measurement WHERE run = ?"
                             " UNION SELECT series FROM point"
                             " WHERE block = ? AND run = ?) ORDER BY id",
                             k->err) ||
                   pfg_statement_new(&k->known, store,
                                     "SELECT verdict.series, " COLUMNS
                                     " WHERE verdict.run = ?"
                                     " ORDER BY verdict.series DESC",
                                     k->err) ||
                   pfg_statement_new(&k->judgement, store,
                                     "SELECT id FROM judgement"
                                     " WHERE time = ? AND base = ?",
                                     k->err) ||
                   pfg_statement_new(&k->judge, store,
                                     "INSERT INTO judgement (time, base)"
                                     " VALUES (?, ?) RETURNING id",
                                     k->err) ||
                   pfg_statement_new_bulk(&k->add, store, INSERT, k->err) ||
                   pfg_statement_new(&k->replace, store,
                                     INSERT
                                     " ON CONFLICT (series, run) DO UPDATE SET"
                                     " judgement = excluded.judgement,"
                                     " verdict = excluded.verdict,"
                                     " fails = excluded.fails,"
                                     " change = excluded.change",
                                     k->err)
               ? -1
               : 0;
}

static void finish(struct keeping *k)
{
    pfg_statement_free(k->series);
    pfg_statement_free(k->known);
    pfg_statement_free(k->judgement);
    pfg_statement_free(k->judge);
    pfg_statement_free(k->add);
    pfg_statement_free(k->replace);
    pfg_arena_free(k->arena);
}

/* Sets *out, which shares its base with what it was before. A word of a newer
 * perfgate is no verdict here: 0. */
static int take(struct pfg_stored_verdict *out, struct pfg_statement *row,
                struct pfg_arena *arena)
{
    bool is_known;

    out->run = (long)pfg_take_integer(row);
    out->key = pfg_take_text(row, arena);
    out->time = pfg_take_integer(row);
    out->base = pfg_take_shared(row, out->base, arena);
    is_known = !pfg_verdict_parse(&out->verdict, pfg_take_bytes(row));
    out->fails = pfg_take_integer(row) != 0;
    out->change = pfg_take_real(row);
    return is_known;
}

/* By what they say, not when. */
static int order(const struct pfg_stored_verdict *a,
                 const struct pfg_stored_verdict *b)
{
    const double x = isnan(a->change) ? 0 : a->change;
    const double y = isnan(b->change) ? 0 : b->change;
    int order = strcmp(a->base, b->base);

    order =
        order ? order : (a->verdict > b->verdict) - (a->verdict < b->verdict);
    order = order ? order : a->fails - b->fails;
    return order ? order : (x > y) - (x < y);
}

static bool replaces(const struct keeping *k,
                     const struct pfg_stored_verdict *found,
                     const struct pfg_stored_verdict *known)
{
    const int said = order(found, known);

    return !k->merging                  ? said != 0
           : found->time != known->time ? found->time > known->time
                                        : said > 0;
}

/* Finds or adds the judgement of a verdict, which many in a row share. */
static int find_judgement(struct keeping *k,
                          const struct pfg_stored_verdict *verdict)
{
    int got;

    if (k->judged && k->last.time == verdict->time &&
        !strcmp(k->last.base, verdict->base)) {
        return 0;
    }
    pfg_bind_integer(k->judgement, NULL, verdict->time);
    pfg_bind_text(k->judgement, NULL, verdict->base);
    got = pfg_statement_number(k->judgement, &k->judged, k->err);
    if (!got) {
        pfg_bind_integer(k->judge, NULL, verdict->time);
        pfg_bind_text(k->judge, NULL, verdict->base);
        got = pfg_statement_number(k->judge, &k->judged, k->err);
    }
    k->last = *verdict;
    return got < 0 ? -1 : 0;
}

/* A series of a run. */
struct place {
    int64_t series;
    bool is_known,
        is_there; /* a verdict that we know; any, perhaps of a newer perfgate */
    struct pfg_stored_verdict known;
};

/* What is known of a run. */
struct run_verdicts {
    struct pfg_map places; /* by the key of the series */
    bool has_all_series;   /* not only those with a verdict */
};

/* Of several series with one key, that with the smallest id. */
static struct place *add_place(struct keeping *k, struct run_verdicts *of,
                               const char *key, int64_t series)
{
    struct place **place =
        (struct place **)pfg_map_at(&of->places, pfg_slice_of(key));

    if (!*place) {
        *place = pfg_arena_alloc(k->arena, sizeof **place);
    }
    (*place)->series = series;
    return *place;
}

static int read_known(struct keeping *k, struct run_verdicts *of, long run)
{
    struct pfg_stored_verdict one = {0};
    int got;

    pfg_bind_integer(k->known, NULL, run);
    while ((got = pfg_statement_step(k->known, k->err)) == 1) {
        int64_t series = pfg_take_integer(k->known);
        bool ours = take(&one, k->known, k->arena);
        struct place *place = add_place(k, of, one.key, series);

        place->is_there = true;
        place->is_known = ours;
        place->known = one;
    }
    return got;
}

static int read_series(struct keeping *k, struct run_verdicts *of, long run)
{
    int got;

    of->has_all_series = true;
    pfg_bind_integer(k->series, NULL, run);
    pfg_bind_integer(k->series, NULL, pfg_block_of(run));
    pfg_bind_integer(k->series, NULL, run);
    while ((got = pfg_statement_step(k->series, k->err)) == 1) {
        const char *key = pfg_take_text(k->series, k->arena);
        int64_t series = pfg_take_integer(k->series);

        if (!pfg_map_find(&of->places, pfg_slice_of(key))) {
            add_place(k, of, key, series);
        }
    }
    return got;
}

/* The place of a series in a run; NULL: the run does not have it. */
static int find_place(struct keeping *k, struct place **out, long run,
                      const char *key)
{
    struct run_verdicts **of = (struct run_verdicts **)pfg_map_at(
        &k->runs, pfg_slice_make((const char *)&run, sizeof run));
    void **place;

    *out = NULL;
    if (!*of) {
        *of = pfg_arena_alloc(k->arena, sizeof **of);
        pfg_map_init(&(*of)->places, k->arena);
        if (read_known(k, *of, run)) {
            return -1;
        }
    }
    place = pfg_map_find(&(*of)->places, pfg_slice_of(key));
    if (!place && !(*of)->has_all_series) {
        if (read_series(k, *of, run)) {
            return -1;
        }
        place = pfg_map_find(&(*of)->places, pfg_slice_of(key));
    }
    *out = place ? *place : NULL;
    return 0;
}

static int add_or_replace(struct keeping *k,
                          const struct pfg_stored_verdict *verdict)
{
    struct pfg_statement *to;
    struct place *place;

    if (find_place(k, &place, verdict->run, verdict->key)) {
        return -1;
    }
    if (!place || (place->is_known && !replaces(k, verdict, &place->known))) {
        return 0;
    }
    if (find_judgement(k, verdict)) {
        return -1;
    }
    to = place->is_there ? k->replace : k->add;
    /* The row to replace may still be in the batch. */
    if (place->is_there && pfg_statement_flush(k->add, k->err)) {
        return -1;
    }
    place->is_there = place->is_known = true;
    place->known = *verdict;
    pfg_bind_integer(to, NULL, place->series);
    pfg_bind_integer(to, NULL, verdict->run);
    pfg_bind_integer(to, NULL, k->judged);
    pfg_bind_text(to, NULL, pfg_verdict_name(verdict->verdict));
    pfg_bind_integer(to, NULL, verdict->fails);
    pfg_bind_real(to, NULL, verdict->change);
    return pfg_statement_run(to, k->err);
}

static int add_all(struct keeping *k, const struct pfg_stored_verdict *verdicts,
                   size_t n)
{
    int failed;

    k->arena = pfg_arena_new();
    pfg_map_init(&k->runs, k->arena);
    failed = prepare(k);
    for (size_t i = 0; i < n && !failed; i++) {
        failed = add_or_replace(k, &verdicts[i]);
    }
    failed = failed || pfg_statement_flush(k->add, k->err);
    finish(k);
    return failed;
}

int pfg_verdicts_merge(struct pfg_store *store,
                       const struct pfg_stored_verdict *verdicts, size_t n,
                       struct pfg_error *err)
{
    struct keeping k = {.store = store, .merging = true, .err = err};

    return n ? add_all(&k, verdicts, n) : 0;
}

int pfg_store_verdicts_add(struct pfg_store *store,
                           const struct pfg_stored_verdict *verdicts, size_t n,
                           struct pfg_error *err)
{
    struct keeping k = {.store = store, .err = err};
    int failed = n ? pfg_sql_begin(store, err) : 0;
    bool forbidden;

    if (n && !failed) {
        failed = add_all(&k, verdicts, n);
        forbidden = failed && pfg_sql_is_forbidden(store);
        failed = pfg_sql_end(store, failed, err);
    } else {
        forbidden = failed && pfg_sql_is_forbidden(store);
    }
    return forbidden ? 0 : failed;
}

int pfg_store_verdicts(struct pfg_store *store, struct pfg_stored_verdict **out,
                       size_t *n, long series, long run,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    PFG_VEC(struct pfg_stored_verdict) all = {0};
    struct pfg_stored_verdict one = {0};
    struct pfg_statement *row;
    int got = -1;

    pfg_statement_new(&row, store,
                      series ? "SELECT " COLUMNS " WHERE verdict.series = :id"
                               " ORDER BY verdict.run"
                             : "SELECT " COLUMNS " WHERE verdict.run = :id"
                               " ORDER BY series.key",
                      err);
    if (row) {
        pfg_bind_integer(row, ":id", series ? series : run);
    }
    while (row && (got = pfg_statement_step(row, err)) == 1) {
        if (take(&one, row, arena)) {
            pfg_vec_push(&all, arena, one);
        }
    }
    pfg_statement_free(row);
    *out = all.at;
    *n = all.n;
    return got;
}
