#include "cli/options/options.h"

#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "app/evaluate/evaluate_sources.h"
#include "app/programs/command_words.h"
#include "base/error.h"
#include "base/number.h"
#include "base/str.h"

#define COUNT_MOST 1000

static size_t count_options(const struct pfg_command *command)
{
    size_t n = 0;

    while (command->options[n].name) {
        n++;
    }
    return n;
}

bool pfg_option_is_heading(const struct pfg_option *option)
{
    return !*option->name;
}

bool pfg_option_is_optional(const struct pfg_option *option)
{
    return option->argument && option->argument[0] == '[';
}

/* The table for getopt_long(). */
static struct option *long_options(const struct pfg_command *command,
                                   struct pfg_arena *arena)
{
    size_t n = count_options(command);
    struct option *options = pfg_arena_new_array(arena, struct option, n + 2);

    for (size_t i = 0; i < n; i++) {
        options[i].name = command->options[i].name;
        options[i].has_arg = !command->options[i].argument ? no_argument
                             : pfg_option_is_optional(&command->options[i])
                                 ? optional_argument
                                 : required_argument;
    }
    options[n].name = "help";
    return options;
}

static const char *letters(const struct pfg_command *command,
                           struct pfg_arena *arena)
{
    struct pfg_str text = pfg_str_in(arena);

    pfg_str_puts(&text, command->wraps ? "+:h" : ":h");
    for (const struct pfg_option *o = command->options; o->name; o++) {
        if (o->letter) {
            pfg_str_printf(&text, "%c%s", o->letter, o->argument ? ":" : "");
        }
    }
    return text.ptr;
}

/* The option at which getopt_long() failed: a long one, or one letter. */
static const char *stumbled_over(char **argv, struct pfg_arena *arena)
{
    return optopt && strncmp(argv[optind - 1], "--", 2)
               ? pfg_arena_printf(arena, "-%c", optopt)
               : argv[optind - 1];
}

/* The name of the same thing in other commands. */
static const char *synonym(const char *word, const char *const *names, size_t n)
{
    static const char *const same[][2] = {
        {"commit", "head"},   {"revision", "head"},    {"head", "commit"},
        {"file", "from"},     {"input", "from"},       {"output", "report"},
        {"format", "report"}, {"machine", "hardware"}, {"database", "db"},
    };

    for (size_t i = 0; i < PFG_COUNT(same); i++) {
        for (size_t k = 0; k < n && !strcmp(word, same[i][0]); k++) {
            if (!strcmp(names[k], same[i][1])) {
                return names[k];
            }
        }
    }
    return pfg_suggest(word, names, n);
}

static int unknown_option(const struct pfg_command *command, const char *given,
                          struct pfg_arena *arena, struct pfg_error *err)
{
    size_t n = count_options(command);
    const char **names = pfg_arena_new_array(arena, const char *, n);
    const char *word = given + strspn(given, "-");
    const char *meant;

    for (size_t i = 0; i < n; i++) {
        names[i] = pfg_option_is_heading(&command->options[i])
                       ? "help"
                       : command->options[i].name;
    }
    word = pfg_arena_slice(arena, pfg_slice_make(word, strcspn(word, "=")));
    for (size_t i = 0; i < n; i++) {
        if (strchr(given, '=') && !strcmp(word, names[i])) {
            return pfg_fail(err, PFG_USAGE, "option '--%s' takes no value",
                            word);
        }
    }
    meant = synonym(word, names, n);
    pfg_fail(err, PFG_USAGE, "unknown option '%s' of 'perfgate %s'", given,
             command->name);
    if (meant) {
        return pfg_hint(err,
                        "did you mean --%s? 'perfgate help %s' lists the "
                        "options",
                        meant, command->name);
    }
    return pfg_hint(err, "'perfgate help %s' lists the options", command->name);
}

/* A secret on the command line is visible to every process, and would be in the
 * report. The error does not repeat it, or suggest another option. */
static int refuse_token(int argc, char **argv, struct pfg_error *err)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        struct pfg_slice word = pfg_slice_of(argv[i]);

        word = pfg_slice_first(word, pfg_slice_find_byte(word, '='));
        if (pfg_slice_starts(word, "--tok") &&
            !pfg_slice_starts(word, "--token-")) {
            pfg_fail(err, PFG_USAGE,
                     "do not put a token on the command line, where other "
                     "users can read it");
            return pfg_hint(err, "set PERFGATE_TOKEN in the environment, or "
                                 "put the token in a file for --token-file");
        }
    }
    return 0;
}

