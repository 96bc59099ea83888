#ifndef PFG_APP_DATABASE_DB_H
#define PFG_APP_DATABASE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/input/context.h"
#include "base/clock.h"
#include "base/error.h"

/*
 * Looking after the database. Results go to out, what was done to err.
 * `path` is the database; NULL: the usual one. Reading leaves the file as it
 * is, of whatever version.
 */

/* Says what is wrong; anything is PFG_SYSTEM, with what to do. With `repair` it
 * first removes what is not what was stored; the file as it was is kept. */
int pfg_db_check(const struct pfg_context *context, const char *path,
                 bool repair, struct pfg_error *err);

/* How much there is, of when, of which hardware. */
int pfg_db_stats(const struct pfg_context *context, const char *path,
                 struct pfg_error *err);

/* Lists the versions that are stored, for each hardware, that measured last
 * first. */
int pfg_db_list(const struct pfg_context *context, const char *path,
                struct pfg_error *err);

/* Which runs go: those for which everything that is asked holds. */
struct pfg_prune_options {
    const char *database;
    bool keep_given;
    size_t keep;          /* not of the newest versions of its hardware */
    pfg_time before;      /* measured before then; 0: not asked */
    pfg_time thin;        /* measured before then, not of the last version of
                             its week, and not at a step; 0: not asked */
    const char *revision; /* of this id or name; NULL: not asked */
    const char *hardware; /* of the profile of this name; NULL: not asked */
    bool dry_run;         /* only says so */
};

/* Removes runs, but none that a baseline names, and gives back the room. */
int pfg_db_prune(const struct pfg_context *context,
                 const struct pfg_prune_options *options,
                 struct pfg_error *err);

/* Brings databases together in the one at `path`, which is made where it is
 * not there: see pfg_store_merge(). */
int pfg_db_merge(const struct pfg_context *context, const char *path,
                 const char *const *sources, size_t n, struct pfg_error *err);

/*
 * Writes runs as JSON lines, in an order of their own, so that two databases
 * with the same contents give the same text:
 *
 *     {"perfgate":"export","version":1}
 *     {"id":"...","run":{...}}                 as in a baseline file
 *     {"baseline":{"name":...,"runs":[ids]}}
 *     {"change":{...}}                         what a name has meant
 *
 * The runs of some revisions, without names, or everything (n 0). `file` is
 * written instead of out, where it is not NULL.
 */
int pfg_db_export(const struct pfg_context *context, const char *path,
                  const char *const *revisions, size_t n, const char *file,
                  struct pfg_error *err);

/* Merges what was exported; all files or none. PFG_DATA with the place. */
int pfg_db_import(const struct pfg_context *context, const char *path,
                  const char *const *files, size_t n, struct pfg_error *err);

/* The history that is shared on a branch of the repository: see docs/history.md
 * and history_branch.h. */
struct pfg_shared_options {
    const char *database;
    const char *remote; /* NULL: origin */
    const char *branch; /* NULL: perfgate-history */
    uint64_t limit;     /* push: bytes of history, and it is rewritten as one
                           commit; 0: never */
};

#define PFG_SHARED_LIMIT ((uint64_t)100000000)

/* Adds to the branch what it lacks of the database, and removes from it what
 * was pruned; again where others were faster. */
int pfg_db_push(const struct pfg_context *context,
                const struct pfg_shared_options *options,
                struct pfg_error *err);

/* Adds to the database, which is made where it is not there, what it lacks of
 * the branch. A branch that is not there yet is none. */
int pfg_db_pull(const struct pfg_context *context,
                const struct pfg_shared_options *options,
                struct pfg_error *err);

#endif
