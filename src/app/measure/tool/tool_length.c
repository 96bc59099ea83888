#include "app/measure/tool/tool.h"

#include <string.h>

#include "base/arena.h"

static const char *const said_to_go[] = {"-benchtime", "-count", NULL};
static const char *const said_to_go_binary[] = {"-test.benchtime",
                                                "-test.count", NULL};
static const char *const said_to_google[] = {"--benchmark_min_time",
                                             "--benchmark_repetitions", NULL};
static const char *const said_to_criterion[] = {
    "--warm-up-time", "--measurement-time",
    "--sample-size",  "--profile-time",
    "--quick",        NULL};
static const char *const said_to_pytest[] = {
    "--benchmark-max-time", "--benchmark-min-rounds",
    "--benchmark-min-time", "--benchmark-calibration-precision",
    "--benchmark-warmup",   NULL};
static const char *const said_to_hyperfine[] = {
    "-r", "--runs", "-m", "--min-runs", "-M", "--max-runs", NULL};

const struct pfg_tool_length
    pfg_length_of_go = {said_to_go, .in_front = true,
                        .ask = {"-benchtime={ms}ms"}},
    pfg_length_of_go_binary = {said_to_go_binary, .in_front = true,
                               .ask = {"-test.benchtime={ms}ms"}},
    /* Without a unit, which libraries before 1.8 do not accept. */
    pfg_length_of_google =
        {said_to_google,
         .ask = {"--benchmark_min_time={s}",
                 "--benchmark_enable_random_interleaving=true"}},
    /* criterion accepts no fewer than ten samples. */
    pfg_length_of_criterion = {said_to_criterion,
                               .ask = {"--", "--warm-up-time", "{s}",
                                       "--measurement-time", "{s}",
                                       "--sample-size", "10"}},
    pfg_length_of_pytest = {said_to_pytest,
                            .ask = {"--benchmark-max-time={s}",
                                    "--benchmark-min-rounds=1"}},
    pfg_length_of_hyperfine = {said_to_hyperfine, .runs = true,
                               .in_front = true, .ask = {"--runs", "1"}};

struct pfg_command_words pfg_tool_length_ask(
    const struct pfg_tool *tool, const struct pfg_command_words *command,
    double seconds, struct pfg_arena *arena)
{
    const char *const *more = tool->length->ask;
    const char *s = pfg_arena_printf(arena, "%g", seconds);
    const char *ms = pfg_arena_printf(arena, "%g", 1000 * seconds);
    size_t before = tool->length->in_front ? tool->front : command->n;
    struct pfg_word_list words = {0};

    for (size_t i = 0; i < command->n && !strcmp(*more, "--"); i++) {
        if (!strcmp(command->at[i], "--")) {
            before = i + 1;
            more++;
        }
    }
    for (size_t i = 0; i <= command->n; i++) {
        for (; i == before && *more; more++) {
            const char *word = pfg_arena_replace(arena, *more, "{s}", s);

            pfg_vec_push(&words, arena,
                         pfg_arena_replace(arena, word, "{ms}", ms));
        }
        if (i < command->n) {
            pfg_vec_push(&words, arena, command->at[i]);
        }
    }
    return (struct pfg_command_words){words.at, words.n};
}

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

            /* A count of 1 is not a choice: `-count 1` disables go test's
             * cache. */
            if (n && (!value || (strcmp(value, "1") && strcmp(value, "=1")))) {
                return n == 2 ? pfg_arena_printf(arena, "%s %s", command->at[i],
                                                 value)
                              : command->at[i];
            }
        }
    }
    return NULL;
}
