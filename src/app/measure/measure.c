#include "app/measure/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/evaluate/store_verdicts.h"
#include "app/input/workspace.h"
#include "app/measure/measure_rounds.h"
#include "app/measure/turn/measure_process.h"
#include "base/arena.h"
#include "base/clock.h"
#include "store/store.h"
#include "term/print.h"

/* Rounds of a head that has no base. */
#define ROUNDS_ALONE 5

struct session {
    const struct pfg_measure_options *options;
    struct pfg_measuring m;
    struct pfg_sides sides;
    struct pfg_processes processes;
    struct pfg_rounds rounds;
    struct pfg_stage stage; /* what the report covers */
};

bool pfg_measure_is_pair(const struct pfg_measure_options *options)
{
    return options->sides.base || options->sides.base_command;
}

static void note_rounds(struct session *s)
{
    struct pfg_arena *arena = s->m.arena;
    const struct pfg_rounds *rounds = &s->rounds;
    const struct pfg_second_looks *second = &s->stage.second;

    pfg_measuring_note(&s->m, "base and head were measured in turn, %s: %s",
                       pfg_rounds_words(rounds, s->stage.rounds),
                       rounds->ended);
    if (rounds->said) {
        pfg_measuring_note(
            &s->m,
            "the command sets %s, so a round took %.2g s; without it, rounds "
            "are as short as the benchmarks allow, and there are many more",
            rounds->said, rounds->longest);
    }
    if (rounds->n > s->stage.rounds) {
        pfg_measuring_note(
            &s->m, "unconfirmed changes were measured again: %s, %s%s",
            pfg_arena_counted(arena, second->n, "row"),
            pfg_arena_counted(arena, rounds->n - s->stage.rounds, "more round"),
            second->at[0].settled ? "" : ", too few");
    }
    pfg_processes_note_watching(&s->processes);
    if (rounds->n_repeated) {
        pfg_measuring_note(
            &s->m, "repeated because of disturbances: %s",
            pfg_arena_counted(arena, rounds->n_repeated, "round"));
    }
    if (rounds->n_disturbed) {
        pfg_measuring_note(
            &s->m, "disturbed but counted: %zu of %s, the last one by %s",
            rounds->n_disturbed, pfg_arena_counted(arena, rounds->n, "round"),
            rounds->disturbed_by);
    }
}

/* --- what becomes of the results --- */

static bool is_stored(const struct pfg_measuring_side *side)
{
    return side->revision.id && *side->revision.id;
}

static int store(struct session *s, struct pfg_error *err)
{
    const struct pfg_measure_options *options = s->options;
    const char *path = pfg_workspace_database(options->evaluate.stored.database,
                                              s->m.vcs, s->m.arena);
    struct pfg_runs all = {0};
    struct pfg_store *store = NULL;
    enum pfg_stored *became;
    int failed;

    for (size_t i = 0; i < 2; i++) {
        const struct pfg_measuring_side *side = &s->sides.at[i];

        for (size_t j = 0; is_stored(side) && j < side->runs.n; j++) {
            pfg_vec_push(&all, s->m.arena, side->runs.at[j]);
        }
    }
    if (!all.n || (!options->keep && !pfg_store_exists(path))) {
        return 0;
    }
    became = pfg_arena_new_array(s->m.arena, enum pfg_stored, all.n);
    failed = pfg_store_open(&store, path, true, err) ||
             pfg_store_add(store, became, all.at, all.n, err);
    pfg_store_close(store);
    return failed ? -1 : 0;
}

