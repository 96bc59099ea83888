#ifndef PFG_APP_BASELINE_BASELINE_FILES_H
#define PFG_APP_BASELINE_BASELINE_FILES_H

#include "app/baseline/search.h"
#include "model/report.h"
#include "store/files.h"
#include "store/store.h"
#include "vcs/vcs.h"

/*
 * Baseline files: baselines/<hardware>.json for the default baseline,
 * baselines/<hardware>.<name>.json for a named one.
 */

#define PFG_BASELINE_DEFAULT "default"

struct pfg_baseline_pick {
    struct pfg_baseline baseline; /* its runs belong to the caller */
    const char *how;              /* why this one: "same hardware" */
    const char *missing; /* nothing fits: why, with the profiles there are;
                            NULL: something does */
};

/* The file that `wanted` means for a head measured on `profile`: a path,
 * "auto" for the best fit in `folder`, or a name for the best fit of it. */
int pfg_baseline_files_pick(struct pfg_baseline_pick *out, const char *wanted,
                            const char *folder,
                            const struct pfg_profile *profile,
                            struct pfg_arena *arena, struct pfg_error *err);

/* What a report says of a side that is a baseline file; `how` goes on after
 * its name. In the arena, where it is not the baseline's. */
struct pfg_report_origin pfg_baseline_files_origin(
    const struct pfg_baseline *baseline, const char *how,
    struct pfg_arena *arena);

/* What is in a file, for people. */
int pfg_baseline_files_show(const struct pfg_context *context, const char *path,
                            struct pfg_arena *arena, struct pfg_error *err);

/* `folder`, or where it is when it is NULL. */
const char *pfg_baseline_files_folder(const char *folder, struct pfg_vcs *vcs,
                                      struct pfg_arena *arena);

/* Whether a word means a file and not a name. */
bool pfg_baseline_files_is_file(const char *word);

/* The runs that a name means in the database on a profile (on any, when NULL):
 * fills the infos; none is not an error. */
int pfg_baseline_files_find(struct pfg_found *out,
                            const struct pfg_search *search, const char *name,
                            const char *fingerprint, struct pfg_error *err);

/* A run that was measured with changes in the work tree, or whose harness
 * failed, is not a baseline: PFG_DATA. */
int pfg_baseline_files_check(const struct pfg_run_info *info,
                             struct pfg_error *err);

/* ---- between the database and files; what was done is said on err ---- */

struct pfg_baseline_save_options {
    const char *name;     /* NULL: the default one */
    bool stored;          /* the runs that `name` means in the database */
    const char *revision; /* else of this one; NULL: the commit under test */
    const char *hardware; /* on the profile of this name; NULL: on all */
    const char *folder;   /* where the files are */
    const char *file;     /* write here instead, "-" for out; NULL */
    bool force;           /* save dirty and failed runs too */
};

/* Writes the runs of a revision, or of a name, to a file for each profile that
 * has them; with `file`, they must be of one profile. What somebody wrote into
 * a file that is replaced (`match`, thresholds, targets) is kept. Dirty runs
 * are refused without `force`: PFG_DATA. */
int pfg_baseline_save(const struct pfg_search *search,
                      const struct pfg_baseline_save_options *options,
                      struct pfg_error *err);

/* Reads baseline files into the database, all or none, under the name `as`
 * (NULL: the file's). The same again adds nothing. */
int pfg_baseline_import(const struct pfg_search *search,
                        const char *const *files, size_t n, const char *as,
                        struct pfg_error *err);

#endif
