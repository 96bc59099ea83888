#ifndef PFG_STORE_PARTS_H
#define PFG_STORE_PARTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "store/pack/pieces.h"
#include "store/sql/sql.h"
#include "store/store.h"

/* Functions that the files of the store share. */

/* ---- schema.c ---- */

/* The newest version of the schema, which is the number of migrations. */
int64_t pfg_schema_version(void);

/*
 * Brings a database to the newest version, in one transaction. An empty one
 * becomes a perfgate database if `create` is set. PFG_SYSTEM if it belongs to
 * another program, or its version is unknown to this one.
 */
int pfg_schema_prepare(struct pfg_store *store, bool create,
                       struct pfg_error *err);

/* The same up to version `to`, for an empty database or one of perfgate's: for
 * tests of the migrations. */
int pfg_schema_migrate(struct pfg_store *store, int64_t to,
                       struct pfg_error *err);

/* Reads what the database says about itself in one transaction, because another
 * process may be creating it at the same time. PFG_SYSTEM if it cannot be used;
 * see pfg_schema_prepare(). */
struct pfg_schema_state;
int pfg_schema_look(struct pfg_store *store, struct pfg_schema_state *out,
                    bool create, struct pfg_error *err);

/* ---- content.c ---- */

/*
 * The digest of a run, pfg_content_of(), built one piece at a time: fill
 * `record` with the columns of the piece's series and then with its own, and
 * add the piece with its samples as they are stored. The order of the pieces
 * does not matter.
 */
struct pfg_content {
    struct pfg_columns series, piece;
    struct pfg_str record;
    PFG_VEC(struct pfg_digest_bytes) pieces;
};
void pfg_content_begin(struct pfg_content *c);
void pfg_content_add(struct pfg_content *c, struct pfg_slice samples);
/* Adds the run's own columns and processes, writes the digest, and frees what
 * `c` holds. */
void pfg_content_finish(struct pfg_content *c, const struct pfg_run *run,
                        char out[PFG_DIGEST_HEX]);
void pfg_content_free(struct pfg_content *c);

/* What histories store of a piece: see struct pfg_history_point. */
struct pfg_level {
    double median, low; /* NAN: unknown */
};
struct pfg_level pfg_level_of(const struct pfg_piece *piece,
                              enum pfg_direction better,
                              struct pfg_arena *arena);

/* ---- points.c ---- */

/* The block of a run in the table `point`. Databases depend on it. */
static inline int64_t pfg_block_of(int64_t run)
{
    return run / 32;
}
/* Begins a query that reads the table `blocks`: the ids of the blocks of all
 * runs, in order. */
#define PFG_WITH_BLOCKS                                                        \
    "WITH RECURSIVE blocks (id) AS (SELECT MIN(id) / 32 FROM run"              \
    " UNION ALL SELECT (SELECT MIN(run.id) / 32 FROM run"                      \
    " WHERE run.id >= (blocks.id + 1) * 32) FROM blocks"                       \
    " WHERE blocks.id IS NOT NULL) "

/* A bulk insert for pfg_point_add(). */
int pfg_points_adder(struct pfg_statement **out, struct pfg_store *store,
                     struct pfg_error *err);
int pfg_point_add(struct pfg_statement *adder, int64_t run, int64_t series,
                  const struct pfg_piece *piece, enum pfg_direction better,
                  struct pfg_arena *scratch, struct pfg_error *err);
/* Reads the columns `median` and `low` of a piece with `n` samples. */
struct pfg_level pfg_take_level(struct pfg_statement *row, int64_t n);
/* Removes the points of these runs. */
int pfg_points_remove(struct pfg_store *store, const long *runs, size_t n,
                      struct pfg_error *err);

/* ---- insert.c ---- */

/* Adds one run as pfg_store_add() does, but without looking for the same run in
 * the store. For merging, inside the caller's transaction. The rows are
 * complete after pfg_inserter_flush(). */
struct pfg_inserter;
struct pfg_inserter *pfg_inserter_new(struct pfg_store *store);
int pfg_inserter_add(struct pfg_inserter *inserter, int64_t *id,
                     const struct pfg_run *run, struct pfg_error *err);
int pfg_inserter_flush(struct pfg_inserter *inserter, struct pfg_error *err);
void pfg_inserter_free(struct pfg_inserter *inserter); /* NULL is fine */

/* ---- load_run.c ---- */

/* Loads a run without checking it, inside the caller's transaction. `contents`
 * gets the digest that was stored and that of the run, and the ids of its
 * series, which belong to the run. Databases older than packs have no table of
 * them: pass false for `has_packs`. */
struct pfg_contents {
    char stored[PFG_DIGEST_HEX], found[PFG_DIGEST_HEX];
    int64_t n_series; /* as stored */
    const int64_t *series;
    bool is_packed;
};
int pfg_load_unchecked(struct pfg_store *store, struct pfg_run **out,
                       struct pfg_contents *contents, long id, bool has_packs,
                       struct pfg_error *err);

/* ---- check_run.c ---- */

/* Checks a run, inside the caller's transaction: whether it is as it was
 * stored, and whether what is derived from it is right. With `corrects` that is
 * corrected. -1 if checking itself has failed. */
struct pfg_run_check {
    const char *problem;      /* in the arena; NULL: none */
    const char *wrong_series; /* a wrong number of series; in the same way */
    bool wrong_history;       /* the rows that histories are read from */
};
int pfg_check_run(struct pfg_store *store, struct pfg_run_check *out, long id,
                  bool corrects, struct pfg_arena *arena,
                  struct pfg_error *err);

/* ---- maintenance.c ---- */

/* Removes these runs and all that is theirs, inside the caller's transaction.
 * No constraint removes their points, and a later run may get the same id. */
int pfg_remove_runs(struct pfg_store *store, const long *runs, size_t n,
                    struct pfg_error *err);

/* Removes the series, benchmarks, revisions and hardware that no run uses, and
 * everything in the cache of histories. Inside the caller's transaction. */
int pfg_remove_unused(struct pfg_store *store, struct pfg_error *err);

/* ---- verdicts.c ---- */

/* Of two verdicts on one series in one run the later one stays; if they have
 * the same time, the choice does not depend on their order. For merging, inside
 * the caller's transaction. */
int pfg_verdicts_merge(struct pfg_store *store,
                       const struct pfg_stored_verdict *verdicts, size_t n,
                       struct pfg_error *err);

/* ---- named.c ---- */

/* Adds an entry to the history of a name; an entry that exists already is not
 * an error. Both functions run inside the caller's transaction. */
int pfg_named_note(struct pfg_store *store,
                   const struct pfg_baseline_change *change,
                   struct pfg_error *err);
/* Adds runs to those that a name stands for. */
int pfg_named_add(struct pfg_store *store, const char *name, pfg_time saved,
                  const long *runs, size_t n, struct pfg_error *err);

#endif
