#ifndef PFG_APP_BASELINE_NAMED_BASELINES_H
#define PFG_APP_BASELINE_NAMED_BASELINES_H

#include "app/input/context.h"
#include "base/error.h"

/*
 * Named baselines in the database: a name means some runs, on each hardware
 * profile others. Names are moved, never runs. What was done is said on err,
 * what was asked for on out.
 */
struct pfg_named_baselines_options {
    const char *database;
    const char *revision; /* whose runs; NULL: the tag's, the one under test */
    const char *hardware; /* name of a profile; NULL: all */
    const char *folder;   /* of the files; NULL: "baselines" */
    const char *as;       /* name for what is imported; NULL: the file's */
    bool force;           /* dirty and failed runs too */
};

/* Whether it can be the name of a baseline: PFG_USAGE. */
int pfg_named_baselines_check(const char *name, struct pfg_error *err);

/* Gives a name to a revision's runs: of `revision`, else of the git tag of
 * that name, else of the commit under test. No results, or unfit ones without
 * `force`: PFG_DATA. */
int pfg_named_baselines_save(const struct pfg_context *context,
                             const char *name,
                             const struct pfg_named_baselines_options *options,
                             struct pfg_error *err);

/* `to` means from now on what `from` means. Nothing: PFG_DATA. */
int pfg_named_baselines_promote(
    const struct pfg_context *context, const char *from, const char *to,
    const struct pfg_named_baselines_options *options, struct pfg_error *err);

/* Forgets a name; the runs stay. No such name: PFG_DATA. */
int pfg_named_baselines_delete(
    const struct pfg_context *context, const char *name,
    const struct pfg_named_baselines_options *options, struct pfg_error *err);

/* Reads baseline files into the database, all or none. The same again adds
 * nothing. */
int pfg_named_baselines_import(
    const struct pfg_context *context, const char *const *files, size_t n,
    const struct pfg_named_baselines_options *options, struct pfg_error *err);

/* A line for each baseline, in the database and in files. */
int pfg_named_baselines_list(const struct pfg_context *context,
                             const struct pfg_named_baselines_options *options,
                             struct pfg_error *err);

/* What names mean and have meant, and what files hold; without words, all. */
int pfg_named_baselines_show(const struct pfg_context *context,
                             const char *const *words, size_t n,
                             const struct pfg_named_baselines_options *options,
                             struct pfg_error *err);

#endif
