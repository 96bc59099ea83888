#include <math.h>
#include <string.h>

#include "app/measure/tool/tool.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"

/* Seconds of a profile. Go samples 100 times a second, which is fixed. */
#define SECONDS_OF_GO        4.0
#define SECONDS_OF_CRITERION "2"
#define MOST_ITERATIONS      1e9

bool pfg_tool_is_go(const struct pfg_tool *tool)
{
    return tool && !strcmp(tool->ingester, "go");
}

/* "^BenchmarkA$/^n=1$": level by level. */
static const char *go_pattern(const char *name, struct pfg_arena *arena)
{
    struct pfg_slice rest = pfg_slice_of(name);
    struct pfg_str text = pfg_str_in(arena);

    while (rest.len) {
        struct pfg_slice level = pfg_take_until(&rest, '/');

        pfg_str_puts(&text, text.len ? "/^" : "^");
        pfg_tool_put_literal(&text, level);
        pfg_str_putc(&text, '$');
    }
    return text.ptr;
}

/* "./...", "./parser", "example.com/x/parser" */
static bool is_package(const char *word)
{
    return word[0] != '-' && (word[0] == '.' || strstr(word, "..."));
}

/* Only one package, because Go can profile just one at a time. */
static void add_go_word(struct pfg_word_list *words, const char *word,
                        const char **package, struct pfg_arena *arena)
{
    if (!*package || !is_package(word)) {
        pfg_vec_push(words, arena, word);
    } else if (**package) {
        pfg_vec_push(words, arena, *package);
        *package = "";
    }
}

static bool is_binary(const struct pfg_tool *tool)
{
    return !strcmp(tool->name, "a Go test binary");
}

/* `go test`, or a test binary, whose options begin with -test. */
static void profile_go(struct pfg_tool_profiled *out,
                       const struct pfg_tool *tool,
                       const struct pfg_tool_subject *subject,
                       const char *profile, struct pfg_arena *arena)
{
    const double n = round(SECONDS_OF_GO / subject->seconds);
    const bool counts = isfinite(n) && n >= 1 && n <= MOST_ITERATIONS;
    const struct {
        const char *option, *value;
    } ours[] = {
        {"run", "^$"},
        {"bench", go_pattern(subject->benchmark, arena)},
        {"count", "1"},
        {"benchtime", counts ? pfg_arena_printf(arena, "%.0fx", n)
                             : pfg_arena_printf(arena, "%gs", SECONDS_OF_GO)},
        {"cpuprofile", profile},
        /* Otherwise it would be left in the package's folder. */
        {"o",
         pfg_path_join(arena, pfg_path_folder(arena, profile), "bench.test")},
    };
    const size_t n_ours = PFG_COUNT(ours) - (is_binary(tool) ? 1 : 0);
    const size_t front = is_binary(tool) ? 0 : 1;
    const char *package = !is_binary(tool) && strpbrk(subject->suite, "/.")
                              ? subject->suite
                              : NULL;
    struct pfg_command_words command = out->words;
    struct pfg_word_list words = {0}, options = {0};
    const char *was;

    for (size_t i = 0; i < n_ours; i++) {
        const char *option = pfg_arena_printf(
            arena, "%s%s", is_binary(tool) ? "-test." : "-", ours[i].option);

        command = pfg_tool_without(&command, option, &was, arena);
        pfg_vec_push(&options, arena, option);
        pfg_vec_push(&options, arena, ours[i].value);
    }
    for (size_t i = 0; i < command.n; i++) {
        add_go_word(&words, command.at[i], &package, arena);
        for (size_t k = 0; i == front && k < options.n; k++) {
            pfg_vec_push(&words, arena, options.at[k]);
        }
    }
    *out = (struct pfg_tool_profiled){
        .words = {words.at, words.n},
        .times = counts ? n : NAN,
        .alone = true,
        .own = true,
    };
}

/* With this option criterion runs a benchmark for a time, without its own
 * analysis. The standard library's harness does not know the option. */
static void profile_criterion(struct pfg_tool_profiled *out,
                              const struct pfg_command_words *command,
                              struct pfg_arena *arena)
{
    struct pfg_word_list words = {0};
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

    if (pfg_tool_is_go(tool)) {
        profile_go(&out, tool, subject, profile, arena);
        return out;
    }
    out.alone =
        pfg_tool_narrow(tool, &out.words, command, &subject->choice, arena);
    if (tool && !strcmp(tool->name, "criterion")) {
        profile_criterion(&out, command, arena);
    }
    return out;
}
