#ifndef PFG_APP_BASELINE_BASELINE_TRANSFER_H
#define PFG_APP_BASELINE_BASELINE_TRANSFER_H

#include "app/baseline/search.h"

/* Baselines between the database and files; what was done is said on err. */

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
