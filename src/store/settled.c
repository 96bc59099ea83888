#include "base/arena.h"
#include "model/run.h"
#include "store/parts.h"

int pfg_store_settled(struct pfg_store *store, struct pfg_stored_settled *out,
                      const char *place, struct pfg_arena *arena,
                      struct pfg_error *err)
{
    struct pfg_statement *row;
    struct pfg_piece state;
    int got;

    if (pfg_statement_new(&row, store,
                          "SELECT digest, n, state FROM settled"
                          " WHERE place = :place",
                          err)) {
        return -1;
    }
    pfg_bind_text(row, ":place", place);
    got = pfg_statement_step(row, err);
    if (got == 1) {
        out->place = place;
        out->digest = pfg_take_text(row, arena);
        /* A damaged state is computed again, too. */
        got = pfg_take_samples(row, &state, arena) ? 0 : 1;
        out->state = got ? state.values : NULL;
        out->n = got ? state.n : 0;
    }
    pfg_statement_free(row);
    return got;
}

static int replace_all(struct pfg_store *store,
                       const struct pfg_stored_settled *settled, size_t n,
                       struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_statement *add;
    int failed = pfg_statement_new(
        &add, store,
        "INSERT INTO settled (place, digest, n, state)"
        " VALUES (:place, :digest, :n, :state) ON CONFLICT (place) DO UPDATE"
        " SET digest = excluded.digest, n = excluded.n,"
        " state = excluded.state",
        err);

    for (size_t i = 0; i < n && !failed; i++) {
        const struct pfg_piece state = {.values = (double *)settled[i].state,
                                        .n = settled[i].n};

        pfg_bind_text(add, ":place", settled[i].place);
        pfg_bind_text(add, ":digest", settled[i].digest);
        pfg_bind_integer(add, ":n", (int64_t)settled[i].n);
        pfg_bind_bytes(add, ":state", pfg_sample_bytes(&state, arena));
        failed = pfg_statement_run(add, err);
    }
    pfg_statement_free(add);
    pfg_arena_free(arena);
    return failed;
}

int pfg_store_settled_replace(struct pfg_store *store,
                              const struct pfg_stored_settled *settled,
                              size_t n, struct pfg_error *err)
{
    int failed = pfg_sql_begin(store, err);
    const bool begun = !failed;
    bool forbidden;

    failed = failed || replace_all(store, settled, n, err);
    forbidden = failed && pfg_sql_is_forbidden(store);
    failed = begun ? pfg_sql_end(store, failed, err) : failed;
    return forbidden ? 0 : failed ? -1 : 0;
}
