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
    struct pfg_baseline baseline; /* the caller releases it */
    const char *how;              /* why it was chosen: "same hardware" */
    const char *missing; /* why none fits, with the profiles that have one;
                            NULL: one fits */
};

/* Chooses the file for a head measured on `profile`. `wanted` is a path, "auto"
 * for the file in `folder` that fits best, or a name for the best of those
 * called so. */
int pfg_baseline_files_pick(struct pfg_baseline_pick *out, const char *wanted,
                            const char *folder,
                            const struct pfg_profile *profile,
                            struct pfg_arena *arena, struct pfg_error *err);

/* Describes a side that is a baseline file; `how` follows the file's name.
 * Borrows from the baseline and the arena. */
struct pfg_report_origin pfg_baseline_files_origin(
    const struct pfg_baseline *baseline, const char *how,
    struct pfg_arena *arena);

/* Prints the contents of a file. */
int pfg_baseline_files_show(const struct pfg_context *context, const char *path,
                            struct pfg_arena *arena, struct pfg_error *err);

/* `folder`, or the default one if it is NULL. */
const char *pfg_baseline_files_folder(const char *folder, struct pfg_vcs *vcs,
                                      struct pfg_arena *arena);

/* Whether a word names a file, not a baseline. */
bool pfg_baseline_files_is_file(const char *word);

/* Finds the runs of a named baseline in the database on a profile (NULL: on
 * any). None is not an error. */
int pfg_baseline_files_find(struct pfg_found *out,
                            const struct pfg_search *search, const char *name,
                            const char *fingerprint, struct pfg_error *err);

/* ---- between the database and files; progress goes to the context's err ----
 */

struct pfg_baseline_save_options {
    const char *name;     /* NULL: the default one */
    bool stored;          /* save the runs of the named baseline */
    const char *revision; /* else those of this revision; NULL: the commit under
                             test */
    const char *hardware; /* only on this profile; NULL: on all */
    const char *folder;   /* of the files */
    const char *file;     /* write to this file instead, "-" for out; NULL */
    bool force;           /* also save dirty and failed runs */
};

/* Finds the runs to save. PFG_DATA if there are none, or with dirty runs unless
 * options->force. */
int pfg_baseline_find(const struct pfg_search *search, struct pfg_found *out,
                      const struct pfg_baseline_save_options *options,
                      struct pfg_error *err);

/* Writes these runs to a file for each profile; with `file`, they must be of
 * one profile. Entries that people wrote into an existing file (`match`,
 * thresholds, targets) are kept. */
int pfg_baseline_save(const struct pfg_search *search,
                      const struct pfg_baseline_save_options *options,
                      struct pfg_error *err);

/* Imports baseline files into the database, all or none, under the name `as`
 * (NULL: the file's). Importing them again adds nothing. */
int pfg_baseline_import(const struct pfg_search *search,
                        const char *const *files, size_t n, const char *as,
                        struct pfg_error *err);

#endif
