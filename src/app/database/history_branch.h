#ifndef PFG_APP_DATABASE_HISTORY_BRANCH_H
#define PFG_APP_DATABASE_HISTORY_BRANCH_H

#include "app/database/db_lines.h"
#include "app/database/share.h"
#include "base/map.h"
#include "vcs/branch.h"

/*
 * A branch that holds a history. No two writers write the same file with other
 * contents, and so nothing can conflict: a file's name is the digest of what is
 * in it.
 *
 *     perfgate-history.json                  {"perfgate":"history","version":1}
 *     runs/FINGERPRINT/2026-11/RUN.jsonl.gz  one run, as exported
 *     names/DIGEST.jsonl                     what a name means, or has meant
 *     pruned/DIGEST.jsonl                    runs that were removed
 *
 * A run's name is pfg_content_of(), that of another file pfg_digest_of().
 */
#define PFG_SHARED_FORMAT  "perfgate-history.json"
#define PFG_SHARED_VERSION 1

struct pfg_shared {
    const struct pfg_context *context;
    struct pfg_arena *arena;
    struct pfg_vcs *vcs;
    struct pfg_remote remote;
    const char *path; /* of the database */
    const char *tip;  /* commit; NULL: no such branch yet */
    struct pfg_vcs_file *files;
    size_t n;
    struct pfg_map runs;    /* content -> struct pfg_vcs_file */
    size_t n_left_out;      /* files that are not what they should be */
    struct pfg_map folders; /* of runs -> how many there are in it */
    /* What was read of names/ and pruned/, and the store that it is merged
     * through. */
    struct pfg_import in;
    struct pfg_map named; /* contents that baselines name now */
    struct pfg_map names; /* its paths -> index into in.baselines + 1, or 0 */
};

/* Finds repository, remote and database; to be closed, also after an error. */
int pfg_shared_open(struct pfg_shared *out, const struct pfg_context *context,
                    const struct pfg_shared_options *options,
                    struct pfg_error *err);
void pfg_shared_close(struct pfg_shared *shared);

/* Fetches, and lists what is there. PFG_USAGE where the branch holds something
 * else, or is of a newer version. */
int pfg_shared_fetch(struct pfg_shared *shared, struct pfg_error *err);

/* Appends the text of a file, unpacked. */
int pfg_shared_read(struct pfg_shared *shared, struct pfg_str *out,
                    const struct pfg_vcs_file *file, struct pfg_error *err);

/* 0 with a warning where a file is not what it should be, which is left out;
 * -1 where more than that went wrong. */
int pfg_shared_leave_out(struct pfg_shared *shared,
                         const struct pfg_vcs_file *file,
                         const struct pfg_error *err);

/* What a name was last made to mean, by all changes that were read. */
bool pfg_shared_is_last(const struct pfg_import *in,
                        const struct pfg_line_baseline *baseline);

/* Whether the run of this content was removed, and no baseline names it. */
bool pfg_shared_is_pruned(const struct pfg_shared *shared,
                          struct pfg_slice content);

/* "pulled 'perfgate-history' of 'origin': 3 runs added, 1 baseline, 2 runs
 * removed, 7 already there". */
void pfg_shared_say(const struct pfg_shared *shared, const char *what,
                    size_t n_runs, size_t n_baselines, size_t n_removed,
                    size_t n_there);

#endif
