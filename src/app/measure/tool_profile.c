#include <math.h>
#include <string.h>

#include "app/measure/tool.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"

/* Seconds of a profile. Go takes a sample each hundredth, nobody can say more
 * often. */
#define SECONDS_OF_GO        5.0
#define SECONDS_OF_CRITERION "3"
#define MOST_ITERATIONS      1e9

struct words {
    const char **at;
    size_t n, cap;
};

/* "^(BenchmarkA)$/^(n=1)$": level by level. */
static const char *go_pattern(const char *name, struct pfg_arena *arena)
{
    struct pfg_slice rest = pfg_slice_of(name);
    struct pfg_str text;
    const char *kept;

    pfg_str_init(&text, 0);
    while (rest.len) {
        struct pfg_slice level = pfg_take_until(&rest, '/');

        pfg_str_puts(&text, text.len ? "/^" : "^");
        for (size_t i = 0; i < level.len; i++) {
            pfg_str_puts(&text,
                         strchr("\\^$.|?*+()[]{}", level.ptr[i]) ? "\\" : "");
            pfg_str_putc(&text, level.ptr[i]);
        }
        pfg_str_putc(&text, '$');
    }
    kept = pfg_arena_slice(arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return kept;
}

/* "./...", "./parser", "example.com/x/parser" */
static bool is_package(const char *word)
{
    return word[0] != '-' && (word[0] == '.' || strstr(word, "..."));
}

/* One package, since Go profiles no more than one at a time. */
static void add_go_word(struct words *words, const char *word,
                        const char **package, struct pfg_arena *arena)
{
    if (!*package || !is_package(word)) {
        pfg_vec_push(words, arena, word);
    } else if (**package) {
        pfg_vec_push(words, arena, *package);
        *package = "";
    }
}

static struct pfg_command_words without_all(struct pfg_command_words command,
                                            const char *const *options,
                                            size_t n, struct pfg_arena *arena)
{
    const char *was;

    for (size_t i = 0; i < n; i++) {
        command = pfg_tool_without(&command, options[i], &was, arena);
    }
    return command;
}

static void profile_go(struct pfg_tool_profiled *out,
                       const struct pfg_tool_subject *subject,
                       const char *profile, struct pfg_arena *arena)
{
    static const char *const ours[] = {"-bench", "-benchtime",  "-count",
                                       "-run",   "-cpuprofile", "-o"};
    const double n = round(SECONDS_OF_GO / subject->seconds);
    const bool counts = isfinite(n) && n >= 1 && n <= MOST_ITERATIONS;
    const char *const more[] = {
        "-run",
        "^$",
        "-bench",
        go_pattern(subject->benchmark, arena),
        "-count",
        "1",
        "-benchtime",
        counts ? pfg_arena_printf(arena, "%.0fx", n)
               : pfg_arena_printf(arena, "%gs", SECONDS_OF_GO),
        "-cpuprofile",
        profile,
        "-o", /* else it is left in the folder of the package */
        pfg_path_join(arena, pfg_path_folder(arena, profile), "bench.test"),
    };
    const struct pfg_command_words command =
        without_all(out->words, ours, sizeof ours / sizeof *ours, arena);
    const char *package =
        strchr(subject->suite, '/') || strchr(subject->suite, '.')
            ? subject->suite
            : NULL;
    struct words words = {0};

    for (size_t i = 0; i < command.n; i++) {
        add_go_word(&words, command.at[i], &package, arena);
        for (size_t k = 0; i == 1 && k < sizeof more / sizeof *more; k++) {
            pfg_vec_push(&words, arena, more[k]);
        }
    }
    *out = (struct pfg_tool_profiled){
        .words = {words.at, words.n},
        .times = counts ? n : NAN,
        .alone = true,
        .own = true,
    };
}

/* criterion runs a benchmark for a time, and leaves out its own arithmetic; the
 * harness of the standard library does not know the option. */
static void profile_criterion(struct pfg_tool_profiled *out,
                              const struct pfg_command_words *command,
                              struct pfg_arena *arena)
{
    struct words words = {0};
    bool known = false;

    for (size_t i = 0; i < command->n; i++) {
        known |= !strcmp(command->at[i], "--bench") ||
                 !strncmp(command->at[i], "--bench=", strlen("--bench=")) ||
                 !strcmp(command->at[i], "--");
    }
    for (size_t i = 0; i < out->words.n; i++) {
        pfg_vec_push(&words, arena, out->words.at[i]);
    }
    if (known) {
        pfg_vec_push(&words, arena, "--profile-time");
        pfg_vec_push(&words, arena, SECONDS_OF_CRITERION);
    }
    out->words = (struct pfg_command_words){words.at, words.n};
}

struct pfg_tool_profiled pfg_tool_profile(
    const struct pfg_tool *tool, const struct pfg_command_words *command,
    const struct pfg_tool_subject *subject, const char *profile,
    struct pfg_arena *arena)
{
    struct pfg_tool_profiled out = {.words = *command, .times = NAN};

    if (tool && !strcmp(tool->name, "go")) {
        profile_go(&out, subject, profile, arena);
        return out;
    }
    out.alone =
        pfg_tool_narrow(tool, &out.words, command, &subject->choice, arena);
    if (tool && !strcmp(tool->name, "criterion")) {
        profile_criterion(&out, command, arena);
    }
    return out;
}
