#include "app/measure/tool/tool.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"

static void add(struct pfg_word_list *words, struct pfg_arena *arena,
                const char *word)
{
    pfg_vec_push(words, arena, word);
}

void pfg_tool_put_literal(struct pfg_str *out, struct pfg_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        pfg_str_puts(out, strchr("\\^$.|?*+()[]{}", text.ptr[i]) ? "\\" : "");
        pfg_str_putc(out, text.ptr[i]);
    }
}

static const char *regex(const char *before,
                         const struct pfg_tool_choice *choice,
                         const char *after, struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_str_puts(&text, before);
    for (size_t i = 0; i < choice->n_keep; i++) {
        pfg_str_puts(&text, i ? "|" : "");
        pfg_tool_put_literal(&text, pfg_slice_of(choice->keep[i]));
    }
    pfg_str_puts(&text, after);
    return text.ptr;
}

static const char *join(const char *before,
                        const struct pfg_tool_choice *choice,
                        const char *between, const char *after,
                        struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_str_puts(&text, before);
    for (size_t i = 0; i < choice->n_keep; i++) {
        pfg_str_printf(&text, "%s%s", i ? between : "", choice->keep[i]);
    }
    pfg_str_puts(&text, after);
    return text.ptr;
}

/* "-o=V", or "-o" and the next word. */
size_t pfg_tool_option_at(const struct pfg_command_words *command, size_t i,
                          const char *option)
{
    const char *word = command->at[i];
    size_t length = strlen(option);

    if (word[0] == '-' && word[1] == '-' && option[1] != '-') {
        word++; /* -bench can be written --bench */
    }
    if (strncmp(word, option, length)) {
        return 0;
    }
    return word[length] == '='  ? 1
           : word[length]       ? 0
           : i + 1 < command->n ? 2
                                : 1;
}

static bool has_option(const struct pfg_command_words *command,
                       const char *option)
{
    size_t i = 0;

    while (i < command->n && !pfg_tool_option_at(command, i, option)) {
        i++;
    }
    return i < command->n;
}

/* Copies a command without an option; *was is its value, or NULL. */
static void without(struct pfg_word_list *out,
                    const struct pfg_command_words *command, const char *option,
                    const char **was, struct pfg_arena *arena)
{
    *was = NULL;
    for (size_t i = 0; i < command->n; i++) {
        size_t taken = pfg_tool_option_at(command, i, option);

        if (!taken) {
            add(out, arena, command->at[i]);
            continue;
        }
        *was = taken == 2 ? command->at[i + 1] : strchr(command->at[i], '=');
        i += taken - 1;
    }
}

struct pfg_command_words pfg_tool_without(
    const struct pfg_command_words *command, const char *option,
    const char **was, struct pfg_arena *arena)
{
    struct pfg_word_list words = {0};

    without(&words, command, option, was, arena);
    return (struct pfg_command_words){words.at, words.n};
}

/* Go matches level by level: several benchmarks can be chosen only by the part
 * before the first slash. Options go before packages and -args. */
static void narrow_go(struct pfg_word_list *out, const struct pfg_tool *tool,
                      const struct pfg_command_words *command,
                      const struct pfg_tool_choice *choice,
                      struct pfg_arena *arena)
{
    const char **roots =
        pfg_arena_new_array(arena, const char *, choice->n_keep);
    struct pfg_tool_choice whole = {.keep = roots};
    struct pfg_word_list words = {0};
    const char *was;

    for (size_t i = 0; i < choice->n_keep; i++) {
        const char *name = choice->keep[i];
        const char *root =
            pfg_arena_slice(arena, pfg_slice_make(name, strcspn(name, "/")));

        if (!pfg_word_is_among(root, roots, whole.n_keep)) {
            roots[whole.n_keep++] = root;
        }
    }
    without(&words, command, tool->filter, &was, arena);
    for (size_t i = 0; i < words.n; i++) {
        add(out, arena, words.at[i]);
        if (i + 1 == tool->front) {
            add(out, arena, tool->filter);
            add(out, arena, regex("^(", &whole, ")$", arena));
        }
    }
}

