#include "cli/options/compare_options.h"

#include <string.h>

#include "base/number.h"
#include "base/slice.h"
#include "group/filter.h"
#include "policy/policy.h"

static int read_evidence(struct pfg_policy *out, const char *level,
                         struct pfg_error *err)
{
    if (pfg_evidence_parse(&out->evidence, pfg_slice_of(level)) ||
        out->evidence == PFG_NO_EVIDENCE) {
        pfg_fail(err, PFG_USAGE, "unknown evidence '%s'", level);
        return pfg_hint(err, "from strong to weak: exact, replicated, single, "
                             "history, summary, point");
    }
    out->demanding = true;
    return 0;
}

static int read_policy(struct pfg_policy *out,
                       const struct pfg_arguments *arguments,
                       struct pfg_error *err)
{
    const char *threshold = pfg_arguments_value(arguments, "threshold");
    const char *fail_on = pfg_arguments_value(arguments, "fail-on");
    const char *evidence = pfg_arguments_value(arguments, "evidence");

    *out = pfg_policy_default();
    out->strict_threshold = pfg_arguments_flag(arguments, "strict-threshold");
    if (threshold) {
        if (pfg_policy_parse_percent(&out->threshold, pfg_slice_of(threshold),
                                     "--threshold", err)) {
            return -1;
        }
        out->threshold_given = true;
        out->threshold_source = "--threshold";
    }
    if (evidence && read_evidence(out, evidence, err)) {
        return -1;
    }
    return fail_on ? pfg_policy_parse_fail_on(&out->fail_on,
                                              pfg_slice_of(fail_on), err)
                   : 0;
}

bool pfg_comparing_are_paths(struct pfg_words words)
{
    for (size_t i = 0; i < words.n; i++) {
        if (!pfg_is_path_argument(words.at[i])) {
            return false;
        }
    }
    return words.n > 0;
}

static int no_such_file(const char *path, struct pfg_error *err)
{
    return pfg_fail(err, PFG_DATA,
                    "cannot read '%s': no such file or "
                    "directory",
                    path);
}

/* "-", or "label=-". */
static bool is_stdin(const char *path)
{
    const char *equals = strchr(path, '=');

    return !strcmp(equals ? equals + 1 : path, "-");
}

/* If all words are paths, files are compared; otherwise they are revisions and
 * names. --base and --head may be either, but both the same. */
static int read_sides(struct pfg_evaluate_options *out,
                      const struct pfg_arguments *arguments,
                      struct pfg_words words, struct pfg_error *err)
{
    struct pfg_words bases = {0}, heads = {0};

    bases.n = pfg_arguments_all(arguments, "base", &bases.at);
    heads.n = pfg_arguments_all(arguments, "head", &heads.at);
    out->files.history.n =
        pfg_arguments_all(arguments, "history", &out->files.history.at);
    if (words.n && (bases.n || heads.n)) {
        return pfg_fail(
            err, PFG_USAGE,
            "'%s' given together with --base or --head: which side is it?",
            words.at[0]);
    }
    if (bases.n > 1 && !heads.n && pfg_comparing_are_paths(bases)) {
        return pfg_fail(err, PFG_USAGE,
                        "'%s' after --base without --head: which side is it?",
                        bases.at[1]);
    }
    if (words.n > 2) {
        out->others = (struct pfg_paths){words.at + 2, words.n - 2};
    }
    if (words.n > 1 && pfg_comparing_are_paths(words)) {
        if (words.n > 2 && is_stdin(words.at[0])) {
            return pfg_fail(err, PFG_USAGE,
                            "standard input ('-') can be read "
                            "only once, not for each of several versions");
        }
        out->files.base = (struct pfg_paths){words.at, 1};
        out->files.head = (struct pfg_paths){words.at + 1, 1};
        return 0;
    }
    if (pfg_comparing_are_paths(heads)) {
        out->files.head = (struct pfg_paths){heads.at, heads.n};
        out->files.base = (struct pfg_paths){bases.at, bases.n};
        return 0;
    }
    if (bases.n > 1 || heads.n > 1) {
        return no_such_file(heads.n > 1 ? heads.at[0] : bases.at[0], err);
    }
    out->stored.search.base = bases.n   ? bases.at[0]
                              : words.n ? words.at[0]
                                        : NULL;
    out->stored.head = heads.n ? heads.at[0] : words.n > 1 ? words.at[1] : NULL;
    return 0;
}

#define MAX_WINDOW 30 /* older results are no longer relevant */

static int read_count(size_t *out, struct pfg_slice text, const char *option,
                      struct pfg_error *err)
{
    uint64_t n;

    if (pfg_number_parse_u64(&n, text) || !n || n > MAX_WINDOW) {
        return pfg_fail(err, PFG_USAGE,
                        "%s expects a number from 1 to %d, not '%.*s'", option,
                        MAX_WINDOW, (int)text.len, text.ptr);
    }
    *out = (size_t)n;
    return 0;
}

static int refuse_window(const struct pfg_evaluate_options *options,
                         const char *option, struct pfg_error *err)
{
    if (options->files.head.n) {
        return pfg_fail(err, PFG_USAGE,
                        "%s works with results in the database, not with files",
                        option);
    }
    if (options->stored.baseline) {
        return pfg_fail(err, PFG_USAGE, "%s and --baseline cannot be combined",
                        option);
    }
    if (options->alternating && options->stored.search.window > 1) {
        return pfg_fail(err, PFG_USAGE,
                        "%s and --alternating cannot be combined: earlier "
                        "versions were not measured in turn with the head",
                        option);
    }
    return 0;
}

