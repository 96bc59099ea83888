#include "app/measure/measure_process.h"

#include <dirent.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "exec/child.h"
#include "forge/forge.h"

/* One process on its way. */
struct process {
    struct pfg_processes *all;
    struct pfg_measuring *m;
    struct pfg_measuring_side *side;
    size_t round;
    const char *called; /* "head, round 3" */
    const char *folder; /* its own, below the scratch folder */
    const char *output; /* what it printed */
    const char *home;   /* what the tool's variable points to */
    const char *summary;
    struct pfg_child_result result;
    bool ran;
    struct pfg_load_change change; /* of the machine meanwhile */
    pfg_time began;
    const char *failure; /* "" : it went well */
    size_t n_before;     /* runs of the side */
};

/* --- before --- */

/* The words to run: the side's own, or the options', narrowed to what is
 * undecided, with an option that makes the tool write a file. */
static const char *const *words_of(const struct process *p)
{
    const struct pfg_processes *all = p->all;
    const struct pfg_process_options *options = all->options;
    struct pfg_command_words command = options->command;
    struct pfg_arena *arena = p->m->arena;
    size_t n = 0;
    const char **words;

    if (p->side->shell) {
        words = pfg_arena_new_array(arena, const char *, 2);
        words[0] = p->side->shell;
        words[1] = NULL;
        return words;
    }
    if (!all->filterless) {
        pfg_tool_narrow(all->tool, &command, &options->command, &all->choice,
                        arena);
    }
    words = pfg_arena_new_array(arena, const char *, command.n + 3);
    for (; n < command.n; n++) {
        words[n] = command.at[n];
    }
    if (all->tool && all->tool->summary && !all->sides->options->n_results) {
        words[n++] = all->tool->summary;
        words[n++] = p->summary;
    }
    words[n] = NULL;
    return words;
}

static void tick(void *self, double seconds)
{
    const struct process *p = self;
    char what[64];

    if (p->round) {
        snprintf(what, sizeof what, "round %zu, %s", p->round, p->side->name);
    } else {
        snprintf(what, sizeof what, "warming up, %s", p->side->name);
    }
    (void)seconds;
    pfg_measuring_show_tick(p->m, what);
}

static int run(struct process *p, struct pfg_error *err)
{
    struct pfg_measuring *m = p->m;
    const struct pfg_processes *all = p->all;
    const struct pfg_process_options *options = all->options;
    bool has_home =
        all->tool && all->tool->home && !all->sides->options->n_results;
    char round[24];
    PFG_VEC(struct pfg_child_env) env = {0};
    const struct pfg_child_env side = {
        "PERFGATE_SIDE",
        p->side == &all->sides->at[PFG_BASE] ? "base" : "head"};
    const struct pfg_child_env number = {"PERFGATE_ROUND", round};
    const struct pfg_child_env home = {has_home ? all->tool->home : "",
                                       p->home};
    struct pfg_child_spec spec = {
        .argv = words_of(p),
        .shell = p->side->shell != NULL,
        .folder = p->side->folder,
        .output = p->output,
        .timeout = options->timeout,
        .cpus = options->cpus,
        .n_cpus = options->n_cpus,
        .nice = options->priority,
        .tick = tick,
        .self = p,
    };

    snprintf(round, sizeof round, "%zu", p->round);
    pfg_vec_push(&env, m->arena, side);
    pfg_vec_push(&env, m->arena, number);
    if (has_home) {
        pfg_vec_push(&env, m->arena, home);
    }
    for (size_t i = 0; i < all->secrets.n; i++) {
        const struct pfg_child_env secret = {all->secrets.at[i], NULL};

        pfg_vec_push(&env, m->arena, secret);
    }
    spec.env = env.at;
    spec.n_env = env.n;
    p->began = pfg_time_now();
    p->ran = !pfg_child_run(&p->result, &spec, &m->interrupt, err);
    return p->ran ? 0 : -1;
}

/* --- after --- */

