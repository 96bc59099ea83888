#include "app/measure/turn/measure_process.h"

#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>

#include "app/measure/turn/turn.h"
#include "app/programs/secrets.h"
#include "app/programs/usage.h"
#include "base/arena.h"
#include "base/file.h"

static void make_places(struct pfg_turn *p)
{
    struct pfg_arena *arena = p->m->arena;

    p->called =
        p->round
            ? pfg_arena_printf(arena, "%s, round %zu", p->side->name, p->round)
            : pfg_arena_printf(arena, "%s, warm-up", p->side->name);
    if (p->program->suite) {
        p->called =
            pfg_arena_printf(arena, "%s: %s", p->program->suite, p->called);
    }
    p->folder =
        pfg_path_join(arena, p->m->scratch.path,
                      pfg_arena_printf(arena, "process-%zu", ++p->all->n));
    p->output = pfg_path_join(arena, p->folder, "stdout");
    p->home = pfg_path_join(arena, p->folder, "results");
    p->summary = pfg_path_join(arena, p->folder, "summary.json");
}

/* CPU seconds of perfgate and everything it has started. */
static double cpu_spent(void)
{
    static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    struct rusage used;
    double sum = 0;

    for (size_t i = 0; i < 2; i++) {
        if (!getrusage(whose[i], &used)) {
            sum +=
                (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
        }
    }
    return sum;
}

/* Whether the output need not be read, or not again. */
static bool is_measured_itself(const struct pfg_turn *p)
{
    return p->state->by_itself &&
           (p->all->options->output || p->state->tried[p->side->which]);
}

static int measure(struct pfg_turn *p, const char **why, struct pfg_error *err)
{
    const struct pfg_quiet *quiet = &p->all->quiet;
    struct pfg_load before = pfg_quiet_load(quiet);
    double spent = cpu_spent() + pfg_services_cpu(pfg_turn_services(p));
    bool itself = is_measured_itself(p);

    if (p->all->counters.n) {
        if (pfg_turn_count(p, err)) {
            return -1;
        }
        if (p->all->options->what == PFG_MEASURE_AUTO || pfg_turn_is_over(p) ||
            p->result.interrupted) {
            return 0; /* what disturbs times does not disturb counters */
        }
    }
    if (pfg_turn_run(p, err) ||
        (itself && !pfg_turn_is_over(p) && pfg_turn_repeat(p, err))) {
        return -1;
    }
    if (pfg_turn_is_over(p)) {
        return 0;
    }
    p->change = pfg_quiet_since(
        quiet, &before,
        cpu_spent() + pfg_services_cpu(pfg_turn_services(p)) - spent);
    *why = pfg_quiet_disturbance(quiet, &p->change);
    return p->result.interrupted ? 0
           : itself              ? pfg_turn_add_usage(p, err)
                                 : pfg_turn_add_results(p, err);
}

/* Suites may have fewer rounds than others. */
static bool is_due(const struct pfg_processes *processes, size_t which,
                   size_t number, size_t round)
{
    const struct pfg_program *program =
        &processes->options->programs[which].at[number];

    return !processes->states[number].broken[which] &&
           !(which == PFG_BASE && processes->states[number].base_waits) &&
           (!processes->only ||
            processes->only == &processes->states[number]) &&
           (!program->rounds || round <= program->rounds);
}

static int run_program(struct pfg_turn *p, const char **why,
                       struct pfg_error *err)
{
    const char *disturbed = NULL;
    int failed;

    make_places(p);
    failed = pfg_turn_start_services(p, err) ||
             (!pfg_turn_is_over(p) && !p->result.interrupted &&
              (pfg_turn_start_watch(p, err) ||
               (!pfg_turn_is_over(p) && measure(p, &disturbed, err)) ||
               pfg_turn_add_watch(p, err)));
    *why = disturbed ? disturbed : *why;
    pfg_sampler_free(p->watch, &p->all->watching);
    if (!p->program->services.kept || pfg_turn_is_over(p)) {
        pfg_services_stop(pfg_turn_services(p));
    }
    pfg_child_free(&p->result);
    /* It may have hundreds of megabytes. */
    return pfg_file_remove_all(p->folder, failed ? NULL : err) || failed ? -1
                                                                         : 0;
}

/* Once, because files do not change from round to round. */
static int add_sizes(struct pfg_processes *processes,
                     struct pfg_measuring_side *side, struct pfg_error *err)
{
    const struct pfg_process_options *options = processes->options;
    struct pfg_turn p = {.all = processes,
                         .m = processes->m,
                         .side = side,
                         .called = side->name,
                         .began = pfg_time_now(),
                         .failure = ""};
    struct pfg_error why = {0};
    struct pfg_run *run;

    side->sized = true;
    if (pfg_size_run(&run, p.m->context, side->folder, options->sizes,
                     options->n_sizes, options->read, &why)) {
        return pfg_turn_blame(&p, PFG_DATA, &why, err);
    }
    p.round = 1;
    pfg_turn_add_run(&p, run);
    return 0;
}

/* Runs a process for each length. */
static int run_lengths(struct pfg_processes *processes, struct pfg_turn *turn,
                       const char **why, struct pfg_error *err)
{
    struct pfg_lengths *lengths = &turn->state->lengths;

    for (size_t i = 0;
         i < (lengths->n ? lengths->n : 1) && !turn->side->broken &&
         !(i && pfg_measuring_is_stopped(processes->m));
         i++) {
        struct pfg_turn p = *turn;
        double before = turn->state->seconds;

        p.length = i;
        p.n_before = turn->side->runs.n;
        if (i && lengths->every[i] && (turn->round - 1) % lengths->every[i] &&
            pfg_lengths_has(lengths, 0, &processes->choice)) {
            continue;
        }
        if (!pfg_lengths_has(lengths, i, &processes->choice)) {
            continue;
        }
        if (run_program(&p, why, err)) {
            return -1;
        }
        lengths->seconds[i] += turn->state->seconds - before;
        lengths->ran[i]++;
    }
    return 0;
}

int pfg_process_run(struct pfg_processes *processes,
                    struct pfg_measuring_side *side, size_t round,
                    const char **why, struct pfg_error *err)
{
    size_t n = processes->options->programs[PFG_HEAD].n;
    size_t which = side->which;
    struct pfg_turn turn = {.all = processes,
                            .m = processes->m,
                            .side = side,
                            .round = round,
                            /* One time for all processes, since they are one
                             * round. */
                            .began = pfg_time_now(),
                            .failure = ""};

    *why = NULL;
    for (size_t i = 0; i < n && !side->broken &&
                       !(i && pfg_measuring_is_stopped(processes->m));
         i++) {
        turn.program = &processes->options->programs[which].at[i];
        turn.state = &processes->states[i];
        if (is_due(processes, which, i, round) &&
            run_lengths(processes, &turn, why, err)) {
            return -1;
        }
    }
    return round && !side->sized && !side->broken && processes->options->n_sizes
               ? add_sizes(processes, side, err)
               : 0;
}

int pfg_process_warm_up(struct pfg_processes *processes,
                        struct pfg_measuring_side *side, size_t n,
                        struct pfg_error *err)
{
    const char *why;

    for (; n && pfg_sides_can_go_on(processes->sides); n--) {
        if (pfg_process_run(processes, side, 0, &why, err)) {
            return -1;
        }
    }
    return 0;
}

/* --- all of them --- */

/* Before anything is checked out or built. */
static int check_cpus(const struct pfg_process_options *options,
                      struct pfg_error *err)
{
    cpu_set_t allowed;

    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed)) {
        return 0; /* more CPUs than the set can hold: the child will report
                     it */
    }
    for (size_t i = 0; i < options->n_cpus; i++) {
        if (options->cpus[i] >= CPU_SETSIZE ||
            !CPU_ISSET((size_t)options->cpus[i], &allowed)) {
            pfg_fail(err, PFG_USAGE,
                     "--cpus: CPU %d does not exist or is not available",
                     options->cpus[i]);
            return pfg_hint(err, "'perfgate hardware --check' lists them");
        }
    }
    return 0;
}

