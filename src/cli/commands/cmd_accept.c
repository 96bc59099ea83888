#include <stdio.h>
#include <string.h>

#include "app/evaluate/acceptance.h"
#include "app/input/workspace.h"
#include "app/policy/stored_units.h"
#include "base/file.h"
#include "cli/options/database_options.h"
#include "config/edit.h"
#include "term/print.h"

#define MAX_FILE ((size_t)4 << 20)

static const struct pfg_option options[] = {
    {"write", 'w', NULL,
     "write it into the configuration instead of printing the trailer"},
    {"reason", 0, "TEXT", "the reason, shown in every report"},
    {"until", 0, "DATE|COMMIT", "when it expires; with --write"},
    {"metric", 'm', "METRIC", "only this metric; with --write"},
    {"config", 0, "FILE",
     "the configuration (default: perfgate.json, found upwards)"},
    {"allow-accept-all", 0, NULL, "allow accepting all benchmarks at once"},
    PFG_DATABASE_OPTIONS,
    {0},
};

/* `write`: there is no report beside it that would say "matches nothing". */
static int check_pattern(const char *text, bool everything, bool write,
                         const char *database, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_patterns set = {arena, NULL};
    const struct pfg_pattern *pattern;
    int failed = pfg_pattern_new(&pattern, &set, text, err);

    if (!failed && !everything && pfg_accept_is_everything(pattern)) {
        failed = pfg_fail(err, PFG_USAGE, "'%s' would accept everything", text);
        pfg_hint(err, "name what got slower, or say --allow-accept-all");
    }
    failed =
        failed || (write && pfg_stored_names_check(pattern, database, err));
    pfg_patterns_free(&set);
    pfg_arena_free(arena);
    return failed ? -1 : 0;
}

static bool has_break(const char *text)
{
    return text && strpbrk(text, "\r\n");
}

static int print_trailer(const struct pfg_context *context,
                         const char *benchmark, const char *reason,
                         struct pfg_error *err)
{
    const char *quote = strpbrk(benchmark, " \t") ? "\"" : "";

    if (has_break(benchmark) || has_break(reason) || strchr(benchmark, '"')) {
        return pfg_fail(err, PFG_USAGE,
                        "a trailer is one line without "
                        "quotes");
    }
    pfg_print(context->out, "%s: %s%s%s%s%s\n", PFG_ACCEPT_TRAILER, quote,
              benchmark, quote, reason ? " " : "", reason ? reason : "");
    fputs("put this line at the end of a commit message between base and "
          "head:\n  git commit --amend --trailer '...', or an empty commit\n",
          context->err);
    return 0;
}

static int write_config(const struct pfg_context *context, const char *path,
                        const struct pfg_config_acceptance *acceptance,
                        struct pfg_error *err)
{
    struct pfg_str text, edited;
    int failed;

    pfg_str_init(&text, 0);
    pfg_str_init(&edited, 0);
    failed = pfg_file_read(&text, path, MAX_FILE, err) ||
             pfg_config_add_acceptance(&edited, pfg_str_slice(&text), path,
                                       acceptance, err) ||
             pfg_file_write(path, pfg_str_slice(&edited), err);
    if (!failed) {
        pfg_print(context->err, "%s: accepted '%s'\n", path,
                  acceptance->benchmark);
    }
    pfg_str_free(&text);
    pfg_str_free(&edited);
    return failed ? -1 : 0;
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    bool write = pfg_arguments_flag(arguments, "write");
    struct pfg_config_acceptance acceptance = {
        .benchmark = arguments->n_words ? arguments->words[0] : "",
        .metric = pfg_arguments_value(arguments, "metric"),
        .until = pfg_arguments_value(arguments, "until"),
        .reason = pfg_arguments_value(arguments, "reason"),
    };
    const char *path;

    if (arguments->n_words != 1) {
        return pfg_fail(err, PFG_USAGE,
                        "'perfgate accept' wants one "
                        "benchmark, or a glob");
    }
    if (!write && (acceptance.metric || acceptance.until)) {
        pfg_fail(err, PFG_USAGE, "a trailer has no --%s",
                 acceptance.until ? "until" : "metric");
        return pfg_hint(err, "--write puts it into the configuration");
    }
    if (check_pattern(acceptance.benchmark,
                      pfg_arguments_flag(arguments, "allow-accept-all"), write,
                      pfg_arguments_value(arguments, "db"), err)) {
        return -1;
    }
    if (!write) {
        return print_trailer(context, acceptance.benchmark, acceptance.reason,
                             err);
    }
    if (pfg_workspace_find_config(&path,
                                  pfg_arguments_value(arguments, "config"),
                                  arguments->arena, err)) {
        return -1;
    }
    if (!path) {
        pfg_fail(err, PFG_USAGE, "there is no perfgate.json here or above");
        return pfg_hint(err, "'perfgate init' writes one");
    }
    return write_config(context, path, &acceptance, err);
}

const struct pfg_command pfg_command_accept = {
    .name = "accept",
    .group = "results and machines",
    .summary = "accept a known regression",
    .usage = "BENCHMARK [--reason TEXT] [--write [--until DATE|COMMIT]]",
    .about = "Prints a commit trailer that accepts a known regression of "
             "BENCHMARK (a name or a\n"
             "glob). On a commit between base and head it turns regressed and "
             "missing rows into\n"
             "accepted ones: every report shows them, and they do not fail the "
             "gate. With\n"
             "--write the entry goes into perfgate.json instead, until "
             "--until; a name that no\n"
             "stored benchmark has is refused. Budgets and failed benchmarks "
             "cannot be accepted.\n"
             "\n"
             "  perfgate accept 'parse/*' --reason 'bounds checks, see #12'\n",
    .options = options,
    .run = run,
};
