#include <stdio.h>
#include <string.h>

#include "app/evaluate/acceptance.h"
#include "app/input/workspace.h"
#include "app/policy/stored_units.h"
#include "base/file.h"
#include "cli/options/database_options.h"
#include "config/config.h"
#include "term/print.h"
#include "json/json.h"
#include "json/write.h"

#define MAX_FILE ((size_t)4 << 20)

static const struct pfg_option options[] = {
    {"write", 'w', NULL,
     "write it into the configuration instead of printing the trailer"},
    {"reason", 0, "TEXT", "the reason, shown in every report"},
    {"until", 0, "DATE|COMMIT", "when it expires; with --write"},
    {"metric", 'm', "METRIC", "only this metric; with --write"},
    {"config", 0, "FILE",
     "the configuration (default: perfgate.json in this or a parent folder)"},
    {"allow-accept-all", 0, NULL, "allow accepting all benchmarks at once"},
    PFG_DATABASE_OPTIONS,
    {0},
};

/* `write`: no report will say "matches nothing". */
static int check_pattern(const char *text, bool everything, bool write,
                         const char *database, struct pfg_error *err)
{
    struct pfg_arena *arena = pfg_arena_new();
    struct pfg_patterns set = {arena, NULL};
    const struct pfg_pattern *pattern;
    int failed = pfg_pattern_new(&pattern, &set, text, err);

    if (!failed && !everything && pfg_accept_is_everything(pattern)) {
        failed = pfg_fail(err, PFG_USAGE, "'%s' would accept everything", text);
        pfg_hint(err, "name what got slower, or use --allow-accept-all");
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
                        "a trailer must be one line without quotes");
    }
    pfg_print(context->out, "%s: %s%s%s%s%s\n", PFG_ACCEPT_TRAILER, quote,
              benchmark, quote, reason ? " " : "", reason ? reason : "");
    fputs("add this line to the message of a commit between base and head:\n"
          "  git commit --amend --trailer '...', or an empty commit\n",
          context->err);
    return 0;
}

/* ---- in the configuration ---- */

struct acceptance {
    const char *benchmark, *metric, *until, *reason; /* NULL: left out */
};

/* The offset behind the opening bracket of a value. */
static size_t inside(struct pfg_slice text, struct pfg_pos pos)
{
    size_t offset = 0;

    for (long line = 1; line < pos.line; line++) {
        offset += pfg_slice_find_byte(pfg_slice_from(text, offset), '\n') + 1;
    }
    return offset + (size_t)pos.column;
}

static void put_acceptance(struct pfg_str *out,
                           const struct acceptance *acceptance)
{
    const struct {
        const char *key, *value;
    } members[] = {
        {"benchmark", acceptance->benchmark},
        {"metric", acceptance->metric},
        {"until", acceptance->until},
        {"reason", acceptance->reason},
    };
    struct pfg_json_writer w = {.out = out};

    pfg_json_begin(&w, NULL, '{');
    for (size_t i = 0; i < PFG_COUNT(members); i++) {
        if (members[i].value) {
            pfg_json_put_string(&w, members[i].key, members[i].value);
        }
    }
    pfg_json_end(&w, '}');
}

static void insert(struct pfg_str *out, struct pfg_slice text,
                   const struct pfg_json_document *document,
                   const struct acceptance *acceptance)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *list = pfg_json_get(root, "accept");
    const struct pfg_json_value *into = list ? list : root;
    size_t at = inside(text, pfg_json_pos(document, into));

    pfg_str_add(out, pfg_slice_first(text, at));
    pfg_str_puts(out, list ? "\n    " : "\n  \"accept\": [\n    ");
    put_acceptance(out, acceptance);
    pfg_str_puts(out, list ? "" : "\n  ]");
    pfg_str_puts(out, pfg_json_count(into) ? "," : "\n");
    pfg_str_add(out, pfg_slice_from(text, at));
}

/*
 * Appends `text` (from the file `path`) to `out` with one more acceptance, the
 * first in its list. Everything else stays as it is, comments too. The result
 * is a valid configuration; PFG_USAGE if it would not be, or if `text` is not.
 */
static int add_acceptance(struct pfg_str *out, struct pfg_slice text,
                          const char *path, const struct acceptance *acceptance,
                          struct pfg_error *err)
{
    struct pfg_json_document *document = NULL;
    struct pfg_config *config = NULL;
    size_t before = out->len;
    int failed;

    /* Before the change, so that an error in it is not blamed on the change. */
    if (pfg_config_parse(&config, text, path, err)) {
        return -1;
    }
    pfg_config_free(config);
    if (pfg_json_parse(&document, text, path, PFG_JSON_COMMENTS, err)) {
        return -1;
    }
    insert(out, text, document, acceptance);
    pfg_json_free(document);
    failed = pfg_config_parse(
        &config, pfg_slice_from(pfg_str_slice(out), before), path, err);
    pfg_config_free(config);
    return failed;
}

static int write_config(const struct pfg_context *context, const char *path,
                        const struct acceptance *acceptance,
                        struct pfg_error *err)
{
    struct pfg_str text, edited;
    int failed;

    pfg_str_init(&text, 0);
    pfg_str_init(&edited, 0);
    failed =
        pfg_file_read(&text, path, MAX_FILE, err) ||
        add_acceptance(&edited, pfg_str_slice(&text), path, acceptance, err) ||
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
    struct acceptance acceptance = {
        .benchmark = arguments->n_words ? arguments->words[0] : "",
        .metric = pfg_arguments_value(arguments, "metric"),
        .until = pfg_arguments_value(arguments, "until"),
        .reason = pfg_arguments_value(arguments, "reason"),
    };
    const char *path;

    if (arguments->n_words != 1) {
        return pfg_fail(err, PFG_USAGE,
                        "'perfgate accept' expects one benchmark, or a glob");
    }
    if (!write && (acceptance.metric || acceptance.until)) {
        pfg_fail(err, PFG_USAGE, "--%s cannot be written as a trailer",
                 acceptance.until ? "until" : "metric");
        return pfg_hint(err, "use --write to put it into the configuration");
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
        pfg_fail(err, PFG_USAGE, "no perfgate.json in this or a parent folder");
        return pfg_hint(err, "'perfgate init' creates one");
    }
    return write_config(context, path, &acceptance, err);
}

const struct pfg_command pfg_command_accept = {
    .name = "accept",
    .group = "results and machines",
    .summary = "accept a known regression",
    .usage = "BENCHMARK [--reason TEXT] [--write [--until DATE|COMMIT]]",
    .about =
        "Prints a commit trailer that accepts a known regression of BENCHMARK "
        "(a name or a glob). In the message of a commit between base and "
        "head, it turns regressed and missing rows into accepted ones: "
        "reports still show them, but they do not fail the gate. With "
        "--write, the acceptance is added to perfgate.json instead and "
        "expires at --until; BENCHMARK must then match a stored benchmark. "
        "Budgets and failed benchmarks cannot be accepted.\n\n"
        "  perfgate accept 'parse/*' --reason 'bounds checks, see #12'\n",
    .options = options,
    .run = run,
};
