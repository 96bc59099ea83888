#ifndef PFG_APP_BASELINES_H
#define PFG_APP_BASELINES_H

#include "app/context.h"
#include "store/files.h"

/*
 * Baseline files: baselines/<hardware>.json for the default baseline,
 * baselines/<hardware>.<name>.json for a named one.
 */

#define PFG_BASELINE_DEFAULT "default"

struct pfg_baseline_pick {
    struct pfg_baseline baseline; /* its runs belong to the caller */
    const char *how;     /* why this one: "same hardware" */
    const char *missing; /* nothing fits: why, with the profiles there are;
                            NULL: something does */
};

/* The file that `wanted` means for a head measured on `profile`: a path,
 * "auto" for the best fit in `folder`, or a name for the best fit of it. */
int pfg_baselines_pick(struct pfg_baseline_pick *out, const char *wanted,
                       const char *folder, const struct pfg_profile *profile,
                       struct pfg_arena *arena, struct pfg_error *err);

struct pfg_baseline_save_options {
    const char *database;
    const char *name;     /* NULL: the default one */
    const char *revision; /* NULL: the commit under test */
    const char *folder;   /* NULL: "baselines" at the repository's root */
    const char *file;     /* write here instead, "-" for out; NULL */
    bool force;           /* save dirty and failed runs too */
};

/* Writes the runs of a revision to a file for each profile that has them;
 * with `file`, they must be of one profile. The `match` rules of a file that
 * is replaced are kept. Dirty runs are refused without `force`: PFG_DATA. */
int pfg_baselines_save(const struct pfg_context *context,
                       const struct pfg_baseline_save_options *options,
                       struct pfg_error *err);

/* What is in a folder, or in the files named, for people. */
int pfg_baselines_show(const struct pfg_context *context,
                       const char *const *files, size_t n, const char *folder,
                       struct pfg_error *err);

#endif
