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
    const char *folder;   /* its command runs here */
    const char *checkout; /* commit id to check out; NULL: measured in place */
    struct pfg_worktree worktree; /* zeroed: none */
    struct pfg_revision revision; /* zeroed: none */
    struct pfg_runs runs;         /* of all rounds */
    struct pfg_runs warm;         /* of the warm-up */
    bool measured;      /* some process, even of the warm-up, gave a number */
    bool sized;         /* the sizes of its files are among the runs */
    const char *broken; /* why it cannot be measured; NULL: it can */
    const char *broken_hint;
    const char *last_words; /* of the command that broke it, in lines; "":
                               none */
};

struct pfg_sides {
    struct pfg_measuring *m;
    const struct pfg_side_options *options;
    const struct pfg_programs *programs; /* the head's */
    struct pfg_measuring_side at[2];
};

/* Finds both revisions, and the commits to check out. */
int pfg_sides_find(struct pfg_sides *sides, struct pfg_error *err);

/* Checks a side out and prepares it. If that fails the side is `broken`, which
 * is not an error. */
int pfg_sides_set_up(struct pfg_sides *sides, struct pfg_measuring_side *side,
                     struct pfg_error *err);

/* Runs a shell command in the side's folder. If it fails the side is `broken`:
 * it could not be `done` ("built"). The command sees the name of the side and,
 * unless NULL, the round. */
int pfg_sides_shell(struct pfg_sides *sides, struct pfg_measuring_side *side,
                    const char *shell, const char *done, const char *round,
                    struct pfg_error *err);

bool pfg_sides_are_broken(const struct pfg_sides *sides);

/* Neither side is broken, and the user does not want it to end. */
bool pfg_sides_can_go_on(const struct pfg_sides *sides);

/* "; its last output was: ..." on one line, or "". In the arena. */
const char *pfg_sides_said(const struct pfg_sides *sides,
                           const struct pfg_measuring_side *side);

/* Marks a side as broken. `why` lacks its subject: "it exited with status 2".
 * The output tells a failed build from a failed benchmark. */
void pfg_sides_break(struct pfg_sides *sides, struct pfg_measuring_side *side,
                     const char *why, const char *hint,
                     const struct pfg_child_result *result);

/* Discards the runs of a side after the first `kept`. */
void pfg_sides_drop(struct pfg_measuring_side *side, size_t kept);

/* Discards the runs of the warm-up. */
void pfg_sides_drop_warm(struct pfg_sides *sides);

/* Runs --cleanup, and removes work trees and runs. */
void pfg_sides_tear_down(struct pfg_sides *sides);

/* --- the files that the command writes (measure_results.c) --- */

/* The absolute path of a result file of a side. */
const char *pfg_results_at(const struct pfg_sides *sides,
                           const struct pfg_measuring_side *side,
                           const char *path);

/* PFG_USAGE if a result file must not be removed: it is outside the work tree
 * or behind a link, or git tracks it in the user's own checkout. */
int pfg_results_check(const struct pfg_sides *sides,
                      const struct pfg_measuring_side *side,
                      const struct pfg_program *program, struct pfg_error *err);

/* Checks and removes result files. */
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