static const struct pfg_option *by_letter(const struct pfg_command *command,
                                          int letter)
{
    for (const struct pfg_option *o = command->options; o->name; o++) {
        if (o->letter && o->letter == letter) {
            return o;
        }
    }
    return NULL;
}

/* "NAME VALUES": two words, or one, "NAME=VALUES". */
static const char *value_of(const struct pfg_option *option, int argc,
                            char **argv, struct pfg_arena *arena)
{
    if (!option->argument) {
        return NULL;
    }
    if (optarg && strchr(option->argument, ' ') && !strchr(optarg, '=') &&
        optind < argc) {
        return pfg_arena_printf(arena, "%s=%s", optarg, argv[optind++]);
    }
    return optarg ? optarg : "";
}

/* To getopt_long() a word with one dash is a row of letters: "-base" would be
 * -b with the value "ase". */
static bool is_one_dash(const char *word, const char *name)
{
    size_t n = strlen(name);

    return *word == '-' && !strncmp(word + 1, name, n) &&
           (!word[n + 1] || word[n + 1] == '=');
}

/* Options of go test, given when the command itself is missing: perfgate run
 * -bench . go test. */
static bool is_of_command(const char *word)
{
    static const char *const names[] = {
        "bench", "benchmem", "benchtime", "run",  "count",
        "cpu",   "timeout",  "short",     "race", "tags"};

    for (size_t i = 0; i < PFG_COUNT(names); i++) {
        if (is_one_dash(word, names[i])) {
            return true;
        }
    }
    return false;
}

static int refuse_one_dash(const struct pfg_command *command, const char *word,
                           struct pfg_error *err)
{
    for (const struct pfg_option *o = command->options; o->name; o++) {
        if (!pfg_option_is_heading(o) && is_one_dash(word, o->name)) {
            pfg_fail(err, PFG_USAGE, "unknown option '%s' of 'perfgate %s'",
                     word, command->name);
            return pfg_hint(err, "did you mean -%s?", word);
        }
    }
    if (command->wraps && is_of_command(word)) {
        pfg_fail(err, PFG_USAGE, "'%s' is not an option of 'perfgate %s'", word,
                 command->name);
        return pfg_hint(err,
                        "put '--' and the whole command after the options: "
                        "perfgate %s [--base REV] -- go test %s ...",
                        command->name, word);
    }
    return 0;
}

/* "--base a.txt b.txt", which is what the shell makes of "--base a*.txt". */
static void add_paths(struct pfg_arguments *out, int argc, char **argv)
{
    struct pfg_given last = out->given[out->n_given - 1];
    const char *argument = last.option->argument;

    if (!argument || !pfg_slice_ends(pfg_slice_of(argument), "...") ||
        !pfg_is_path_argument(last.value)) {
        return;
    }
    while (optind < argc && *argv[optind] != '-' &&
           pfg_is_path_argument(argv[optind])) {
        last.value = argv[optind++];
        out->given[out->n_given++] = last;
    }
}

static int parse_options(struct pfg_arguments *out, int argc, char **argv,
                         struct pfg_error *err)
{
    const struct pfg_command *command = out->command;
    struct option *options = long_options(command, out->arena);
    const char *shorts = letters(command, out->arena);
    int which, index;

    optind = 0; /* resets glibc's state */
    opterr = 0;
    while (index = -1,
           (which = getopt_long(argc, argv, shorts, options, &index)) != -1) {
        const struct pfg_option *option =
            which == 0 ? &command->options[index] : by_letter(command, which);

        /* The word with the letter was just passed, or has letters left. */
        for (int i = optind - 1; which && i <= optind && i < argc; i++) {
            if (refuse_one_dash(command, argv[i], err)) {
                return -1;
            }
        }
        if (which == 'h' || (which == 0 && !option->name)) {
            return 1;
        }
        if (which == ':') {
            return pfg_fail(err, PFG_USAGE, "option '%s' requires a value",
                            stumbled_over(argv, out->arena));
        }
        if (!option) {
            return unknown_option(command, stumbled_over(argv, out->arena),
                                  out->arena, err);
        }
        out->given[out->n_given++] = (struct pfg_given){
            option, value_of(option, argc, argv, out->arena)};
        add_paths(out, argc, argv);
    }
    return 0;
}

