#ifndef PFG_APP_MEASURING_H
#define PFG_APP_MEASURING_H

#include "app/measure.h"
#include "app/read.h"
#include "base/scratch.h"
#include "base/vec.h"
#include "exec/interrupt.h"
#include "hw/load.h"
#include "vcs/vcs.h"
#include "vcs/worktree.h"

/* What the parts of `perfgate run` share while it measures. */

enum pfg_measured_side { PFG_BASE, PFG_HEAD };

struct pfg_measuring_side {
    const char *name;     /* "base", "head" */
    const char *folder;   /* where its command runs */
    const char *shell;    /* its command; NULL: the options' words */
    const char *checkout; /* id of the commit to check out; NULL: in place */
    struct pfg_worktree worktree; /* zeroed: there is none */
    struct pfg_revision revision; /* zeroed where it is none */
    struct pfg_runs runs;         /* of all rounds */
    const char *broken;           /* why it cannot be measured; NULL: it can */
    const char *broken_hint;
};

struct pfg_measuring {
    const struct pfg_context *context;
    const struct pfg_measure_options *options;
    struct pfg_arena *arena;
    struct pfg_vcs *vcs; /* NULL: not in a repository */
    struct pfg_interrupt interrupt;
    struct pfg_profile profile;
    struct pfg_scratch scratch; /* zeroed: not made yet */
    FILE *nowhere;       /* for warnings that were shown before */
    struct pfg_measuring_side sides[2];

    const struct pfg_tool *tool;   /* NULL: unknown */
    struct pfg_tool_choice choice; /* n_keep 0: all is measured */
    bool filterless; /* the tool's filter did not find what it was asked for */

    struct pfg_looks plan;
    double start;     /* of the rounds, monotonic seconds */
    double longest;   /* round so far, seconds */
    size_t rounds;    /* complete ones */
    size_t processes; /* begun, for names */
    size_t n_disturbed, n_repeated;
    const char *disturbed_by; /* of the last disturbed round */
    const char *ended;        /* why the rounds ended */
    PFG_VEC(const char *) notes;
    struct pfg_measuring_show *show;
};

/* A line that the report shows; borrows from the arena. */
void pfg_measuring_note(struct pfg_measuring *m, const char *text);

/* --- the two sides (measure_side.c) --- */

/* Finds both revisions, and the commits to check out. */
int pfg_measuring_find(struct pfg_measuring *m, struct pfg_error *err);

/* Checks a side out and prepares it. What it lacks is no error of the
 * function: it is then `broken`. */
int pfg_measuring_set_up(struct pfg_measuring *m,
                         struct pfg_measuring_side *side,
                         struct pfg_error *err);

/* Removes work trees, files, runs. */
void pfg_measuring_tear_down(struct pfg_measuring *m);

/* --- one process (measure_process.c) --- */

/*
 * Runs the command once and appends its runs to the side; `round` 0: a
 * warm-up, whose results are looked at and dropped. The process may be
 * disturbed: *why then says by what. A command that fails without results, or
 * prints none, makes the side `broken`; with results they are marked as
 * failed. -1 on what is no fault of the command.
 */
int pfg_measuring_process(struct pfg_measuring *m,
                          struct pfg_measuring_side *side, size_t round,
                          const char **why, struct pfg_error *err);

/* --- a quiet machine (measure_quiet.c) --- */

/* Waits for the load to fall, for as long as the options say. */
void pfg_measuring_settle(struct pfg_measuring *m);

/* The machine now. */
struct pfg_load pfg_measuring_load(struct pfg_measuring *m);

/* What went on since `before` on the processors that are measured on. `own`:
 * CPU seconds of the process that was measured. */
struct pfg_load_change pfg_measuring_since(struct pfg_measuring *m,
                                           const struct pfg_load *before,
                                           double own);

/* What disturbed a process; NULL: nothing did. */
const char *pfg_measuring_disturbance(struct pfg_measuring *m,
                                      const struct pfg_load_change *change);

/* --- what people see meanwhile (measure_show.c) --- */

void pfg_measuring_show_open(struct pfg_measuring *m);
/* Called some times a second. `what`: "building base", "round 3, head", for
 * how many seconds. */
void pfg_measuring_show_tick(struct pfg_measuring *m, const char *what,
                             double seconds);
/* After a look: the rows, and how many of them are open. */
void pfg_measuring_show_look(struct pfg_measuring *m,
                             const struct pfg_report *report);
void pfg_measuring_show_close(struct pfg_measuring *m);

#endif
