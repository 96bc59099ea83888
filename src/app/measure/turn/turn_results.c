#include <math.h>

#include "app/measure/turn/measure_process.h"
#include "app/measure/turn/turn.h"
#include "app/programs/usage.h"
#include "base/arena.h"
#include "ingest/core/ingest.h"

static struct pfg_revision copy_revision(const struct pfg_revision *revision,
                                         struct pfg_arena *arena)
{
    struct pfg_revision copy = *revision;

    copy.id = pfg_arena_strdup(arena, revision->id ? revision->id : "");
    copy.tree = pfg_arena_strdup(arena, revision->id ? revision->tree : "");
    copy.subject =
        pfg_arena_strdup(arena, revision->id ? revision->subject : "");
    copy.branch = pfg_arena_strdup(arena, revision->id ? revision->branch : "");
    copy.merge = pfg_arena_strdup(arena, revision->id ? revision->merge : "");
    return copy;
}

static void add_fact(struct pfg_run *run, const char *key, double value)
{
    struct pfg_fact fact = {key, pfg_arena_printf(run->arena, "%.4g", value)};

    if (isfinite(value)) {
        pfg_vec_push(&run->facts, run->arena, fact);
    }
}

static bool has_failed_before(const struct pfg_measuring_side *side)
{
    for (size_t i = 0; i < side->runs.n; i++) {
        if (*side->runs.at[i]->failure) {
            return true;
        }
    }
    return false;
}

/* Adds to a run what perfgate knows and its input does not. */
static void complete(const struct pfg_turn *p, struct pfg_run *run)
{
    struct pfg_arena *arena = run->arena;
    const char *source = pfg_arena_strdup(arena, p->called);

    run->source = source;
    run->time = p->began;
    run->revision = copy_revision(&p->side->revision, arena);
    run->profile = pfg_profile_copy(&p->m->profile, arena);
    run->label = pfg_arena_strdup(arena, p->side->name);
    /* Two rounds may print the same text, and still are two. */
    run->digest = "";
    /* No round numbers, which repeat in the next session. Times show that base
     * and head alternated. */
    for (size_t i = 0; i < run->processes.n; i++) {
        run->processes.at[i].time =
            run->processes.at[i].time ? run->processes.at[i].time : p->began;
    }
    for (size_t i = 0; i < run->series.n; i++) {
        for (size_t j = 0; j < run->series.at[i]->pieces.n; j++) {
            run->series.at[i]->pieces.at[j].file = source;
        }
    }
    add_fact(run, PFG_FACT_OF_PROCESS "seconds", p->result.usage.seconds);
    add_fact(run, PFG_FACT_OF_PROCESS "cpu seconds",
             p->result.usage.user + p->result.usage.system);
    add_fact(run, PFG_FACT_OF_PROCESS "exit status", p->result.exit_status);
    add_fact(run, PFG_FACT_OF_PROCESS "other load", p->change.other);
    add_fact(run, PFG_FACT_OF_PROCESS "steal", p->change.steal);
    add_fact(run, PFG_FACT_OF_PROCESS "load after", p->change.load1);
    add_fact(run, PFG_FACT_OF_PROCESS "warming", p->change.temperature);
    if (*p->failure && !*run->failure && !has_failed_before(p->side)) {
        run->failure = pfg_arena_strdup(arena, p->failure);
    }
}

bool pfg_turn_is_over(const struct pfg_turn *p)
{
    return p->side->broken || (p->state && p->state->broken[p->side->which]);
}

/* Adds a run that records the failure. */
static void add_failure(struct pfg_turn *p, const char *what)
{
    struct pfg_run *run = pfg_run_new();

    p->failure = pfg_arena_printf(p->m->arena, "%s%s", what,
                                  pfg_sides_said(p->all->sides, p->side));
    complete(p, run);
    if (p->program && p->program->suite) {
        /* Each suite has its own failure. */
        run->failure = pfg_arena_strdup(run->arena, p->failure);
    }
    pfg_vec_push(&p->side->runs, NULL, run);
}

