#ifndef PFG_APP_EVALUATE_EVALUATE_SOURCES_H
#define PFG_APP_EVALUATE_EVALUATE_SOURCES_H

#include "app/baseline/search.h"
#include "app/input/read_inputs.h"
#include "base/arena.h"
#include "compare/compare.h"
#include "config/config.h"

/* What is compared, from one of three sources: files, the database, or what
 * has just been measured. */

struct pfg_paths {
    const char *const *at;
    size_t n;
};

/* Paths: compared directly, no database, git or hardware. */
struct pfg_file_sides {
    struct pfg_paths base, head, history;
    struct pfg_paths base_again, head_again; /* a second measurement; n 0 */
    struct pfg_read_options read;
};

/* Revisions and names in the database. */
struct pfg_stored_sides {
    const char *database;
    const char *head;     /* NULL: the commit under test */
    const char *hardware; /* the name of a profile; NULL: all of the head's */
    struct pfg_search_options search;
    const char *baseline;  /* NAME, FILE or "auto"; NULL: none */
    const char *baselines; /* the folder of "auto"; NULL: "baselines" at the
                              repository's root */
};

/* Results at hand, of base and head in turn; see app/measure/measure.h. All is
 * borrowed, the runs for as long as the report lives. */
struct pfg_measured_sides {
    struct pfg_side base, head; /* base.n 0: nothing to compare with */
    const char *no_base;        /* why */
    const char *unneeded;       /* why none had to be measured; NULL: one had */
    struct pfg_vcs *vcs;        /* NULL: not in a repository */
    const char *const *notes;   /* for the report */
    size_t n_notes;
};

/* A base and a head, to become a section of the report. */
struct pfg_pair {
    struct pfg_comparison comparison; /* the policy is filled in later */
    const char *baseline_file;        /* that the base is from; NULL: none */
    struct pfg_config *limits;        /* its own limits; NULL: none */
};

struct pfg_pairs {
    struct pfg_arena *arena; /* the report's */
    struct pfg_runs runs;    /* of all of them */
    PFG_VEC(struct pfg_pair) all;
};

void pfg_pairs_free(struct pfg_pairs *pairs);

/* Paths with paths: one pair. The base of a second call is that of the first,
 * which is not read again. */
int pfg_pairs_of_files(struct pfg_pairs *out, const struct pfg_context *context,
                       const struct pfg_file_sides *sides,
                       struct pfg_error *err);

/* What the store holds of the head with its base, or with a baseline file: a
 * pair for each hardware profile of the head. `vcs` NULL: not in a
 * repository. */
int pfg_pairs_of_store(struct pfg_pairs *out, const struct pfg_context *context,
                       const struct pfg_stored_sides *sides,
                       struct pfg_vcs *vcs, struct pfg_error *err);

/* What has just been measured: one pair. Cannot fail. */
void pfg_pairs_of_measured(struct pfg_pairs *out,
                           const struct pfg_measured_sides *sides);

/* Whether `text` names paths to compare: a file or directory that is there,
 * "-", "label=PATH", "DIR@BASELINE". */
bool pfg_is_path_argument(const char *text);

#endif
