#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "store/parts.h"

/* What was said of runs. */

struct keeping {
    struct pfg_store *store;
    struct pfg_arena *arena;
    /* Of the runs looked at, which are read whole, by run and key: the series,
     * and what is known of it. */
    struct pfg_map runs, places;
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
                             "SELECT DISTINCT series.key, series.id FROM"
                             " measurement JOIN series ON series.id ="
                             " measurement.series WHERE measurement.run = ?"
                             " ORDER BY series.key, series.id DESC",
                             k->err) ||
                   pfg_statement_new(&k->known, store,
                                     "SELECT " COLUMNS " WHERE verdict.run = ?",
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

/* A word of a newer perfgate is no verdict here: 0. */
static int take(struct pfg_stored_verdict *out, struct pfg_statement *row,
                struct pfg_arena *arena)
{
    const char *name;

    out->run = (long)pfg_take_integer(row);
    out->key = pfg_take_text(row, arena);
    out->time = pfg_take_integer(row);
    out->base = pfg_take_text(row, arena);
    name = pfg_take_text(row, arena);
    out->fails = pfg_take_integer(row) != 0;
    out->change = pfg_take_real(row);
    return !pfg_verdict_parse(&out->verdict, pfg_slice_of(name));
}

/* What is said, whenever it was. */
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

/* Verdicts come with few judgements, and many in a row have the same. */
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
    bool is_known, is_there; /* by us; any, perhaps of a newer perfgate */
    struct pfg_stored_verdict known;
};

static struct place **place_at(struct keeping *k, long run, const char *key)
{
    const char *text = pfg_arena_printf(k->arena, "%ld\n%s", run, key);

    return (struct place **)pfg_map_at(&k->places, pfg_slice_of(text));
}

static int look_at_run(struct keeping *k, long run)
{
    const char *name = pfg_arena_printf(k->arena, "%ld", run);
    void **seen = pfg_map_at(&k->runs, pfg_slice_of(name));
    struct pfg_stored_verdict one;
    int got;

    if (*seen) {
        return 0;
    }
    *seen = k;
    pfg_bind_integer(k->series, NULL, run);
    while ((got = pfg_statement_step(k->series, k->err)) == 1) {
        struct place *place = pfg_arena_alloc(k->arena, sizeof *place);
        const char *key = pfg_take_text(k->series, k->arena);

        *place = (struct place){.series = pfg_take_integer(k->series)};
        *place_at(k, run, key) = place;
    }
    if (got) {
        return -1;
    }
    pfg_bind_integer(k->known, NULL, run);
    while ((got = pfg_statement_step(k->known, k->err)) == 1) {
        bool ours = take(&one, k->known, k->arena);
        struct place *place = *place_at(k, run, one.key);

        if (place) {
            place->is_there = true;
            place->is_known = ours;
            place->known = one;
        }
    }
    return got;
}

static int keep(struct keeping *k, const struct pfg_stored_verdict *verdict)
{
    struct pfg_statement *to;
    struct place *place;

    if (look_at_run(k, verdict->run)) {
        return -1;
    }
    place = *place_at(k, verdict->run, verdict->key);
    if (!place || (place->is_known && !replaces(k, verdict, &place->known))) {
        return 0;
    }
    if (find_judgement(k, verdict)) {
        return -1;
    }
    to = place->is_there ? k->replace : k->add;
    /* It may be one of those that wait. */
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

static int keep_all(struct keeping *k,
                    const struct pfg_stored_verdict *verdicts, size_t n)
{
    int failed;

    k->arena = pfg_arena_new();
    pfg_map_init(&k->runs, k->arena);
    pfg_map_init(&k->places, k->arena);
    failed = prepare(k);
    for (size_t i = 0; i < n && !failed; i++) {
        failed = keep(k, &verdicts[i]);
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

    return n ? keep_all(&k, verdicts, n) : 0;
}

int pfg_store_verdicts_add(struct pfg_store *store,
                           const struct pfg_stored_verdict *verdicts, size_t n,
                           struct pfg_error *err)
{
    struct keeping k = {.store = store, .err = err};
    int failed = n ? pfg_sql_begin(store, err) : 0;
    bool forbidden;

    if (n && !failed) {
        failed = keep_all(&k, verdicts, n);
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
        struct pfg_stored_verdict one;

        if (take(&one, row, arena)) {
            pfg_vec_push(&all, arena, one);
        }
    }
    pfg_statement_free(row);
    *out = all.at;
    *n = all.n;
    return got;
}