/* Measures the head alone, because there is no base. */
static int measure_head_alone(struct session *s, struct pfg_error *err)
{
    struct pfg_measuring_side *head = &s->sides.at[PFG_HEAD];
    struct pfg_rounds *rounds = &s->rounds;
    size_t most =
        rounds->options->exactly ? rounds->options->exactly : ROUNDS_ALONE;
    const char *why;

    rounds->ended = "no base";
    rounds->n = head->runs.n > 0; /* it may have gone first */
    pfg_rounds_start(rounds);
    while (rounds->n < most && !head->broken &&
           !pfg_measuring_is_stopped(&s->m) &&
           !pfg_rounds_are_out_of_time(rounds)) {
        double began = pfg_clock_seconds();

        if (pfg_process_run(&s->processes, head, ++rounds->n, &why, err)) {
            return -1;
        }
        rounds->longest = fmax(rounds->longest, pfg_clock_seconds() - began);
    }
    s->stage = pfg_rounds_whole(rounds);
    return 0;
}

/* Fails because nothing can be compared, after printing the last output of the
 * side's command. */
static int fail_side(const struct session *s,
                     const struct pfg_measuring_side *side, enum pfg_code code,
                     struct pfg_error *err)
{
    struct pfg_slice left =
        pfg_slice_of(side->last_words ? side->last_words : "");

    while (left.len) {
        pfg_print(s->m.context->err, "  %s\n",
                  pfg_arena_slice(s->m.arena, pfg_take_until(&left, '\n')));
    }
    pfg_fail(err, code, "%s", side->broken);
    return pfg_hint(err, "%s", side->broken_hint ? side->broken_hint : "");
}

/* The base has no results to compare with. */
static bool has_no_base(const struct session *s)
{
    const struct pfg_measuring_side *base = &s->sides.at[PFG_BASE];

    return base->broken && !base->runs.n;
}

/* The report borrows from the runs, so the evaluation owns them from here on.
 */
static void hand_over(struct pfg_evaluation *out, struct session *s)
{
    for (size_t i = 0; i < 2; i++) {
        struct pfg_runs *runs = &s->sides.at[i].runs;

        pfg_runs_add(&out->pairs.runs, runs->at, runs->n);
        pfg_vec_free(runs);
    }
}

/* Checks whether base and head can differ at all, unless that is switched off.
 */
static int look_at_changes(struct session *s, struct pfg_error *err)
{
    const struct pfg_measure_options *options = s->options;

    return options->always
               ? 0
               : pfg_unneeded_by_paths(&s->rounds.unneeded, &s->sides,
                                       options->evaluate.judging.config, err);
}

static void look_at_builds(struct session *s)
{
    if (!s->options->always && !s->options->process.n_sizes &&
        !s->options->sides.before_each && pfg_sides_can_go_on(&s->sides)) {
        s->rounds.unneeded = pfg_unneeded_by_build(&s->sides);
    }
}

static int set_up(struct session *s, struct pfg_error *err)
{
    struct pfg_measuring_side *head = &s->sides.at[PFG_HEAD];

    if (pfg_sides_find(&s->sides, err) || look_at_changes(s, err)) {
        return -1;
    }
    if (s->rounds.unneeded) {
        return 0;
    }
    if (pfg_sides_set_up(&s->sides, head, err) ||
        (!head->broken && !pfg_measuring_is_stopped(&s->m) &&
         pfg_sides_set_up(&s->sides, &s->sides.at[PFG_BASE], err)) ||
        pfg_processes_prepare(&s->processes, err)) {
        return -1;
    }
    look_at_builds(s);
    if (!s->rounds.unneeded) {
        pfg_quiet_wait(&s->processes.quiet, s->options->settle);
    }
    return 0;
}

static int measure_pair(struct pfg_evaluation *out, struct session *s,
                        struct pfg_error *err)
{
    struct pfg_measuring_side *base = &s->sides.at[PFG_BASE];
    struct pfg_measuring_side *head = &s->sides.at[PFG_HEAD];
    struct pfg_rounds *rounds = &s->rounds;

