#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "store/parts.h"

/* What was said of runs. */

struct keeping {
    struct pfg_store *store;
    struct pfg_arena *arena; /* of one verdict */
    struct pfg_statement *series, *known, *judgement, *judge, *add;
    bool merging;
    struct pfg_error *err;
};

#define COLUMNS                                                                \
    "verdict.run, series.key, judgement.time, judgement.base,"                 \
    " verdict.verdict, verdict.fails, verdict.change FROM verdict"             \
    " JOIN judgement ON judgement.id = verdict.judgement"                      \
    " JOIN series ON series.id = verdict.series"

static int prepare(struct keeping *k)
{
    struct pfg_store *store = k->store;

    return pfg_statement_new(&k->series, store,
                             "SELECT id FROM series WHERE key = :key AND EXISTS"
                             " (SELECT 1 FROM measurement WHERE run = :run"
                             " AND series = series.id) LIMIT 1",
                             k->err) ||
                   pfg_statement_new(&k->known, store,
                                     "SELECT " COLUMNS
                                     " WHERE verdict.series = :series"
                                     " AND verdict.run = :run",
                                     k->err) ||
                   pfg_statement_new(&k->judgement, store,
                                     "SELECT id FROM judgement"
                                     " WHERE time = :time AND base = :base",
                                     k->err) ||
                   pfg_statement_new(&k->judge, store,
                                     "INSERT INTO judgement (time, base)"
                                     " VALUES (:time, :base) RETURNING id",
                                     k->err) ||
                   pfg_statement_new(
                       &k->add, store,
                       "INSERT INTO verdict (series, run, judgement,"
                       " verdict, fails, change) VALUES (:series, :run,"
                       " :judgement, :verdict, :fails, :change)"
                       " ON CONFLICT (series, run) DO UPDATE SET"
                       " judgement = excluded.judgement,"
                       " verdict = excluded.verdict, fails = excluded.fails,"
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

static int find_judgement(struct keeping *k,
                          const struct pfg_stored_verdict *verdict, int64_t *id)
{
    int got;

    pfg_bind_integer(k->judgement, ":time", verdict->time);
    pfg_bind_text(k->judgement, ":base", verdict->base);
    got = pfg_statement_number(k->judgement, id, k->err);
    if (got) {
        return got < 0 ? -1 : 0;
    }
    pfg_bind_integer(k->judge, ":time", verdict->time);
    pfg_bind_text(k->judge, ":base", verdict->base);
    return pfg_statement_number(k->judge, id, k->err) < 0 ? -1 : 0;
}

static int keep(struct keeping *k, const struct pfg_stored_verdict *verdict)
{
    struct pfg_stored_verdict known;
    int64_t series, judgement;
    bool stays = false;
    int got;

    pfg_arena_clear(k->arena);
    pfg_bind_text(k->series, ":key", verdict->key);
    pfg_bind_integer(k->series, ":run", verdict->run);
    got = pfg_statement_number(k->series, &series, k->err);
    if (got != 1) {
        return got;
    }
    pfg_bind_integer(k->known, ":series", series);
    pfg_bind_integer(k->known, ":run", verdict->run);
    while ((got = pfg_statement_step(k->known, k->err)) == 1) {
        stays =
            take(&known, k->known, k->arena) && !replaces(k, verdict, &known);
    }
    if (got || stays) {
        return got;
    }
    if (find_judgement(k, verdict, &judgement)) {
        return -1;
    }
    pfg_bind_integer(k->add, ":series", series);
    pfg_bind_integer(k->add, ":run", verdict->run);
    pfg_bind_integer(k->add, ":judgement", judgement);
    pfg_bind_text(k->add, ":verdict", pfg_verdict_name(verdict->verdict));
    pfg_bind_integer(k->add, ":fails", verdict->fails);
    pfg_bind_real(k->add, ":change", verdict->change);
    return pfg_statement_run(k->add, k->err);
}

static int keep_all(struct keeping *k,
                    const struct pfg_stored_verdict *verdicts, size_t n)
{
    int failed;

    k->arena = pfg_arena_new();
    failed = prepare(k);
    for (size_t i = 0; i < n && !failed; i++) {
        failed = keep(k, &verdicts[i]);
    }
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
