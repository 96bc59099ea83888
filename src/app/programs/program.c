#include "app/programs/program.h"

#include <string.h>

#include "base/arena.h"

struct parameter {
    const char *name;
    const char **values;
    size_t n;
};

static int parse_list(struct parameter *out, const char *text,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_slice rest = pfg_slice_of(text);
    struct pfg_slice name = pfg_take_until(&rest, '=');
    PFG_VEC(const char *) values = {0};

    while (rest.len) {
        pfg_vec_push(&values, arena,
                     pfg_arena_slice(arena, pfg_take_until(&rest, ',')));
    }
    *out =
        (struct parameter){pfg_arena_slice(arena, name), values.at, values.n};
    if (name.len && values.n) {
        return 0;
    }
    pfg_fail(err, PFG_USAGE, "--parameter-list '%s' has no values", text);
    return pfg_hint(
        err, "--parameter-list threads 1,2,4, for commands with {threads}");
}

/* `text` with each {NAME} replaced. */
static const char *fill_in(const char *text, const struct pfg_program *program,
                           struct pfg_arena *arena)
{
    for (size_t i = 0; i < program->n_params; i++) {
        const struct pfg_param *param = &program->params[i];

        text = pfg_arena_replace(
            arena, text,
            pfg_arena_printf(arena, "{%.*s}", PFG_SLICE(param->key)),
            pfg_arena_slice(arena, param->value));
    }
    return text;
}

static const char *const *fill_all(const char *const *texts, size_t n,
                                   const struct pfg_program *program,
                                   struct pfg_arena *arena)
{
    const char **filled = pfg_arena_new_array(arena, const char *, n);

    for (size_t i = 0; i < n; i++) {
        filled[i] = fill_in(texts[i], program, arena);
    }
    return filled;
}

static const char *line_of(const struct pfg_command_words *words,
                           struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_words_quote(&text, words);
    return text.ptr;
}

/* Adds a program: the command with these parameters. */
static int add_program(struct pfg_programs *out, struct pfg_program program,
                       const struct pfg_program_options *options,
                       const char *shell, struct pfg_arena *arena,
                       struct pfg_error *err)
{
    const struct pfg_command_words *command = &options->command;

    program.watch = options->watch;
    program.n_watch = options->n_watch;
    program.services = options->services;
    program.services.at =
        fill_all(program.services.at, program.services.n, &program, arena);
    program.services.ready = fill_all(
        program.services.ready, program.services.n_ready, &program, arena);
    if (shell) {
        program.name = program.shell = fill_in(shell, &program, arena);
        if (options->no_shell) {
            program.shell = NULL;
            if (pfg_words_split(&program.words, program.name, arena, err)) {
                return -1;
            }
        }
    } else {
        program.words = (struct pfg_command_words){
            fill_all(command->at, command->n, &program, arena), command->n};
        program.name = line_of(&program.words, arena);
    }
    pfg_vec_push(out, arena, program);
    return 0;
}

/* Adds a program for each combination of values of the parameters from the i-th
 * on; the earlier ones are in `set`. */
static int add_all(struct pfg_programs *out,
                   const struct pfg_program_options *options,
                   const struct parameter *parameters, size_t i,
                   const struct pfg_param *set, const char *shell,
                   struct pfg_arena *arena, struct pfg_error *err)
{
    const struct pfg_program program = {.params = set, .n_params = i};
    struct pfg_param *params;

    if (i == options->n_lists) {
        return add_program(out, program, options, shell, arena, err);
    }
    for (size_t k = 0; k < parameters[i].n; k++) {
        params = pfg_arena_new_array(arena, struct pfg_param, i + 1);
        for (size_t j = 0; j < i; j++) {
            params[j] = set[j];
        }
        params[i] = (struct pfg_param){pfg_slice_of(parameters[i].name),
                                       pfg_slice_of(parameters[i].values[k])};
        if (add_all(out, options, parameters, i + 1, params, shell, arena,
                    err)) {
            return -1;
        }
    }
    return 0;
}

static bool is_mentioned(const struct pfg_program_options *options,
                         const char *name, struct pfg_arena *arena)
{
    const char *mark = pfg_arena_printf(arena, "{%s}", name);
    bool found = false;

    for (size_t i = 0; i < options->n_shells; i++) {
        found = found || strstr(options->shells[i], mark);
    }
    for (size_t i = 0; i < options->command.n; i++) {
        found = found || strstr(options->command.at[i], mark);
    }
    for (size_t i = 0; i < options->services.n; i++) {
        found = found || strstr(options->services.at[i], mark);
    }
    return found;
}

int pfg_programs_make(struct pfg_programs *out,
                      const struct pfg_program_options *options,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    struct parameter *parameters =
        pfg_arena_new_array(arena, struct parameter, options->n_lists);

    *out = (struct pfg_programs){0};
    for (size_t i = 0; i < options->n_lists; i++) {
        if (parse_list(&parameters[i], options->lists[i], arena, err)) {
            return -1;
        }
        if (!is_mentioned(options, parameters[i].name, arena)) {
            return pfg_fail(err, PFG_USAGE,
                            "--parameter-list %s: no command contains {%s}",
                            parameters[i].name, parameters[i].name);
        }
    }
    if (options->command.n &&
        add_all(out, options, parameters, 0, NULL, NULL, arena, err)) {
        return -1;
    }
    for (size_t i = 0; i < options->n_shells; i++) {
        if (add_all(out, options, parameters, 0, NULL, options->shells[i],
                    arena, err)) {
            return -1;
        }
    }
    return 0;
}