    if (set_up(s, err)) {
        return -1;
    }
    if (rounds->unneeded) {
        return pfg_rounds_compare(out, rounds, &s->stage, err);
    }
    if (!pfg_sides_are_broken(&s->sides)) {
        if (pfg_rounds_warm_up(rounds, err)) {
            return -1;
        }
        pfg_rounds_start(rounds);
        if (pfg_rounds_run(rounds, err) ||
            pfg_rounds_confirm(&s->stage, rounds, err)) {
            return -1;
        }
    }
    if (has_no_base(s) && !head->broken && !pfg_measuring_is_stopped(&s->m)) {
        if (!s->options->evaluate.allow_no_baseline) {
            return fail_side(s, base, PFG_NOBASE, err);
        }
        if (measure_head_alone(s, err)) {
            return -1;
        }
    }
    if (pfg_measuring_is_stopped(&s->m) && !head->broken) {
        return store(s, err)
                   ? -1
                   : pfg_measuring_fail_interrupted(&s->m, rounds->n, err);
    }
    if (!head->runs.n) {
        return fail_side(s, head, PFG_DATA, err);
    }
    if (base->runs.n) {
        note_rounds(s);
    }
    if (store(s, err) || pfg_rounds_compare(out, rounds, &s->stage, err)) {
        return -1;
    }
    if (s->options->store_verdicts) {
        pfg_verdicts_store(s->m.context, out,
                           s->options->evaluate.stored.database);
    }
    hand_over(out, s);
    if (s->options->profile.wanted) {
        pfg_measure_why(out->report, &s->processes, &s->options->profile);
    }
    return 0;
}

static int begin(struct session *s, const struct pfg_context *context,
                 const struct pfg_measure_options *options,
                 struct pfg_error *err)
{
    const struct pfg_round_options *rounds = &options->rounds;
    const struct pfg_process_options *process = &options->process;
    struct pfg_measuring *m = &s->m;

    *s = (struct session){
        .options = options,
        .m = {.context = context,
              .arena = pfg_arena_new(),
              .interrupt = {.fd = -1}},
        .sides = {.m = m,
                  .options = &options->sides,
                  .programs = &process->programs[PFG_HEAD],
                  .at = {{PFG_BASE, "base"}, {PFG_HEAD, "head"}}},
        .rounds = {.m = m,
                   .options = rounds,
                   .evaluate = &options->evaluate,
                   .sides = &s->sides,
                   .processes = &s->processes,
                   .plan =
                       rounds->exactly
                           ? pfg_looks_once(rounds->exactly)
                           : pfg_looks_until(rounds->most ? rounds->most
                                                          : PFG_MOST_ROUNDS)},
    };
    if (pfg_processes_open(&s->processes, &s->sides, process, err) ||
        pfg_workspace_open_vcs(&m->vcs, err) ||
        pfg_workspace_profile(&m->profile, context, options->hardware,
                              options->evaluate.judging.config, m->arena,
                              err) ||
        pfg_interrupt_open(&m->interrupt, err)) {
        return -1;
    }
    if (process->n_cpus && !m->profile.name_given) {
        /* A parallel benchmark on fewer CPUs is a different benchmark. */
        m->profile.cpus = (int)process->n_cpus;
        pfg_profile_finish(&m->profile, m->arena);
    }
    pfg_measuring_show_open(m, process->quiet);
    return 0;
}

static void end(struct session *s)
{
    struct pfg_error err = {0};

    pfg_measuring_show_close(&s->m);
    pfg_processes_stop(&s->processes);
    pfg_sides_tear_down(&s->sides);
    if (pfg_scratch_close(&s->m.scratch, &err)) {
        pfg_context_warn(s->m.context, "%s", err.message);
    }
    pfg_interrupt_close(&s->m.interrupt);
    pfg_vcs_close(s->m.vcs);
    pfg_processes_close(&s->processes);
    pfg_arena_free(s->m.arena);
}

int pfg_measure_pair(struct pfg_evaluation *out,
                     const struct pfg_context *context,
                     const struct pfg_measure_options *options,
                     struct pfg_error *err)
{
    struct session s;
    int failed = begin(&s, context, options, err) || measure_pair(out, &s, err);