/* Options of criterion that take a value. */
static bool wants_value(const char *option)
{
    static const char *const all[] = {
        "-b",
        "-c",
        "-s",
        "--baseline",
        "--baseline-lenient",
        "--color",
        "--confidence-level",
        "--format",
        "--load-baseline",
        "--measurement-time",
        "--noise-threshold",
        "--nresamples",
        "--output-format",
        "--plotting-backend",
        "--profile-time",
        "--sample-size",
        "--save-baseline",
        "--significance-level",
        "--warm-up-time",
    };

    return pfg_word_is_among(option, all, PFG_COUNT(all));
}

/* criterion's filter is a word after --, matched with group/name. */
static void narrow_criterion(struct pfg_word_list *out,
                             const struct pfg_tool *tool,
                             const struct pfg_command_words *command,
                             const struct pfg_tool_choice *choice,
                             struct pfg_arena *arena)
{
    bool behind = false;

    (void)tool;
    for (size_t i = 0; i < command->n; i++) {
        /* After --, a word that is neither an option nor its value was a
         * filter. */
        if (!behind || command->at[i][0] == '-' ||
            wants_value(command->at[i - 1])) {
            add(out, arena, command->at[i]);
        }
        behind = behind || !strcmp(command->at[i], "--");
    }
    if (!behind) {
        add(out, arena, "--");
    }
    add(out, arena, regex("(^|/)(", choice, ")$", arena));
}

static void narrow_google(struct pfg_word_list *out,
                          const struct pfg_tool *tool,
                          const struct pfg_command_words *command,
                          const struct pfg_tool_choice *choice,
                          struct pfg_arena *arena)
{
    const char *was;

    without(out, command, tool->filter, &was, arena);
    add(out, arena, regex("--benchmark_filter=^(", choice, ")(/|$)", arena));
}

static void narrow_pytest(struct pfg_word_list *out,
                          const struct pfg_tool *tool,
                          const struct pfg_command_words *command,
                          const struct pfg_tool_choice *choice,
                          struct pfg_arena *arena)
{
    const char *was, *before = "";

    without(out, command, tool->filter, &was, arena);
    if (was) {
        before = pfg_arena_printf(arena, "(%s) and (", was + (*was == '='));
    }
    add(out, arena, tool->filter);
    add(out, arena, join(before, choice, " or ", was ? ")" : "", arena));
}

/* hyperfine's benchmarks are words of its command. A word after an option may
 * be its value, and stays. If the commands have names, all stay, since the
 * names would have to go, too. */
static void narrow_hyperfine(struct pfg_word_list *out,
                             const struct pfg_tool *tool,
                             const struct pfg_command_words *command,
                             const struct pfg_tool_choice *choice,
                             struct pfg_arena *arena)
{
    bool named =
        has_option(command, "-n") || has_option(command, "--command-name");

    (void)tool;
    for (size_t i = 0; i < command->n; i++) {
        if (named || (i && command->at[i - 1][0] == '-') ||
            !pfg_word_is_among(command->at[i], choice->drop, choice->n_drop)) {
            add(out, arena, command->at[i]);
        }
    }
}

/* k6 has no option for it, but scripts can read their environment. */
static void narrow_k6(struct pfg_word_list *out, const struct pfg_tool *tool,
                      const struct pfg_command_words *command,
                      const struct pfg_tool_choice *choice,
                      struct pfg_arena *arena)
{
    (void)tool;
    for (size_t i = 0; i < command->n; i++) {
        add(out, arena, command->at[i]);
    }
    add(out, arena, "-e");
    add(out, arena, join("SCENARIO=", choice, ",", "", arena));
}

