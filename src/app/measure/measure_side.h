#ifndef PFG_APP_MEASURE_MEASURE_SIDE_H
#define PFG_APP_MEASURE_MEASURE_SIDE_H

#include "app/input/read_inputs.h"
#include "app/measure/measure_options.h"
#include "app/measure/measuring.h"
#include "exec/child.h"
#include "vcs/worktree.h"

struct pfg_measuring_side {
    enum pfg_measured_side which;
    const char *name;     /* "base", "head" */
    const char *folder;   /* where its command runs */
    const char *checkout; /* id of the commit to check out; NULL: in place */
    struct pfg_worktree worktree; /* zeroed: there is none */
    struct pfg_revision revision; /* zeroed where it is none */
    struct pfg_runs runs;         /* of all rounds */
    struct pfg_runs warm;         /* of those that do not count */
    bool measured;      /* a process of it, a warm-up too, gave a number */
    bool sized;         /* its files' sizes are among the runs */
    const char *broken; /* why it cannot be measured; NULL: it can */
    const char *broken_hint;
    const char *last_words; /* of what broke it, lines; "" : it said nothing */
};

struct pfg_sides {
    struct pfg_measuring *m;
    const struct pfg_side_options *options;
    const struct pfg_programs *programs; /* that are run there: the head's */
    struct pfg_measuring_side at[2];
};

/* Finds both revisions, and the commits to check out. */
int pfg_sides_find(struct pfg_sides *sides, struct pfg_error *err);

/* Checks a side out and prepares it. What it lacks is not an error of the
 * function: it is then `broken`. */
int pfg_sides_set_up(struct pfg_sides *sides, struct pfg_measuring_side *side,
                     struct pfg_error *err);

/* Runs text for a shell in the side's folder; what fails leaves it `broken`:
 * it could not be `done` ("built"). It sees the side and, where it belongs to
 * one, the round; NULL: it belongs to none. */
int pfg_sides_shell(struct pfg_sides *sides, struct pfg_measuring_side *side,
                    const char *shell, const char *done, const char *round,
                    struct pfg_error *err);

bool pfg_sides_are_broken(const struct pfg_sides *sides);

/* "; the last it said was: ..." on one line, or "" where a broken side said
 * nothing. In the arena. */
const char *pfg_sides_said(const struct pfg_sides *sides,
                           const struct pfg_measuring_side *side);

/* Says that a side cannot be measured and why: `why` is a sentence without its
 * subject, "it ended with exit status 2". A compiler's failure is told from
 * that of a benchmark by what it said. */
void pfg_sides_break(struct pfg_sides *sides, struct pfg_measuring_side *side,
                     const char *why, const char *hint,
                     const struct pfg_child_result *result);

/* Forgets the runs of a side after the first `kept`. */
void pfg_sides_drop(struct pfg_measuring_side *side, size_t kept);

/* Forgets the runs of the warm-up. */
void pfg_sides_drop_warm(struct pfg_sides *sides);

/* Removes work trees and runs. */
void pfg_sides_tear_down(struct pfg_sides *sides);

/* --- what the command writes (measure_results.c) --- */

/* Where a path that the command writes is for the side; absolute. */
const char *pfg_results_at(const struct pfg_sides *sides,
                           const struct pfg_measuring_side *side,
                           const char *path);

/* PFG_USAGE where something is named that must not be removed: what is outside
 * of the work tree or behind a link, and in the user's own checkout what git
 * tracks. */
int pfg_results_check(const struct pfg_sides *sides,
                      const struct pfg_measuring_side *side,
                      const struct pfg_program *program, struct pfg_error *err);

/* Checks, and removes them. */
int pfg_results_remove(const struct pfg_sides *sides,
                       const struct pfg_measuring_side *side,
                       const struct pfg_program *program,
                       struct pfg_error *err);

/*
 * --- whether both sides must be measured (unneeded.c) ---
 *
 * Why they need not be, as a headline, or NULL. Only what is known to be the
 * same is not measured. One commit on both sides is measured, and so are
 * uncommitted changes.
 */

/* Before anything is checked out: no changed file matches the `paths` of the
 * configuration. */
int pfg_unneeded_by_paths(const char **out, const struct pfg_sides *sides,
                          const char *config, struct pfg_error *err);

/* When both sides are built: the programs, and all other programs and
 * libraries in the work trees, are the same, and the other changed files are
 * sources and documents. */
const char *pfg_unneeded_by_build(const struct pfg_sides *sides);

#endif