    end(&s);
    return failed ? -1 : 0;
}

/* --- one version alone --- */

static int find_alone(struct session *s, struct pfg_error *err)
{
    struct pfg_measuring_side *side = &s->sides.at[PFG_HEAD];

    side->name = "command";
    side->folder = ".";
    return pfg_workspace_commit(&side->revision, s->m.context, s->m.vcs,
                                s->options->commit, NULL, 0, s->m.arena, err);
}

static const char *n_processes(const struct session *s, size_t n)
{
    return pfg_arena_printf(s->m.arena, "%zu process%s", n, n == 1 ? "" : "es");
}

static void print_stored(const struct session *s)
{
    const struct pfg_measuring *m = &s->m;
    const struct pfg_measuring_side *side = &s->sides.at[PFG_HEAD];
    const char *tool = "";
    size_t n = 0;

    for (size_t i = 0; i < side->runs.n; i++) {
        n += side->runs.at[i]->n_measurements;
        tool = *tool ? tool : side->runs.at[i]->tool;
    }
    pfg_print(m->context->err, "%s in %s (%s): stored under %s%s on %s\n",
              pfg_arena_counted(m->arena, n, "measurement"),
              n_processes(s, side->runs.n), tool,
              pfg_workspace_short_id(&side->revision, m->arena),
              side->revision.dirty ? " (dirty)" : "", m->profile.name);
    for (size_t i = 0; i < m->notes.n; i++) {
        pfg_print(m->context->err, "note: %s\n", m->notes.at[i]);
    }
}

/* Results of a failed command are stored, but are not a success. */
static int fail_marked(const struct session *s, struct pfg_error *err)
{
    const struct pfg_runs *runs = &s->sides.at[PFG_HEAD].runs;

    for (size_t i = 0; i < runs->n; i++) {
        if (*runs->at[i]->failure) {
            pfg_fail(err, PFG_DATA, "the command failed: %s",
                     runs->at[i]->failure);
            return pfg_hint(err, "its results are stored and marked as failed");
        }
    }
    return 0;
}

static int measure_alone(struct session *s, struct pfg_error *err)
{
    struct pfg_measuring_side *side = &s->sides.at[PFG_HEAD];
    size_t most = s->rounds.options->exactly ? s->rounds.options->exactly : 1;
    const char *why;

    if (find_alone(s, err) || pfg_sides_set_up(&s->sides, side, err) ||
        pfg_processes_prepare(&s->processes, err)) {
        return -1;
    }
    pfg_quiet_wait(&s->processes.quiet, s->options->settle);
    if (pfg_process_warm_up(&s->processes, side, s->rounds.options->warmup,
                            err)) {
        return -1;
    }
    for (size_t i = 1; i <= most && pfg_sides_can_go_on(&s->sides); i++) {
        if (pfg_process_run(&s->processes, side, i, &why, err)) {
            return -1;
        }
        if (why) {
            pfg_measuring_note(&s->m, "process %zu was disturbed by %s", i,
                               why);
        }
    }
    pfg_processes_note_watching(&s->processes);
    if (side->runs.n) {
        if (store(s, err)) {
            return -1;
        }
        print_stored(s);
    }
    return side->broken ? fail_side(s, side, PFG_DATA, err)
           : pfg_measuring_is_stopped(&s->m)
               ? pfg_fail(err, pfg_measuring_status(&s->m),
                          "interrupted: %zu of %s measured", side->runs.n,
                          n_processes(s, most))
               : fail_marked(s, err);
}

int pfg_measure_alone(const struct pfg_context *context,
                      const struct pfg_measure_options *options,
                      struct pfg_error *err)
{
    struct session s;
    int failed = begin(&s, context, options, err) || measure_alone(&s, err);

    end(&s);
    return failed ? -1 : 0;
}