/* The first match counts: "go" is also a prefix of google's ingester. */
static const struct pfg_tool tools[] = {
    {.name = "google-benchmark",
     .ingester = "google_benchmark",
     .filter = "--benchmark_filter",
     .narrow = narrow_google,
     .length = &pfg_length_of_google},
    {.name = "go",
     .first = "go",
     .second = "test",
     .ingester = "go",
     .whole = true,
     .filter = "-bench",
     .front = 2,
     .narrow = narrow_go,
     .length = &pfg_length_of_go},
    {.name = "a Go test binary",
     .option = "-test.bench",
     .ingester = "go",
     .whole = true,
     .filter = "-test.bench",
     .front = 1,
     .narrow = narrow_go,
     .length = &pfg_length_of_go_binary},
    {.name = "criterion",
     .first = "cargo",
     .second = "bench",
     .ingester = "criterion",
     .home = "CRITERION_HOME",
     .whole = true,
     .narrow = narrow_criterion,
     .length = &pfg_length_of_criterion},
    {.name = "cargo-criterion",
     .first = "cargo",
     .second = "criterion",
     .ingester = "cargo_criterion",
     .home = "CRITERION_HOME",
     .whole = true,
     .narrow = narrow_criterion,
     .length = &pfg_length_of_criterion},
    {.name = "k6",
     .first = "k6",
     .second = "run",
     .ingester = "k6",
     .summary = "--summary-export",
     .judged = 99,
     .whole = true,
     .narrow = narrow_k6},
    {.name = "pytest-benchmark",
     .first = "pytest",
     .ingester = "pytest",
     .summary = "--benchmark-json",
     .whole = true,
     .filter = "-k",
     .narrow = narrow_pytest,
     .length = &pfg_length_of_pytest},
    {.name = "hyperfine",
     .first = "hyperfine",
     .front = 1,
     .ingester = "hyperfine",
     .summary = "--export-json",
     .narrow = narrow_hyperfine,
     .length = &pfg_length_of_hyperfine},
    {.name = "wrk", .first = "wrk", .ingester = "wrk"},
};

#define N_TOOLS PFG_COUNT(tools)

const struct pfg_tool *pfg_tool_of_command(
    const struct pfg_command_words *command)
{
    /* "python3 -m pytest" */
    size_t first = command->n > 2 && !strcmp(command->at[1], "-m") &&
                           !strncmp(pfg_path_name(command->at[0]), "python", 6)
                       ? 2
                       : 0;

    for (size_t i = 0; i < N_TOOLS && command->n; i++) {
        const struct pfg_tool *tool = &tools[i];

        if (tool->option && has_option(command, tool->option)) {
            return tool;
        }
        if (tool->first &&
            !strcmp(pfg_path_name(command->at[first]), tool->first) &&
            (!tool->second ||
             (command->n > 1 && !strcmp(command->at[1], tool->second)))) {
            return tool;
        }
    }
    return NULL;
}

bool pfg_tool_can_choose(const struct pfg_command_words *command)
{
    const struct pfg_tool *tool = pfg_tool_of_command(command);

    return tool && tool->narrow && tool->whole;
}

const struct pfg_tool *pfg_tool_of_results(const char *ingester)
{
    for (size_t i = 0; i < N_TOOLS; i++) {
        if (!strncmp(ingester, tools[i].ingester, strlen(tools[i].ingester))) {
            return &tools[i];
        }
    }
    return NULL;
}

bool pfg_tool_narrow(const struct pfg_tool *tool, struct pfg_command_words *out,
                     const struct pfg_command_words *command,
                     const struct pfg_tool_choice *choice,
                     struct pfg_arena *arena)
{
    struct pfg_word_list words = {0};

    if (!tool || !tool->narrow || !choice->n_keep) {
        return false;
    }
    tool->narrow(&words, tool, command, choice, arena);
    *out = (struct pfg_command_words){words.at, words.n};
    return true;
}