static bool is_judged(const struct process *p, int status)
{
    const struct pfg_process_options *options = p->all->options;

    for (size_t i = 0; i < options->n_judged; i++) {
        if (options->judged[i] == status) {
            return true;
        }
    }
    return !status || (p->all->tool && p->all->tool->judged == status);
}

static const char *failure_of(const struct process *p)
{
    const struct pfg_child_result *result = &p->result;

    if (result->timed_out) {
        return pfg_arena_printf(p->m->arena,
                                "it was stopped after %g s (--timeout)",
                                p->all->options->timeout);
    }
    if (result->signal) {
        return pfg_arena_printf(p->m->arena, "it was ended by signal %d",
                                result->signal);
    }
    return is_judged(p, result->exit_status)
               ? ""
               : pfg_arena_printf(p->m->arena, "it ended with exit status %d",
                                  result->exit_status);
}

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

/* What perfgate knows of a run and its input does not. */
static void complete(const struct process *p, struct pfg_run *run)
{
    struct pfg_arena *arena = run->arena;
    const char *source = pfg_arena_strdup(arena, p->called);

    run->source = source;
    run->time = p->began;
    run->revision = copy_revision(&p->side->revision, arena);
    run->profile = pfg_profile_copy(&p->m->profile, arena);
    run->label = pfg_arena_strdup(arena, p->side->name);
    /* Two rounds may print the same, and are two for all that. */
    run->digest = "";
    /* No numbers of rounds: those of other sessions are the same. That base
     * and head were in turn is seen from the times. */
    for (size_t i = 0; i < run->processes.n; i++) {
        run->processes.at[i].time =
            run->processes.at[i].time ? run->processes.at[i].time : p->began;
    }
    for (size_t i = 0; i < run->series.n; i++) {
        for (size_t j = 0; j < run->series.at[i]->pieces.n; j++) {
            run->series.at[i]->pieces.at[j].file = source;
        }
    }
    add_fact(run, PFG_FACT_OF_PROCESS "seconds", p->result.seconds);
    add_fact(run, PFG_FACT_OF_PROCESS "cpu seconds",
             p->result.user + p->result.system);
    add_fact(run, PFG_FACT_OF_PROCESS "exit status", p->result.exit_status);
    add_fact(run, PFG_FACT_OF_PROCESS "other load", p->change.other);
    add_fact(run, PFG_FACT_OF_PROCESS "steal", p->change.steal);
    add_fact(run, PFG_FACT_OF_PROCESS "load after", p->change.load1);
    add_fact(run, PFG_FACT_OF_PROCESS "warming", p->change.temperature);
    if (*p->failure && !*run->failure && !has_failed_before(p->side)) {
        run->failure = pfg_arena_strdup(arena, p->failure);
    }
}

/* The end of a side. What it has measured before is kept, and what failed is
 * a run, so that it is seen. */
static void break_side(struct process *p, const char *what, const char *hint)
{
    struct pfg_run *run;

    if (p->side->broken) {
        return;
    }
    pfg_sides_break(p->all->sides, p->side, what, hint,
                    p->ran ? &p->result : NULL);
    if (p->side->runs.n) {
        run = pfg_run_new();
        p->failure = pfg_arena_printf(p->m->arena, "%s%s", what,
                                      pfg_sides_said(p->all->sides, p->side));
        complete(p, run);
        pfg_vec_push(&p->side->runs, NULL, run);
    }
}

static bool has_entries(const char *folder)
{
    DIR *entries = opendir(folder);
    size_t n = 0;

    while (entries && readdir(entries)) {
        n++;
    }
    if (entries) {
        closedir(entries);
    }
    return n > 2; /* . and .. */
}