void pfg_turn_break_suite(struct pfg_turn *p, const char *what)
{
    size_t which = p->side->which, left = 0;

    p->state->broken[which] = p->side->broken;
    for (size_t i = 0; i < p->all->options->programs[which].n; i++) {
        left += !p->all->states[i].broken[which];
    }
    pfg_measuring_note(p->m, "suite %s: %s%s", p->program->suite,
                       p->side->broken, pfg_sides_said(p->all->sides, p->side));
    if (which == PFG_HEAD) {
        add_failure(p, what);
    }
    if (left) {
        p->side->broken = NULL;
        p->side->last_words = "";
    }
}

void pfg_turn_break(struct pfg_turn *p, const char *what, const char *hint)
{
    if (pfg_turn_is_over(p)) {
        return;
    }
    if (p->all->trying) {
        p->all->refused = true;
        return;
    }
    pfg_sides_break(p->all->sides, p->side, what, hint,
                    p->ran ? &p->result : NULL);
    if (p->program && p->program->suite) {
        pfg_turn_break_suite(p, what);
    } else if (p->side->runs.n) {
        add_failure(p, what);
    }
}

int pfg_turn_blame(struct pfg_turn *p, enum pfg_code blamed,
                   const struct pfg_error *why, struct pfg_error *err)
{
    if (why->code != blamed) {
        *err = *why;
        return -1;
    }
    pfg_turn_break(p, why->message, why->hint);
    return 0;
}

struct pfg_read_options pfg_turn_read_options(const struct pfg_turn *p)
{
    struct pfg_read_options read = *p->all->options->read;

    read.called = p->called;
    if (p->program && p->program->suite) {
        read.collect.suite = p->program->suite;
    }
    return read;
}

void pfg_turn_add_run(struct pfg_turn *p, struct pfg_run *run)
{
    complete(p, run);
    p->side->measured = p->side->measured || run->n_measurements;
    if (p->round) {
        pfg_vec_push(&p->side->runs, NULL, run);
    } else {
        pfg_vec_push(&p->side->warm, NULL, run);
    }
}

/* Stops using a filter that found nothing. */
static bool give_up_filter(struct pfg_turn *p)
{
    struct pfg_processes *all = p->all;
    bool had =
        all->choice.n_keep > 0 && p->state->tool && p->state->tool->narrow;

    if (all->trying) {
        return false;
    }
    all->choice = (struct pfg_tool_choice){0};
    all->filterless = all->filterless || had;
    return had;
}

int pfg_turn_add_usage(struct pfg_turn *p, struct pfg_error *err)
{
    const struct pfg_process_options *options = p->all->options;
    const struct pfg_programs *named = &options->programs[PFG_HEAD];
    size_t number = (size_t)(p->state - p->all->states);
    struct pfg_program program = *p->program;
    struct pfg_read_options read = pfg_turn_read_options(p);
    struct pfg_run *run;

    if (pfg_turn_is_over(p) || p->result.interrupted) {
        return 0;
    }
    p->failure = pfg_turn_failure(p);
    if (*p->failure) {
        pfg_turn_break(p, p->failure, "");
        return 0;
    }
    /* The head's name, so that base and head are one benchmark. */
    program.name = named->at[number].name;
    if (number < options->n_names) {
        program.name = options->names[number];
        read.collect.benchmark = NULL;
    }
    if (p->counting
            ? pfg_counters_run(&run, p->m->context, &p->all->counters, &program,
                               p->counts.at, p->counts.n, &read, err)
            : pfg_usage_run(&run, p->m->context, &program, p->usages.at,
                            p->usages.n, &read, err)) {
        return -1;
    }
    pfg_turn_add_run(p, run);
    return 0;
}

int pfg_turn_start_watch(struct pfg_turn *p, struct pfg_error *err)
{
    struct pfg_error why = {0};

    return pfg_sampler_start(&p->watch, p->program->watch, p->program->n_watch,
                             pfg_turn_services(p), &why)
               ? pfg_turn_blame(p, PFG_DATA, &why, err)
               : 0;
}

