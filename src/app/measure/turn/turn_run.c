#include <math.h>

#include "app/measure/turn/measure_process.h"
#include "app/measure/turn/turn.h"
#include "app/programs/usage.h"
#include "base/arena.h"
#include "base/file.h"

/* Most processes of one program in a round. */
#define REPEAT_MOST 100

/* --- before --- */

/* The words to run: the program's command, narrowed to the undecided
 * benchmarks, with the option that has the tool write a file. */
static const char **words_of(const struct pfg_turn *p)
{
    const struct pfg_processes *all = p->all;
    const struct pfg_process_options *options = all->options;
    struct pfg_command_words command = p->program->words, whole;
    struct pfg_tool_choice choice = {0};
    struct pfg_arena *arena = p->m->arena;
    size_t n = 0;
    const char **words;

    if (p->program->shell) {
        words = pfg_arena_new_array(arena, const char *, 2);
        words[0] = p->program->shell;
        words[1] = NULL;
        return words;
    }
    if (options->command.n || p->state->lengths.n) {
        choice = options->command.n ? all->choice : choice;
        pfg_lengths_command(&p->state->lengths, p->length, &command, &choice,
                            p->state->tool, arena);
        whole = command;
        if (!all->filterless) {
            pfg_tool_narrow(p->state->tool, &command, &whole, &choice, arena);
        }
    }
    words = pfg_arena_new_array(arena, const char *, command.n + 3);
    for (; n < command.n; n++) {
        words[n] = command.at[n];
    }
    if (p->state->tool && p->state->tool->summary && !p->program->n_results) {
        words[n++] = p->state->tool->summary;
        words[n++] = p->summary;
    }
    words[n] = NULL;
    return words;
}

static bool tick(void *self, double seconds)
{
    struct pfg_turn *p = self;
    char what[64];

    if (p->profile) {
        snprintf(what, sizeof what, "profiling %s", p->side->name);
    } else if (p->round) {
        snprintf(what, sizeof what, "round %zu, %s", p->round, p->side->name);
    } else {
        snprintf(what, sizeof what, "warming up, %s", p->side->name);
    }
    (void)seconds;
    pfg_measuring_show_tick(p->m, what);
    pfg_sampler_look(p->watch);
    return pfg_services_run(pfg_turn_services(p));
}

struct pfg_child_spec pfg_turn_spec(struct pfg_turn *p)
{
    const struct pfg_processes *all = p->all;
    const struct pfg_process_options *options = all->options;
    struct pfg_arena *arena = p->m->arena;
    PFG_VEC(struct pfg_child_env) env = {0};
    const struct pfg_child_env side = {
        "PERFGATE_SIDE", p->side->which == PFG_BASE ? "base" : "head"};
    /* Counted processes must have environments of the same size. */
    const struct pfg_child_env number = {
        "PERFGATE_ROUND",
        pfg_arena_printf(arena, p->counting ? "%03zu" : "%zu", p->round)};

    pfg_vec_push(&env, arena, side);
    pfg_vec_push(&env, arena, number);
    if (p->state->tool && p->state->tool->home && !p->program->n_results) {
        const struct pfg_child_env home = {p->state->tool->home, p->home};

        pfg_vec_push(&env, arena, home);
    }
    for (size_t i = 0; i < all->n_secrets; i++) {
        const struct pfg_child_env secret = {all->secrets[i], NULL};

        pfg_vec_push(&env, arena, secret);
    }
    return (struct pfg_child_spec){
        .folder = p->side->folder,
        .env = env.at,
        .n_env = env.n,
        .cpus = options->cpus,
        .n_cpus = options->n_cpus,
        .nice = options->priority,
        /* perf remembers one address of a library for all processes. */
        .fixed_addresses = p->profile != NULL,
    };
}

static int run(struct pfg_turn *p, struct pfg_error *err)
{
    struct pfg_measuring *m = p->m;
    const struct pfg_process_options *options = p->all->options;
    const char **words =
        p->profile ? pfg_profile_words(p->profile, m->arena) : words_of(p);
    struct pfg_child_spec spec = pfg_turn_spec(p);

    for (size_t i = 0; words[i]; i++) {
        words[i] = pfg_services_fill(pfg_turn_services(p), words[i], m->arena);
    }
    spec.argv = words;
    spec.shell = p->program->shell && !p->profile;
    spec.input = options->input;
    spec.output = options->output ? options->output : p->output;
    spec.timeout = p->profile ? p->profile->timeout : options->timeout;
    spec.tick = tick;
    spec.self = p;
    if (!p->counting && p->state->by_itself && p->program->shell &&
        !p->all->shell_known && !p->profile) {
        if (pfg_usage_of_shell(&p->all->shell, &spec, &m->interrupt, err)) {
            return -1;
        }
        p->all->shell_known = true;
    }
    if (p->counting) {
        pfg_counters_apply(&p->all->counters, &spec, p->folder, m->arena);
    }
    pfg_child_free(&p->result);
    p->ran = false;
    p->began = p->began ? p->began : pfg_time_now();
    p->ran = !pfg_child_run(&p->result, &spec, &m->interrupt, err);
    p->state->seconds += p->result.usage.seconds;
    p->state->cpu += p->result.usage.user + p->result.usage.system;
    return p->ran ? 0 : -1;
}

