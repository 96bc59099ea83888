#ifndef PFG_APP_EVALUATE_EVALUATE_SOURCES_H
#define PFG_APP_EVALUATE_EVALUATE_SOURCES_H

#include "app/baseline/search.h"
#include "app/input/read_inputs.h"
#include "base/arena.h"
#include "compare/compare.h"
#include "config/config.h"

/* The pairs to compare, from one of three sources: files, the database, or a
 * measurement just made. */

struct pfg_paths {
    const char *const *at;
    size_t n;
};

/* Files compared directly, without database, git or hardware. */
struct pfg_file_sides {
    struct pfg_paths base, head, history;
    struct pfg_paths base_again, head_again; /* a second measurement; n 0 */
    struct pfg_read_options read;
};

/* Revisions and names in the database. */
struct pfg_stored_sides {
    const char *database;
    const char *head;     /* NULL: the commit under test */
    const char *hardware; /* only this profile; NULL: all of the head's */
    struct pfg_search_options search;
    const char *baseline;  /* name, file or "auto"; NULL: none */
    const char *baselines; /* the folder for "auto"; NULL: "baselines" at the
                              repository's root */
};

/* Results of base and head measured in turn; see app/measure/measure.h. All is
 * borrowed, the runs for the life of the report. */
struct pfg_measured_sides {
    struct pfg_side base, head; /* base.n 0: there is no base */
    const char *no_base;        /* why */
    const char *unneeded;       /* why nothing had to be measured; else NULL */
    struct pfg_vcs *vcs;        /* NULL: not in a repository */
    const char *const *notes;   /* for the report */
    size_t n_notes;
};

/* A base and a head, which become a section of the report. */
struct pfg_pair {
    struct pfg_comparison comparison; /* the policy is filled in later */
    const char *baseline_file;        /* the file of the base; NULL: none */
    struct pfg_config *limits;        /* the file's limits; NULL: none */
};

struct pfg_pairs {
    struct pfg_arena *arena; /* the report's */
    struct pfg_runs runs;    /* all runs of the pairs */
    PFG_VEC(struct pfg_pair) all;
};

/* One pair of files. A second call uses the base of the first, which is not
 * read again. */
int pfg_pairs_of_files(struct pfg_pairs *out, const struct pfg_context *context,
                       const struct pfg_file_sides *sides,
                       struct pfg_error *err);

/* The stored runs of the head with its base or a baseline file: a pair for each
 * hardware profile of the head. `vcs` NULL: not in a repository. */
int pfg_pairs_of_store(struct pfg_pairs *out, const struct pfg_context *context,
                       const struct pfg_stored_sides *sides,
                       struct pfg_vcs *vcs, struct pfg_error *err);

/* One pair of results just measured. Cannot fail. */
void pfg_pairs_of_measured(struct pfg_pairs *out,
                           const struct pfg_measured_sides *sides);

/* Whether `text` names files to compare: an existing file or directory, "-",
 * "label=PATH", "DIR@BASELINE". */
bool pfg_is_path_argument(const char *text);

#endif