/* Appends the run behind one path. Warnings are shown once, by the first. */
static int read_one(struct process *p, const char *path, struct pfg_error *err)
{
    struct pfg_context context = *p->m->context;
    struct pfg_read_options read = *p->all->options->read;
    struct pfg_run *run;

    context.progress = NULL; /* the rounds are shown */
    read.called = p->called;
    if (p->all->n > 2 || p->all->options->quiet) {
        context.err = p->all->nowhere;
    }
    if (pfg_read_run(&run, &context, path, &read, err)) {
        return -1;
    }
    complete(p, run);
    p->side->measured = p->side->measured || run->n_measurements;
    if (!p->all->tool && !p->side->shell) {
        const struct pfg_tool *tool = pfg_tool_of_results(run->tool);

        p->all->tool = tool && !tool->first ? tool : NULL;
    }
    if (p->round) {
        pfg_vec_push(&p->side->runs, NULL, run);
    } else {
        pfg_run_free(run);
    }
    return 0;
}

static int read_named(struct process *p, struct pfg_error *err)
{
    for (size_t i = 0; i < p->all->sides->options->n_results; i++) {
        const char *path = pfg_results_at(p->all->sides, p->side, i);

        if (!pfg_file_exists(path)) {
            pfg_fail(err, PFG_DATA, "the command did not write '%s'",
                     p->all->sides->options->results[i]);
            return p->all->tool && p->all->tool->home
                       ? pfg_hint(err,
                                  "without --results, what %s writes is found "
                                  "by itself",
                                  p->all->tool->name)
                       : -1;
        }
        if (read_one(p, path, err)) {
            return -1;
        }
    }
    return 0;
}

static int read_results(struct process *p, struct pfg_error *err)
{
    if (p->all->sides->options->n_results) {
        return read_named(p, err);
    }
    if (has_entries(p->home)) {
        return read_one(p, p->home, err);
    }
    return read_one(p, pfg_file_exists(p->summary) ? p->summary : p->output,
                    err);
}

/* A filter that found nothing is given up. */
static bool give_up_filter(struct pfg_processes *p)
{
    bool had = p->choice.n_keep > 0 && p->tool && p->tool->narrow;

    p->choice = (struct pfg_tool_choice){0};
    p->filterless = p->filterless || had;
    return had;
}

/* Results, or why the side cannot be measured. */
static int take_results(struct process *p, struct pfg_error *err)
{
    struct pfg_error why = {0};

    p->failure = failure_of(p);
    if (!read_results(p, &why)) {
        /* A report of nothing but failures, of a build that failed, say. */
        if (*p->failure && !p->side->measured) {
            pfg_sides_drop(p->side, p->n_before);
            break_side(p, p->failure, "");
        }
        return 0;
    }
    if (why.code != PFG_DATA) {
        *err = why;
        return -1;
    }
    if (give_up_filter(p->all)) {
        /* A filter that the tool does not take is no fault of the code. */
        if (*p->failure) {
            pfg_measuring_note(
                p->m,
                "%s: with the undecided benchmarks alone %s; from "
                "then on all were measured",
                p->called, p->failure);
        }
        return 0;
    }
    if (*p->failure) {
        break_side(p, p->failure, "");
    } else {
        break_side(p,
                   p->all->sides->options->n_results
                       ? why.message
                       : "it printed no benchmark "
                         "results",
                   p->all->sides->options->n_results
                       ? why.hint
                       : "name what the command writes with --results, or its "
                         "format with --format");
    }
    return 0;
}

static void make_places(struct process *p)
{
    struct pfg_arena *arena = p->m->arena;

    p->called =
        p->round
            ? pfg_arena_printf(arena, "%s, round %zu", p->side->name, p->round)
            : pfg_arena_printf(arena, "%s, warm-up", p->side->name);
    p->folder =
        pfg_path_join(arena, p->m->scratch.path,
                      pfg_arena_printf(arena, "process-%zu", ++p->all->n));
    p->output = pfg_path_join(arena, p->folder, "stdout");
    p->home = pfg_path_join(arena, p->folder, "results");
    p->summary = pfg_path_join(arena, p->folder, "summary.json");
}

