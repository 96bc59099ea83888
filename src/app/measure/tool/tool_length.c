#include "app/measure/tool/tool.h"

#include <string.h>

#include "base/arena.h"
#include "base/vec.h"

/* The command with more words behind its first `before`. */
static void insert(struct pfg_command_words *out,
                   const struct pfg_command_words *command, size_t before,
                   const char *const *more, size_t n, struct pfg_arena *arena)
{
    struct pfg_word_list words = {0};

    for (size_t i = 0; i <= command->n; i++) {
        for (size_t k = 0; i == before && k < n; k++) {
            pfg_vec_push(&words, arena, more[k]);
        }
        if (i < command->n) {
            pfg_vec_push(&words, arena, command->at[i]);
        }
    }
    *out = (struct pfg_command_words){words.at, words.n};
}

static const char *const said_to_go[] = {"-benchtime", "-count", NULL};

static void ask_go(struct pfg_command_words *out,
                   const struct pfg_command_words *command, double seconds,
                   struct pfg_arena *arena)
{
    const char *more =
        pfg_arena_printf(arena, "-benchtime=%gms", 1000 * seconds);

    insert(out, command, 2, &more, 1, arena);
}

static const char *const said_to_go_binary[] = {"-test.benchtime",
                                                "-test.count", NULL};

static void ask_go_binary(struct pfg_command_words *out,
                          const struct pfg_command_words *command,
                          double seconds, struct pfg_arena *arena)
{
    const char *more =
        pfg_arena_printf(arena, "-test.benchtime=%gms", 1000 * seconds);

    insert(out, command, 1, &more, 1, arena);
}

static const char *const said_to_google[] = {"--benchmark_min_time",
                                             "--benchmark_repetitions", NULL};

/* Without a unit: libraries before 1.8 know none. */
static void ask_google(struct pfg_command_words *out,
                       const struct pfg_command_words *command, double seconds,
                       struct pfg_arena *arena)
{
    const char *const more[] = {
        pfg_arena_printf(arena, "--benchmark_min_time=%g", seconds),
        "--benchmark_enable_random_interleaving=true"};

    insert(out, command, command->n, more, 2, arena);
}

static const char *const said_to_criterion[] = {
    "--warm-up-time", "--measurement-time",
    "--sample-size",  "--profile-time",
    "--quick",        NULL};

/* Ten samples are the fewest that it takes. */
static void ask_criterion(struct pfg_command_words *out,
                          const struct pfg_command_words *command,
                          double seconds, struct pfg_arena *arena)
{
    const char *time = pfg_arena_printf(arena, "%g", seconds);
    const char *const more[] = {
        "--", "--warm-up-time", time, "--measurement-time",
        time, "--sample-size",  "10"};
    size_t i = 0;

    while (i < command->n && strcmp(command->at[i], "--")) {
        i++;
    }
    if (i < command->n) {
        insert(out, command, i + 1, more + 1, 6, arena);
    } else {
        insert(out, command, i, more, 7, arena);
    }
}

static const char *const said_to_pytest[] = {
    "--benchmark-max-time", "--benchmark-min-rounds",
    "--benchmark-min-time", "--benchmark-calibration-precision",
    "--benchmark-warmup",   NULL};

static void ask_pytest(struct pfg_command_words *out,
                       const struct pfg_command_words *command, double seconds,
                       struct pfg_arena *arena)
{
    const char *const more[] = {
        pfg_arena_printf(arena, "--benchmark-max-time=%g", seconds),
        "--benchmark-min-rounds=1"};

    insert(out, command, command->n, more, 2, arena);
}

static const char *const said_to_hyperfine[] = {
    "-r", "--runs", "-m", "--min-runs", "-M", "--max-runs", NULL};

static void ask_hyperfine(struct pfg_command_words *out,
                          const struct pfg_command_words *command,
                          double seconds, struct pfg_arena *arena)
{
    static const char *const more[] = {"--runs", "1"};

    (void)seconds;
    insert(out, command, 1, more, 2, arena);
}

const struct pfg_tool_length
    pfg_length_of_go = {said_to_go, false, ask_go},
    pfg_length_of_go_binary = {said_to_go_binary, false, ask_go_binary},
    pfg_length_of_google = {said_to_google, false, ask_google},
    pfg_length_of_criterion = {said_to_criterion, false, ask_criterion},
    pfg_length_of_pytest = {said_to_pytest, false, ask_pytest},
    pfg_length_of_hyperfine = {said_to_hyperfine, true, ask_hyperfine};

const char *pfg_tool_length_said(const struct pfg_tool *tool,
                                 const struct pfg_command_words *command,
                                 struct pfg_arena *arena)
{
    for (size_t i = 0; i < command->n; i++) {
        for (const char *const *said = tool->length->said; *said; said++) {
            size_t n = pfg_tool_option_at(command, i, *said);
            const char *value = n == 2 ? command->at[i + 1]
                                : n    ? strchr(command->at[i], '=')
                                       : NULL;

            /* Once is no wish: `-count 1` makes sure that go test runs. */
            if (n && (!value || (strcmp(value, "1") && strcmp(value, "=1")))) {
                return n == 2 ? pfg_arena_printf(arena, "%s %s", command->at[i],
                                                 value)
                              : command->at[i];
            }
        }
    }
    return NULL;
}