int pfg_turn_add_watch(struct pfg_turn *p, struct pfg_error *err)
{
    struct pfg_read_options read = pfg_turn_read_options(p);
    struct pfg_run *run;

    if (pfg_turn_is_over(p) || p->result.interrupted) {
        return 0;
    }
    read.collect.benchmark = NULL;
    if (pfg_sampler_run(&run, p->watch, p->m->context, &read, err)) {
        return -1;
    }
    if (run) {
        pfg_turn_add_run(p, run);
    }
    return 0;
}

/* Whether to measure the process itself, because it printed no results. Not if
 * results were expected or seen before, nor for a known tool, whose own time
 * means nothing. */
static bool falls_back(const struct pfg_turn *p, const struct pfg_error *why)
{
    const struct pfg_process_options *options = p->all->options;

    return options->what == PFG_MEASURE_AUTO && !*p->failure &&
           !p->state->tool && !p->program->n_results && !p->state->of_tool &&
           !options->read->ingest.format && !pfg_ingest_is_for_people(why);
}

/* From now on measures the process itself. */
static int fall_back(struct pfg_turn *p, struct pfg_error *err)
{
    p->state->by_itself = true;
    if (!p->all->fell_back && p->all->options->what == PFG_MEASURE_AUTO) {
        p->all->fell_back = true;
        pfg_measuring_note(p->m,
                           "%s printed no results in a known format: the time "
                           "and memory of the process were measured",
                           p->all->options->programs[PFG_HEAD].n > 1
                               ? "the commands"
                               : p->program->name);
    }
    if (p->program->shell && !p->all->shell_known) {
        /* The first process ran before this was known. */
        p->usages.n = 0;
        if (pfg_turn_run(p, err)) {
            return -1;
        }
    }
    return pfg_turn_repeat(p, err) || pfg_turn_add_usage(p, err) ? -1 : 0;
}

#define PRINTED_NOTHING "it printed no benchmark results"
#define NAME_RESULTS                                                           \
    "name what the command writes with --results, or its format with --format"

/* The output of one side is a known tool's, but that of the other was not. */
static void blame_other(struct pfg_turn *p)
{
    struct pfg_sides *sides = p->all->sides;
    struct pfg_measuring_side *other = &sides->at[!p->side->which];

    p->state->by_itself = false;
    pfg_sides_drop(other, 0);
    pfg_sides_break(sides, other, PRINTED_NOTHING, NAME_RESULTS, NULL);
}

/* Handles a known tool's report. */
static int add_report(struct pfg_turn *p, struct pfg_error *err)
{
    p->state->of_tool = true;
    if (p->state->by_itself && p->all->options->what == PFG_MEASURE_AUTO) {
        blame_other(p);
    }
    /* It holds failures only, for example of a build. */
    if (*p->failure && !p->side->measured) {
        pfg_sides_drop(p->side, p->n_before);
        pfg_turn_break(p, p->failure, "");
    }
    return p->all->options->what == PFG_MEASURE_PROCESS
               ? pfg_turn_add_usage(p, err)
               : 0;
}

int pfg_turn_add_results(struct pfg_turn *p, struct pfg_error *err)
{
    struct pfg_error why = {0};

    p->state->tried[p->side->which] = true;
    p->failure = pfg_turn_failure(p);
    if (!pfg_turn_read(p, &why)) {
        p->all->refused |= p->all->trying && *p->failure;
        return add_report(p, err);
    }
    if (why.code != PFG_DATA) {
        *err = why;
        return -1;
    }
    if (p->state->by_itself || falls_back(p, &why) ||
        (p->all->options->what == PFG_MEASURE_PROCESS && !p->state->of_tool)) {
        return fall_back(p, err);
    }
    if (give_up_filter(p)) {
        /* If the tool rejects the filter, that is not the code's fault. */
        if (*p->failure) {
            pfg_measuring_note(p->m,
                               "%s: measuring only the undecided benchmarks "
                               "failed: %s; all were measured from then on",
                               p->called, p->failure);
        }
        return 0;
    }
    if (*p->failure) {
        pfg_turn_break(p, p->failure, "");
    } else {
        bool named = p->program->n_results > 0;

        pfg_turn_break(p, named ? why.message : PRINTED_NOTHING,
                       named || pfg_ingest_is_for_people(&why) ? why.hint
                                                               : NAME_RESULTS);
    }
    return 0;
}