static int measure(struct process *p, const char **why, struct pfg_error *err)
{
    const struct pfg_quiet *quiet = &p->all->quiet;
    struct pfg_load before = pfg_quiet_load(quiet);

    if (pfg_results_remove(p->all->sides, p->side, err) ||
        pfg_file_make_directories(p->home, err)) {
        return -1;
    }
    if (run(p, err)) {
        /* What cannot be started is the command's fault. */
        if (err->code == PFG_USAGE) {
            break_side(p, err->message, err->hint);
            return 0;
        }
        return -1;
    }
    p->change =
        pfg_quiet_since(quiet, &before, p->result.user + p->result.system);
    *why = pfg_quiet_disturbance(quiet, &p->change);
    return p->result.interrupted ? 0 : take_results(p, err);
}

int pfg_process_run(struct pfg_processes *processes,
                    struct pfg_measuring_side *side, size_t round,
                    const char **why, struct pfg_error *err)
{
    struct process p = {.all = processes,
                        .m = processes->m,
                        .side = side,
                        .round = round,
                        .failure = "",
                        .n_before = side->runs.n};
    int failed;

    make_places(&p);
    *why = NULL;
    failed = measure(&p, why, err);
    pfg_child_free(&p.result);
    /* Hundreds of megabytes, maybe. */
    return pfg_file_remove_all(p.folder, failed ? NULL : err) || failed ? -1
                                                                        : 0;
}

/* --- all of them --- */

/* What CI systems put into the environment to act for somebody, besides the
 * tokens of forges. A benchmark has no use for them, and the code of a pull
 * request must not have them. */
static const char *const ci_secrets[] = {
    "PERFGATE_TOKEN", "PERFGATE_TOKEN_FILE", "INPUT_TOKEN",
    "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_URL", "GH_ENTERPRISE_TOKEN",
    "GITHUB_ENTERPRISE_TOKEN", "GITHUB_PAT", "CI_JOB_TOKEN", "CI_JOB_JWT",
    "CI_JOB_JWT_V2", "CI_BUILD_TOKEN", "CI_DEPLOY_PASSWORD",
    "CI_REGISTRY_PASSWORD", "CI_DEPENDENCY_PROXY_PASSWORD",
    "CI_REPOSITORY_URL", "SYSTEM_ACCESSTOKEN", "BITBUCKET_TOKEN",
    "BITBUCKET_STEP_OIDC_TOKEN", "CIRCLE_TOKEN", "CIRCLE_OIDC_TOKEN",
    "CIRCLE_OIDC_TOKEN_V2", "BUILDKITE_AGENT_ACCESS_TOKEN",
    "DRONE_NETRC_PASSWORD", "GITEA_RUNNER_REGISTRATION_TOKEN",
};

static void add_secret(struct pfg_processes *p, const char *name)
{
    for (size_t i = 0; i < p->options->n_keep_env; i++) {
        if (!strcmp(p->options->keep_env[i], name)) {
            return;
        }
    }
    pfg_vec_push(&p->secrets, p->m->arena, name);
}

static void list_secrets(struct pfg_processes *p)
{
    for (size_t i = 0; i < sizeof ci_secrets / sizeof *ci_secrets; i++) {
        add_secret(p, ci_secrets[i]);
    }
    for (size_t i = 0; pfg_forges[i]; i++) {
        for (const char *const *name = pfg_forges[i]->tokens; *name; name++) {
            add_secret(p, *name);
        }
    }
}

int pfg_processes_open(struct pfg_processes *processes, struct pfg_sides *sides,
                       const struct pfg_process_options *options,
                       struct pfg_error *err)
{
    *processes = (struct pfg_processes){
        .m = sides->m,
        .options = options,
        .sides = sides,
        .quiet = {sides->m, options->cpus, options->n_cpus},
        .tool = pfg_tool_of_command(&options->command),
        .choice = {.keep = options->only, .n_keep = options->n_only},
        .nowhere = fopen("/dev/null", "w"),
    };
    if (!processes->nowhere) {
        return pfg_fail(err, PFG_SYSTEM, "cannot open /dev/null");
    }
    list_secrets(processes);
    return 0;
}

void pfg_processes_close(struct pfg_processes *processes)
{
    if (processes->nowhere) {
        fclose(processes->nowhere);
    }
}