/* --base previous, --base last:N and --window N. */
static int read_window(struct pfg_evaluate_options *out,
                       const struct pfg_arguments *arguments,
                       struct pfg_error *err)
{
    const char *window = pfg_arguments_value(arguments, "window");
    struct pfg_search_options *search = &out->stored.search;
    struct pfg_slice base = pfg_slice_of(search->base ? search->base : "");

    if (window &&
        read_count(&search->window, pfg_slice_of(window), "--window", err)) {
        return -1;
    }
    if (pfg_slice_is(base, "previous")) {
        search->by_time = true;
    } else if (pfg_take(&base, "last:")) {
        search->by_time = true;
        if (window) {
            return pfg_fail(err, PFG_USAGE,
                            "--base '%s' and --window cannot be combined",
                            search->base);
        }
        if (read_count(&search->window, base, "--base last:N", err)) {
            return -1;
        }
    }
    if (search->by_time && window) {
        pfg_fail(
            err, PFG_USAGE,
            "--base previous is one version, but --window asks for several");
        return pfg_hint(err,
                        "for several versions by time, use --base last:%zu",
                        search->window);
    }
    if (search->by_time) {
        search->base = NULL;
        return refuse_window(out, "--base previous or last:N", err);
    }
    return search->window ? refuse_window(out, "--window", err) : 0;
}

int pfg_comparing_judging(struct pfg_evaluate_options *out,
                          const struct pfg_arguments *arguments,
                          struct pfg_error *err)
{
    out->command = arguments->command_line;
    out->stored.database = pfg_arguments_value(arguments, "db");
    out->judging.allow_accept_all =
        pfg_arguments_flag(arguments, "allow-accept-all");
    out->judging.config = pfg_arguments_value(arguments, "config");
    out->judging.trust = pfg_arguments_value(arguments, "trust");
    out->n_filter = pfg_arguments_all(arguments, "filter", &out->filter);
    if (out->judging.trust && strcmp(out->judging.trust, "base") != 0 &&
        strcmp(out->judging.trust, "head") != 0) {
        return pfg_fail(err, PFG_USAGE,
                        "--trust expects base or head, not '%s'",
                        out->judging.trust);
    }
    return read_policy(&out->judging.policy, arguments, err) ||
                   pfg_filter_check(out->filter, out->n_filter, err)
               ? -1
               : 0;
}

int pfg_comparing_options(struct pfg_evaluate_options *out,
                          const struct pfg_arguments *arguments,
                          struct pfg_words words, struct pfg_error *err)
{
    out->alternating = pfg_arguments_flag(arguments, "alternating");
    out->stored.search.base_branch =
        pfg_arguments_value(arguments, "base-branch");
    out->stored.baseline = pfg_arguments_value(arguments, "baseline");
    out->stored.hardware = pfg_arguments_value(arguments, "hardware");
    out->stored.baselines = pfg_arguments_value(arguments, "baselines");
    if (pfg_comparing_judging(out, arguments, err) ||
        pfg_input_options(&out->files.read, arguments, err) ||
        read_sides(out, arguments, words, err)) {
        return -1;
    }
    if (out->stored.baseline &&
        (out->stored.search.base || out->files.base.n)) {
        return pfg_fail(err, PFG_USAGE,
                        "--baseline and a base cannot be combined");
    }
    if (out->stored.baseline && out->files.head.n) {
        pfg_fail(err, PFG_USAGE,
                 "--baseline works with results of the head in the database, "
                 "not with files");
        return pfg_hint(err, "store them first: perfgate ingest '%s'",
                        out->files.head.at[0]);
    }
    if (read_window(out, arguments, err)) {
        return -1;
    }
    if (out->files.history.n && !out->files.head.n) {
        pfg_fail(err, PFG_USAGE,
                 "--history '%s' works only with files: the history of a "
                 "revision is in the database",
                 out->files.history.at[0]);
        return -1;
    }
    return 0;
}

/* If one of two words is a file, and the other neither a file nor a revision,
 * files were meant. */
static int explain_unknown(struct pfg_words words, struct pfg_error *err)
{
    if (words.n == 2 && err->code == PFG_USAGE && words.at[0][0] == '/' &&
        !pfg_is_path_argument(words.at[0])) {
        return no_such_file(words.at[0], err);
    }
    for (size_t i = 0; words.n == 2 && i < 2; i++) {
        const char *word = words.at[i], *other = words.at[1 - i];

        if (err->code == PFG_USAGE && !pfg_is_path_argument(word) &&
            pfg_is_path_argument(other)) {
            no_such_file(word, err);
            return pfg_hint(err,
                            "'%s' is one, so that two files are "
                            "compared",
                            other);
        }
    }
    return -1;
}

int pfg_comparing_evaluate(struct pfg_evaluation *out,
                           const struct pfg_context *context,
                           const struct pfg_evaluate_options *options,
                           struct pfg_words words, struct pfg_error *err)
{
    return pfg_evaluate(out, context, options, err)
               ? explain_unknown(words, err)
               : 0;
}