/* --- after --- */

static bool is_judged(const struct pfg_turn *p, int status)
{
    const struct pfg_process_options *options = p->all->options;

    if (options->ignore_failure) {
        return true;
    }
    for (size_t i = 0; i < options->n_judged; i++) {
        if (options->judged[i] == status) {
            return true;
        }
    }
    return !status || (p->state->tool && p->state->tool->judged == status);
}

const char *pfg_turn_failure(const struct pfg_turn *p)
{
    const struct pfg_child_result *result = &p->result;

    if (result->timed_out) {
        return pfg_arena_printf(p->m->arena,
                                "it was stopped after %g s (--timeout)",
                                p->all->options->timeout);
    }
    if (result->signal && !p->all->options->ignore_failure) {
        return pfg_arena_printf(p->m->arena, "it was killed by signal %d",
                                result->signal);
    }
    return is_judged(p, result->exit_status)
               ? ""
               : pfg_arena_printf(p->m->arena, "it exited with status %d",
                                  result->exit_status);
}

static int note_counts(struct pfg_turn *p, struct pfg_error *err)
{
    const struct pfg_counters *counters = &p->all->counters;
    double *counts = pfg_arena_new_array(p->m->arena, double, counters->n);
    struct pfg_error why = {0};

    if (p->result.interrupted || *pfg_turn_failure(p)) {
        return 0;
    }
    if (pfg_counters_read(counters, counts, &p->result, p->folder, p->m->arena,
                          &why)) {
        return pfg_turn_blame(p, PFG_DATA, &why, err);
    }
    pfg_vec_push(&p->counts, p->m->arena, counts);
    return 0;
}

/* Stores the usage of a process that is measured itself. */
static void note_usage(struct pfg_turn *p)
{
    struct pfg_usage usage = p->result.usage;

    if (p->all->shell_known && p->program->shell) {
        pfg_usage_less_shell(&usage, &p->all->shell);
    }
    pfg_vec_push(&p->usages, p->m->arena, usage);
}

int pfg_turn_run(struct pfg_turn *p, struct pfg_error *err)
{
    struct pfg_sides *sides = p->all->sides;
    const char *before = sides->options->before_each;
    struct pfg_error why = {0};

    before = before
                 ? pfg_services_fill(pfg_turn_services(p), before, p->m->arena)
                 : NULL;
    if (pfg_results_remove(sides, p->side, p->program, err) ||
        pfg_file_make_directories(p->home, err) ||
        (before && pfg_sides_shell(
                       sides, p->side, before, "prepared",
                       pfg_arena_printf(p->m->arena, "%zu", p->round), err))) {
        return -1;
    }
    if (pfg_turn_is_over(p)) {
        return 0;
    }
    if (run(p, &why)) {
        /* If it cannot be started, that is the command's fault. */
        return pfg_turn_blame(p, PFG_USAGE, &why, err);
    }
    if (!p->result.interrupted && !pfg_services_run(pfg_turn_services(p))) {
        return pfg_turn_blame_service(p, err);
    }
    if (p->counting) {
        return note_counts(p, err);
    }
    note_usage(p);
    return 0;
}

/* Processes of a round: few long ones, or many short ones. */
static size_t repeat_of(const struct pfg_turn *p)
{
    const struct pfg_process_options *options = p->all->options;
    double n = options->batch / fmax(p->result.usage.seconds, 1e-6);

    return options->repeat   ? options->repeat
           : n > REPEAT_MOST ? REPEAT_MOST
           : n > 1           ? (size_t)n
                             : 1;
}

int pfg_turn_repeat(struct pfg_turn *p, struct pfg_error *err)
{
    p->state->repeat = p->state->repeat ? p->state->repeat : repeat_of(p);
    while (p->usages.n < p->state->repeat && !pfg_turn_is_over(p) &&
           !p->result.interrupted && !*pfg_turn_failure(p)) {
        if (pfg_turn_run(p, err)) {
            return -1;
        }
    }
    return 0;
}

int pfg_turn_count(struct pfg_turn *p, struct pfg_error *err)
{
    int failed = 0;

    p->counting = true;
    for (size_t i = 0;
         i < p->all->options->counted && !failed && !pfg_turn_is_over(p) &&
         !p->result.interrupted && !*pfg_turn_failure(p);
         i++) {
        failed = pfg_turn_run(p, err);
    }
    failed = failed || pfg_turn_add_usage(p, err);
    p->counting = false;
    return failed ? -1 : 0;
}
