#include "cli/options/measuring_options.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/programs/configured_suites.h"
#include "app/programs/ready.h"

#define READY_TIMEOUT 30

static int read_what(enum pfg_measure_what *out, const char *text,
                     struct pfg_error *err)
{
    static const char *const words[] = {
        [PFG_MEASURE_AUTO] = "auto",
        [PFG_MEASURE_PROCESS] = "process",
        [PFG_MEASURE_OUTPUT] = "output",
    };

    for (size_t i = 0; i < PFG_COUNT(words); i++) {
        if (!text || !strcmp(text, words[i])) {
            *out = (enum pfg_measure_what)i;
            return 0;
        }
    }
    return pfg_fail(err, PFG_USAGE,
                    "--measure expects process, output or auto, not '%s'",
                    text);
}

/* To report an invalid address before anything is built. */
static int check_ready(const struct pfg_program_services *services,
                       struct pfg_arena *arena, struct pfg_error *err)
{
    for (size_t i = 0; i < services->n_ready; i++) {
        struct pfg_ready ready;
        const char *text =
            pfg_arena_replace(arena, services->ready[i], "{port}", "1");

        if (!strchr(text, '{') && pfg_ready_parse(&ready, text, arena, err)) {
            return -1;
        }
    }
    return 0;
}

static int read_services(struct pfg_program_services *out,
                         const struct pfg_arguments *arguments,
                         struct pfg_error *err)
{
    const char *per = pfg_arguments_value(arguments, "service-per");

    out->n = pfg_arguments_all(arguments, "service", &out->at);
    out->n_ready = pfg_arguments_all(arguments, "ready", &out->ready);
    out->kept = per && !strcmp(per, "session");
    if (per && !out->kept && strcmp(per, "round")) {
        return pfg_fail(err, PFG_USAGE,
                        "--service-per expects round or session, not '%s'",
                        per);
    }
    if (out->n_ready > 1 ? out->n_ready != out->n : out->n_ready > out->n) {
        return pfg_fail(err, PFG_USAGE,
                        "%zu --ready options for %zu --service options: give "
                        "one for each, or one for the last",
                        out->n_ready, out->n);
    }
    return 0;
}

/* Seconds for the services to become ready: from the suite, the command line,
 * or the default. */
static int read_patience(const struct pfg_programs *programs,
                         const struct pfg_arguments *arguments,
                         struct pfg_error *err)
{
    const char *text = pfg_arguments_value(arguments, "ready-timeout");
    double seconds = READY_TIMEOUT;

    if (text && pfg_option_duration(&seconds, "ready-timeout", text, err)) {
        return -1;
    }
    for (size_t i = 0; i < programs->n; i++) {
        struct pfg_program_services *services = &programs->at[i].services;

        if (text || !(services->timeout > 0)) {
            services->timeout = seconds;
        }
        if (check_ready(services, arguments->arena, err)) {
            return -1;
        }
    }
    return 0;
}

/* The same commands on both sides, or each side's own. */
static int make_programs(struct pfg_process_options *out,
                         const struct pfg_side_options *sides,
                         const struct pfg_program_options *programs,
                         struct pfg_arena *arena, struct pfg_error *err)
{
    const char *const own[] = {sides->base_command, sides->head_command};

    for (size_t i = 0; i < 2; i++) {
        struct pfg_program_options of_side = *programs;

        if (own[i]) {
            of_side.shells = &own[i];
            of_side.n_shells = 1;
        }
        if (pfg_programs_make(&out->programs[i], &of_side, arena, err)) {
            return -1;
        }
    }
    return 0;
}

/* Without a command, the suites of the configuration. */
static int find_suites(struct pfg_process_options *out,
                       const struct pfg_side_options *sides,
                       const struct pfg_arguments *arguments,
                       struct pfg_error *err)
{
    const char *const *wanted;
    size_t n = pfg_arguments_all(arguments, "suite", &wanted);
    const struct pfg_suites_of of = {
        .path = pfg_arguments_value(arguments, "config"),
        .trust = pfg_arguments_value(arguments, "trust"),
        .base = sides->base,
        .base_branch = sides->base_branch,
    };

