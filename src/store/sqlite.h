#ifndef PFG_STORE_SQLITE_H
#define PFG_STORE_SQLITE_H

#include <stdint.h>

#include "base/hash.h"
#include "store/columns.h"
#include "store/database.h"
#include "store/store.h"

/*
 * The parts of the SQLite store. Those that take a `struct pfg_store` are in
 * its table (sqlite_backend.c), and what they do stands in store.h.
 */

/* ---- schema.c ---- */

/* Marks a file as ours: 'pfgt'. */
#define PFG_SCHEMA_APPLICATION 0x70666774

/* The newest version, which is the number of migrations. */
int64_t pfg_schema_version(void);

/*
 * Brings a database to the newest version, in one transaction. An empty one
 * becomes ours where `create` is set; anybody else's is refused, as is one of
 * a version that this program does not know. PFG_SYSTEM.
 */
int pfg_schema_prepare(struct pfg_database *database, bool create,
                       struct pfg_error *err);

/* The same up to version `to` of an empty database or one of ours: for tests
 * of the migrations. */
int pfg_schema_migrate(struct pfg_database *database, int64_t to,
                       struct pfg_error *err);

/*
 * Opens one of ours to read it, and leaves the file as it is: what is of an
 * older version is brought to the newest in memory. *version, where it is
 * wanted, is the file's own. PFG_SYSTEM.
 */
int pfg_schema_open_reading(struct pfg_database **out, int64_t *version,
                            const char *path, struct pfg_error *err);

/* ---- content.c ---- */

/* A piece's samples as they are stored: little-endian. */
struct pfg_slice pfg_sample_bytes(const struct pfg_piece *piece,
                                  struct pfg_arena *arena);

/* What histories have of a piece: see struct pfg_history_point. */
struct pfg_level {
    double median, low; /* NAN: it has none */
};
struct pfg_level pfg_level_of(const struct pfg_piece *piece,
                              enum pfg_direction better,
                              struct pfg_arena *arena);

/* ---- insert.c ---- */

int pfg_sqlite_add(struct pfg_store *store, enum pfg_stored *out,
                   struct pfg_run *const *runs, size_t n,
                   struct pfg_error *err);

/* The same a run at a time, whatever is there, inside a transaction of the
 * caller's: for merging. */
struct pfg_inserter;
struct pfg_inserter *pfg_inserter_new(struct pfg_database *database);
int pfg_inserter_add(struct pfg_inserter *inserter, int64_t *id,
                     const struct pfg_run *run, struct pfg_error *err);
void pfg_inserter_free(struct pfg_inserter *inserter); /* NULL is fine */

/* ---- load_run.c ---- */

int pfg_sqlite_load(struct pfg_store *store, struct pfg_run **out, long id,
                    struct pfg_error *err);

/* A run as it stands in its rows, inside a transaction of the caller's. Whether
 * it is what was stored is not asked: content is what it should have. */
int pfg_load_rows(struct pfg_database *database, struct pfg_run **out,
                  char content[PFG_DIGEST_HEX], long id, struct pfg_error *err);

/* The columns n and samples; -1 where they do not fit. */
int pfg_take_samples(struct pfg_statement *row, struct pfg_piece *piece,
                     struct pfg_arena *arena);

/* ---- maintenance.c ---- */

int pfg_sqlite_remove(struct pfg_store *store, size_t *out, const long *runs,
                      size_t n, struct pfg_error *err);
int pfg_sqlite_compact(struct pfg_store *store, struct pfg_error *err);
int pfg_sqlite_stats(struct pfg_store *store, struct pfg_store_stats *out,
                     struct pfg_error *err);
int pfg_sqlite_check(struct pfg_store *store, const char ***out, size_t *n,
                     struct pfg_arena *arena, struct pfg_error *err);
int pfg_sqlite_repair(struct pfg_store *store, const char *aside,
                      const char ***out, size_t *n, struct pfg_arena *arena,
                      struct pfg_error *err);

/* ---- merge.c ---- */

int pfg_sqlite_merge(struct pfg_store *store, struct pfg_merged *out,
                     struct pfg_store *const *sources, size_t n,
                     struct pfg_error *err);

/* ---- query.c ---- */

int pfg_sqlite_find(struct pfg_store *store, struct pfg_run_info **out,
                    size_t *n, const struct pfg_run_query *query,
                    struct pfg_arena *arena, struct pfg_error *err);
int pfg_sqlite_removed(struct pfg_store *store, const char ***out, size_t *n,
                       struct pfg_arena *arena, struct pfg_error *err);
int pfg_sqlite_revisions(struct pfg_store *store, const char ***out, size_t *n,
                         const char *fingerprint, struct pfg_arena *arena,
                         struct pfg_error *err);
int pfg_sqlite_series(struct pfg_store *store, struct pfg_stored_series **out,
                      size_t *n, struct pfg_arena *arena,
                      struct pfg_error *err);
int pfg_sqlite_history(struct pfg_store *store, struct pfg_history_point **out,
                       size_t *n, long series, struct pfg_arena *arena,
                       struct pfg_error *err);

/* ---- verdicts.c ---- */

int pfg_sqlite_verdicts_add(struct pfg_store *store,
                            const struct pfg_stored_verdict *verdicts, size_t n,
                            struct pfg_error *err);
int pfg_sqlite_verdicts(struct pfg_store *store,
                        struct pfg_stored_verdict **out, size_t *n, long series,
                        long run, struct pfg_arena *arena,
                        struct pfg_error *err);

/* Of two verdicts on one series in one run the later one stays, and of those of
 * one moment always the same one. Inside a transaction of the caller's: for
 * merging. */
int pfg_verdicts_merge(struct pfg_database *database,
                       const struct pfg_stored_verdict *verdicts, size_t n,
                       struct pfg_error *err);

/* ---- named.c ---- */

int pfg_sqlite_baseline_set(struct pfg_store *store, const char *name,
                            pfg_time saved, const char *how, const long *runs,
                            size_t n, struct pfg_error *err);
int pfg_sqlite_baseline_get(struct pfg_store *store, long **out, size_t *n,
                            const char *name, const char *fingerprint,
                            struct pfg_arena *arena, struct pfg_error *err);
int pfg_sqlite_baseline_list(struct pfg_store *store,
                             struct pfg_named_baseline **out, size_t *n,
                             struct pfg_arena *arena, struct pfg_error *err);
int pfg_sqlite_baseline_changes(struct pfg_store *store,
                                struct pfg_baseline_change **out, size_t *n,
                                const char *name, struct pfg_arena *arena,
                                struct pfg_error *err);
int pfg_sqlite_baseline_note(struct pfg_store *store,
                             const struct pfg_baseline_change *changes,
                             size_t n, struct pfg_error *err);
int pfg_sqlite_baseline_delete(struct pfg_store *store, size_t *out,
                               const char *name, const char *fingerprint,
                               pfg_time now, struct pfg_error *err);

/* Adds one to what is known of a name; again is no error. Inside a transaction
 * of the caller's, as the next. */
int pfg_named_note(struct pfg_database *database,
                   const struct pfg_baseline_change *change,
                   struct pfg_error *err);
/* Adds runs to what a name means. */
int pfg_named_add(struct pfg_database *database, const char *name,
                  pfg_time saved, const long *runs, size_t n,
                  struct pfg_error *err);

#endif
