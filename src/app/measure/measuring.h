#ifndef PFG_APP_MEASURE_MEASURING_H
#define PFG_APP_MEASURE_MEASURING_H

#include "app/input/read_inputs.h"
#include "app/measure/measure_options.h"
#include "base/scratch.h"
#include "base/vec.h"
#include "exec/child.h"
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
    bool measured; /* a process of it, a warm-up too, gave a number */
    const char *broken; /* why it cannot be measured; NULL: it can */
    const char *broken_hint;
    const char *last_words; /* of what broke it, lines; "" : it said nothing */
};

/* Some of the rounds, and what is to be made of them. */
struct pfg_measuring_stage {
    size_t from[2], n[2]; /* runs of each side */
    size_t rounds;
    struct pfg_looks plan;
    struct pfg_second_looks second;
};

struct pfg_measuring {
    const struct pfg_context *context;
    const struct pfg_measure_options *options;
    struct pfg_arena *arena;
    struct pfg_vcs *vcs; /* NULL: not in a repository */
    struct pfg_interrupt interrupt;
    struct pfg_profile profile;
    struct pfg_scratch scratch; /* zeroed: not made yet */
    PFG_VEC(const char *) secrets; /* variables that no measured command sees */
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
    struct pfg_measuring_stage stage; /* what the report is of */
    PFG_VEC(const char *) notes;
    struct pfg_measuring_show *show;
};

/* A line that the report shows; borrows from the arena. */
void pfg_measuring_note(struct pfg_measuring *m, const char *text);

/* An interrupted measurement is not judged. Always -1: PFG_SIGNAL plus the
 * signal that came. */
int pfg_measuring_fail_interrupted(const struct pfg_measuring *m,
                                   struct pfg_error *err);

/* All that has been measured so far, by the plan. */
struct pfg_measuring_stage pfg_measuring_whole(const struct pfg_measuring *m);

/* Compares the sides in these rounds. */
int pfg_measuring_compare(struct pfg_evaluation *out, struct pfg_measuring *m,
                          const struct pfg_measuring_stage *stage,
                          struct pfg_error *err);

/* --- rounds (measure_rounds.c) --- */

bool pfg_measuring_is_broken(const struct pfg_measuring *m);
/* The user wants it to end. */
bool pfg_measuring_is_stopped(struct pfg_measuring *m);
/* One more round would end after the budget. */
bool pfg_measuring_is_out_of_time(const struct pfg_measuring *m);

/* Rounds that do not count. */
int pfg_measuring_warm_up(struct pfg_measuring *m, struct pfg_error *err);

/* Both sides once; once more where something disturbed them. */
int pfg_measuring_round(struct pfg_measuring *m, struct pfg_error *err);

/* Rounds until all is decided, or the plan, the budget, the user or a failure
 * ends them: m->ended says which. */
int pfg_measuring_rounds(struct pfg_measuring *m, struct pfg_error *err);

/* From now on measures only the benchmarks of rows that are wanted, where the
 * tool can choose. */
void pfg_measuring_choose(struct pfg_measuring *m,
                          const struct pfg_report *report,
                          bool (*wanted)(const struct pfg_report_section *,
                                         const struct pfg_report_row *));

/* --- a second look at what is likely, not proven (measure_confirm.c) --- */

/*
 * Measures again what the rounds left unconfirmed, that alone and as often, in
 * what is left of the budget, and puts what came of it into m->stage. Does
 * nothing where nothing is unconfirmed.
 */
int pfg_measuring_confirm(struct pfg_measuring *m, struct pfg_error *err);

/* --- the two sides (measure_side.c) --- */

/* Finds both revisions, and the commits to check out. */
int pfg_measuring_find(struct pfg_measuring *m, struct pfg_error *err);

/* Checks a side out and prepares it. What it lacks is no error of the
 * function: it is then `broken`. */
int pfg_measuring_set_up(struct pfg_measuring *m,
                         struct pfg_measuring_side *side,
                         struct pfg_error *err);

/* The end of what a command said, whole lines, in the arena. */
const char *pfg_measuring_last_words(const struct pfg_measuring *m,
                                     const struct pfg_child_result *result);

/* "; the last it said was: ..." on one line, or "" where a broken side said
 * nothing. In the arena. */
const char *pfg_measuring_said(const struct pfg_measuring *m,
                               const struct pfg_measuring_side *side);

/* Says that a side cannot be measured and why: `why` is a sentence without its
 * subject, "it ended with exit status 2". A compiler's failure is told from
 * that of a benchmark by what it said. */
void pfg_measuring_break(struct pfg_measuring *m,
                         struct pfg_measuring_side *side, const char *why,
                         const char *hint,
                         const struct pfg_child_result *result);

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

/* --- what the command writes (measure_results.c) --- */

/* Where the i-th of the options' results is for the side; absolute. */
const char *pfg_measuring_results_at(struct pfg_measuring *m,
                                     const struct pfg_measuring_side *side,
                                     size_t i);

/* PFG_USAGE where something is named that must not be removed: what is outside
 * of the work tree or behind a link, and in the user's own checkout what git
 * tracks. */
int pfg_measuring_results_check(struct pfg_measuring *m,
                                const struct pfg_measuring_side *side,
                                struct pfg_error *err);

/* Checks, and removes them. */
int pfg_measuring_results_remove(struct pfg_measuring *m,
                                 const struct pfg_measuring_side *side,
                                 struct pfg_error *err);

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