    if (out->programs[PFG_HEAD].n || out->n_sizes || sides->base_command ||
        sides->head_command) {
        return 0;
    }
    if (pfg_suites_programs(&out->programs[PFG_HEAD], &of, wanted, n,
                            arguments->arena, err)) {
        return -1;
    }
    out->programs[PFG_BASE] = out->programs[PFG_HEAD];
    return 0;
}

/* Options that exclude each other. */
static int check(const struct pfg_process_options *process,
                 const struct pfg_side_options *sides,
                 const struct pfg_program_options *programs, bool has_results,
                 struct pfg_error *err)
{
    bool own = sides->base_command || sides->head_command;

    if (programs->n_shells && (own || programs->command.n)) {
        return pfg_fail(err, PFG_USAGE, "--command cannot be combined with %s",
                        own ? "--base-command and --head-command" : "COMMAND");
    }
    if (process->input && access(process->input, R_OK)) {
        return pfg_fail(err, PFG_USAGE, "--input: cannot read '%s': %s",
                        process->input, strerror(errno));
    }
    if (process->output &&
        (process->what == PFG_MEASURE_OUTPUT || has_results)) {
        return pfg_fail(err, PFG_USAGE,
                        "--output hides the output that %s reads",
                        has_results ? "--results" : "--measure output");
    }
    return 0;
}

int pfg_program_options(struct pfg_process_options *out,
                        const struct pfg_side_options *sides,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    const char *const *results;
    size_t n_results = pfg_arguments_all(arguments, "results", &results);
    struct pfg_program_options programs = {
        .command = out->command,
        .no_shell = pfg_arguments_flag(arguments, "no-shell"),
    };

    programs.n_shells =
        pfg_arguments_all(arguments, "command", &programs.shells);
    programs.n_watch = pfg_arguments_all(arguments, "watch", &programs.watch);
    programs.n_lists =
        pfg_arguments_all(arguments, "parameter-list", &programs.lists);
    out->n_names = pfg_arguments_all(arguments, "name", &out->names);
    out->n_sizes = pfg_arguments_all(arguments, "size", &out->sizes);
    out->input = pfg_arguments_value(arguments, "input");
    out->output = pfg_arguments_value(arguments, "output");
    out->ignore_failure = pfg_arguments_flag(arguments, "ignore-failure");
    if (out->output && !strcmp(out->output, "null")) {
        out->output = "/dev/null";
    }
    if (read_services(&programs.services, arguments, err) ||
        read_what(&out->what, pfg_arguments_value(arguments, "measure"), err) ||
        pfg_counters_parse(&out->counters,
                           pfg_arguments_value(arguments, "counter"),
                           pfg_arguments_value(arguments, "counter-by"),
                           arguments->arena, err) ||
        pfg_option_count(&out->repeat, arguments, "repeat", 1, err) ||
        check(out, sides, &programs, n_results > 0, err) ||
        make_programs(out, sides, &programs, arguments->arena, err) ||
        find_suites(out, sides, arguments, err) ||
        read_patience(&out->programs[PFG_BASE], arguments, err) ||
        read_patience(&out->programs[PFG_HEAD], arguments, err)) {
        return -1;
    }
    if (out->n_names > 1 && out->n_names != out->programs[PFG_HEAD].n) {
        return pfg_fail(err, PFG_USAGE, "%zu --name options for %zu benchmarks",
                        out->n_names, out->programs[PFG_HEAD].n);
    }
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < out->programs[i].n && n_results; k++) {
            out->programs[i].at[k].results = results;
            out->programs[i].at[k].n_results = n_results;
        }
    }
    out->command = out->programs[PFG_HEAD].n == 1
                       ? out->programs[PFG_HEAD].at[0].words
                       : (struct pfg_command_words){0};
    return 0;
}