int pfg_processes_open(struct pfg_processes *processes, struct pfg_sides *sides,
                       const struct pfg_process_options *options,
                       struct pfg_error *err)
{
    const char *told;

    *processes = (struct pfg_processes){
        .m = sides->m,
        .options = options,
        .counters = options->counters,
        .sides = sides,
        .quiet = {sides->m, options->cpus, options->n_cpus},
        .choice = {.keep = options->only, .n_keep = options->n_only},
        .nowhere = fopen("/dev/null", "w"),
        .states = pfg_arena_new_array(sides->m->arena, struct pfg_program_state,
                                      options->programs[PFG_HEAD].n),
    };
    for (size_t i = 0; i < options->programs[PFG_HEAD].n; i++) {
        processes->states[i] = (struct pfg_program_state){
            .tool =
                pfg_tool_of_command(&options->programs[PFG_HEAD].at[i].words),
            .by_itself = options->output != NULL,
        };
    }
    if (!processes->nowhere) {
        return pfg_fail(err, PFG_SYSTEM, "cannot open /dev/null");
    }
    if (pfg_counters_find(&processes->counters, &told, sides->m->arena, err) ||
        check_cpus(options, err)) {
        return -1;
    }
    if (told) {
        pfg_measuring_note(sides->m, "%s", told);
    }
    pfg_secrets_list(&processes->secrets, &processes->n_secrets,
                     options->keep_env, options->n_keep_env, sides->m->arena);
    return 0;
}