static const char *join(struct pfg_arena *arena, int argc, char **argv)
{
    struct pfg_str text;
    const char *line;

    pfg_str_init(&text, 2000);
    pfg_str_puts(&text, "perfgate");
    for (int i = 0; i < argc; i++) {
        pfg_str_putc(&text, ' ');
        pfg_word_quote(&text, argv[i]);
    }
    pfg_hide_passwords(text.ptr);
    line = pfg_arena_strdup(arena, text.ptr);
    pfg_str_free(&text);
    return line;
}

int pfg_arguments_parse(struct pfg_arguments *out,
                        const struct pfg_context *context,
                        const struct pfg_command *command, int argc,
                        char **argv, struct pfg_error *err)
{
    size_t most = (size_t)argc;
    int result;

    for (int i = 0; i < argc; i++) {
        most += strlen(argv[i]); /* -abc is three options */
    }
    out->context = context;
    out->command = command;
    out->given = pfg_arena_new_array(out->arena, struct pfg_given, most);
    out->command_line = join(out->arena, argc, argv);
    if (refuse_token(argc, argv, err)) {
        return -1;
    }
    result = parse_options(out, argc, argv, err);
    out->words = (const char **)argv + optind;
    out->n_words = (size_t)(argc - optind);
    return result;
}

static const char *from_environment(const struct pfg_arguments *arguments,
                                    const char *option)
{
    char name[64] = "PERFGATE_";

    for (size_t i = strlen(name); *option && i < sizeof name - 1; i++) {
        name[i] = *option == '-' ? '_' : (char)toupper((unsigned char)*option);
        option++;
    }
    return pfg_env(arguments->context, name);
}

const char *pfg_arguments_value(const struct pfg_arguments *arguments,
                                const char *option)
{
    for (size_t i = arguments->n_given; i-- > 0;) {
        if (!strcmp(arguments->given[i].option->name, option)) {
            return arguments->given[i].value;
        }
    }
    return from_environment(arguments, option);
}

bool pfg_arguments_flag(const struct pfg_arguments *arguments,
                        const char *option)
{
    const char *value;

    for (size_t i = 0; i < arguments->n_given; i++) {
        if (!strcmp(arguments->given[i].option->name, option)) {
            return true;
        }
    }
    value = from_environment(arguments, option);
    return value && (!strcmp(value, "1") || !strcmp(value, "yes") ||
                     !strcmp(value, "true"));
}

const char *pfg_arguments_word(const struct pfg_arguments *arguments)
{
    return arguments->n_words > 1 ? arguments->words[1] : NULL;
}

size_t pfg_arguments_all(const struct pfg_arguments *arguments,
                         const char *option, const char *const **out)
{
    const char **all = pfg_arena_new_array(arguments->arena, const char *,
                                           arguments->n_given + 1);
    size_t n = 0;

    for (size_t i = 0; i < arguments->n_given; i++) {
        if (!strcmp(arguments->given[i].option->name, option)) {
            all[n++] = arguments->given[i].value;
        }
    }
    if (!n) {
        all[0] = from_environment(arguments, option);
        n = all[0] != NULL;
    }
    *out = all;
    return n;
}

int pfg_option_duration(double *out, const char *option, const char *text,
                        struct pfg_error *err)
{
    static const struct {
        const char *suffix;
        double seconds;
    } units[] = {{"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}, {"", 1}};
    struct pfg_slice rest = pfg_slice_of(text);
    size_t digits = strspn(text, "0123456789.");
    double number;

    rest = pfg_slice_make(text + digits, rest.len - digits);
    for (size_t i = 0; i < PFG_COUNT(units); i++) {
        if (pfg_slice_is(rest, units[i].suffix) &&
            !pfg_number_parse(&number, pfg_slice_make(text, digits), 0) &&
            number > 0 && number < 1e7) {
            *out = number * units[i].seconds;
            return 0;
        }
    }
    pfg_fail(err, PFG_USAGE, "--%s expects a duration, not '%s'", option, text);
    return pfg_hint(err, "write 90s, 20m or 1h");
}

int pfg_option_count(size_t *out, const struct pfg_arguments *arguments,
                     const char *option, size_t least, struct pfg_error *err)
{
    const char *text = pfg_arguments_value(arguments, option);
    uint64_t number;

    if (!text) {
        return 0;
    }
    if (pfg_number_parse_u64(&number, pfg_slice_of(text)) || number < least ||
        number > COUNT_MOST) {
        return pfg_fail(err, PFG_USAGE, "--%s expects %zu to %d, not '%s'",
                        option, least, COUNT_MOST, text);
    }
    *out = (size_t)number;
    return 0;
}