static int prepare_suite(struct pfg_processes *processes,
                         struct pfg_measuring_side *side, size_t i,
                         struct pfg_error *err)
{
    struct pfg_turn p = {
        .all = processes,
        .m = processes->m,
        .program = &processes->options->programs[side->which].at[i],
        .state = &processes->states[i],
        .side = side,
        .failure = "",
    };

    if (!p.program->prepare) {
        return 0;
    }
    if (pfg_sides_shell(processes->sides, side, p.program->prepare, "built",
                        NULL, err)) {
        return -1;
    }
    if (side->broken) {
        p.began = pfg_time_now();
        p.called = pfg_arena_printf(p.m->arena, "%s: %s", p.program->suite,
                                    side->name);
        pfg_turn_break_suite(&p, "it could not be built");
    }
    return 0;
}

int pfg_processes_prepare(struct pfg_processes *processes,
                          struct pfg_error *err)
{
    for (size_t which = 2; which-- > 0;) {
        struct pfg_measuring_side *side = &processes->sides->at[which];
        size_t n = side->folder ? processes->options->programs[which].n : 0;

        for (size_t i = 0; i < n && !pfg_sides_are_broken(processes->sides);
             i++) {
            if (prepare_suite(processes, side, i, err)) {
                return -1;
            }
        }
    }
    return 0;
}

void pfg_processes_note_watching(const struct pfg_processes *processes)
{
    const struct pfg_sampler_cost *cost = &processes->watching;

    if (cost->seconds > 0) {
        pfg_measuring_note(processes->m, "watching used %.2g%% of a CPU",
                           100 * cost->cpu / cost->seconds);
    }
}

void pfg_processes_stop(struct pfg_processes *processes)
{
    size_t n = processes->states ? processes->options->programs[PFG_HEAD].n : 0;

    for (size_t i = 0; i < n; i++) {
        for (size_t side = 0; side < 2; side++) {
            pfg_services_stop(&processes->states[i].services[side]);
        }
    }
}

void pfg_processes_close(struct pfg_processes *processes)
{
    if (processes->nowhere) {
        fclose(processes->nowhere);
    }
}
