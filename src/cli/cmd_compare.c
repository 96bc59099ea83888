#include <string.h>

#include "app/evaluate.h"
#include "app/publish.h"
#include "base/slice.h"
#include "cli/options.h"
#include "cli/reading.h"
#include "group/filter.h"
#include "policy/policy.h"

static const struct pfg_option options[] = {
    {"threshold", 't', "PCT",
     "how much worse is too much (default: 5). A limit\nthat you write is a "
     "gate: unproven changes over\nit fail too"},
    {"fail-on", 0, "LIST",
     "verdicts that fail the gate (regressed,missing,...)"},
    {"strict-threshold", 0, NULL,
     "the whole interval must be over the limit"},
    {"filter", 0, "TERM",
     "[!][suite:|benchmark:|metric:]GLOB or /REGEX/;\nrepeatable"},
    {"report", 'r', "FORMAT[=FILE]",
     "text, markdown, html or json; repeatable. Without\na file: on stdout, "
     "instead of the table"},
    {"all", 'a', NULL, "show every row"},
    {"no-gate", 0, NULL, "report, and exit 0 whatever was found"},
    {"allow-no-baseline", 0, NULL,
     "exit 0, loudly, when there is nothing to compare\nwith"},
    {"base", 0, "REV|PATH",
     "compare with this; paths are repeatable"},
    {"head", 0, "REV|PATH",
     "what is judged (default: the commit under test)"},
    {"base-branch", 0, "BRANCH",
     "where pull requests go (default: origin/HEAD,\nmain, master)"},
    {"baseline", 0, "NAME|FILE|auto",
     "compare with a baseline file; auto picks the one\nof the head's "
     "hardware"},
    {"baselines", 0, "DIR", "where those are (default: baselines)"},
    {"history", 0, "PATH",
     "earlier results, oldest first; repeatable"},
    {"alternating", 0, NULL,
     "the processes of base and head were run in turn"},
    {"db", 0, "FILE", "the database (default: .perfgate/perfgate.db)"},
    {"templates", 0, "DIR", "templates that override the built-in ones"},
    {"report-url", 0, "URL", "where the full report will be"},
    PFG_READING_OPTIONS,
    {0},
};

static int read_policy(struct pfg_policy *out,
                       const struct pfg_arguments *arguments,
                       struct pfg_error *err)
{
    const char *threshold = pfg_arguments_value(arguments, "threshold");
    const char *fail_on = pfg_arguments_value(arguments, "fail-on");

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
    return fail_on ? pfg_policy_parse_fail_on(&out->fail_on,
                                              pfg_slice_of(fail_on), err)
                   : 0;
}

static int read_destinations(struct pfg_destination **out, size_t *n,
                             const struct pfg_arguments *arguments,
                             struct pfg_error *err)
{
    const char **reports;

    *n = pfg_arguments_all(arguments, "report", &reports);
    *out = pfg_arena_new_array(arguments->arena, struct pfg_destination, *n);
    for (size_t i = 0; i < *n; i++) {
        if (pfg_destination_parse(&(*out)[i], reports[i], err)) {
            return -1;
        }
    }
    return 0;
}

static bool are_paths(const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!pfg_is_path_argument(words[i])) {
            return false;
        }
    }
    return n > 0;
}

static int too_many(const struct pfg_arguments *arguments,
                    struct pfg_error *err)
{
    pfg_fail(err, PFG_USAGE, "more than two things to compare: '%s'",
             arguments->words[2]);
    return pfg_hint(err, "several files a side: --base A B --head C D is "
                         "written --base A --base B --head C --head D");
}

/* Two words that are paths are compared as files; anything else is revisions
 * and names. --base and --head are either, but both the same. */
static int read_sides(struct pfg_evaluate_options *out,
                      const struct pfg_arguments *arguments,
                      struct pfg_error *err)
{
    const char **bases, **heads;
    size_t n_bases = pfg_arguments_all(arguments, "base", &bases);
    size_t n_heads = pfg_arguments_all(arguments, "head", &heads);

    out->history_paths.n = pfg_arguments_all(
        arguments, "history", (const char ***)&out->history_paths.at);
    if (arguments->n_words > 2) {
        return too_many(arguments, err);
    }
    if (arguments->n_words && (n_bases || n_heads)) {
        return pfg_fail(err, PFG_USAGE, "'%s' beside --base or --head: which "
                        "side is it?", arguments->words[0]);
    }
    if (arguments->n_words == 2 && are_paths(arguments->words, 2)) {
        out->base_paths = (struct pfg_paths){arguments->words, 1};
        out->head_paths = (struct pfg_paths){arguments->words + 1, 1};
        return 0;
    }
    if (n_heads && are_paths(heads, n_heads)) {
        out->head_paths = (struct pfg_paths){heads, n_heads};
        out->base_paths = (struct pfg_paths){bases, n_bases};
        return 0;
    }
    if (n_bases > 1 || n_heads > 1) {
        return pfg_fail(err, PFG_DATA, "cannot read '%s': no such file or "
                        "directory", n_heads > 1 ? heads[0] : bases[0]);
    }
    out->base = n_bases ? bases[0]
                : arguments->n_words ? arguments->words[0] : NULL;
    out->head = n_heads ? heads[0]
                : arguments->n_words > 1 ? arguments->words[1] : NULL;
    return 0;
}

static int read_options(struct pfg_evaluate_options *out,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    out->alternating = pfg_arguments_flag(arguments, "alternating");
    out->gate = !pfg_arguments_flag(arguments, "no-gate");
    out->allow_no_baseline =
        pfg_arguments_flag(arguments, "allow-no-baseline");
    out->command = arguments->command_line;
    out->database = pfg_arguments_value(arguments, "db");
    out->base_branch = pfg_arguments_value(arguments, "base-branch");
    out->baseline = pfg_arguments_value(arguments, "baseline");
    out->baselines = pfg_arguments_value(arguments, "baselines");
    out->n_filter = pfg_arguments_all(arguments, "filter",
                                      (const char ***)&out->filter);
    if (read_policy(&out->policy, arguments, err) ||
        pfg_reading_options(&out->read, arguments, err) ||
        pfg_filter_check(out->filter, out->n_filter, err) ||
        read_sides(out, arguments, err)) {
        return -1;
    }
    if (out->baseline && (out->base || out->base_paths.n)) {
        return pfg_fail(err, PFG_USAGE, "--baseline and a base: which one?");
    }
    return 0;
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_render_options render = {
        .color = context->color,
        .width = context->width,
        .all = pfg_arguments_flag(arguments, "all"),
        .templates = pfg_arguments_value(arguments, "templates"),
        .report_url = pfg_arguments_value(arguments, "report-url"),
    };
    struct pfg_evaluate_options evaluate = {0};
    struct pfg_evaluation evaluation;
    struct pfg_destination *destinations;
    size_t n;
    int failed;

    if (read_options(&evaluate, arguments, err) ||
        read_destinations(&destinations, &n, arguments, err) ||
        pfg_evaluate(&evaluation, context, &evaluate, err)) {
        return -1;
    }
    failed = pfg_publish(context, evaluation.report, destinations, n, &render,
                         err);
    *arguments->status = evaluation.report->status;
    pfg_evaluation_free(&evaluation);
    return failed;
}

const struct pfg_command pfg_command_compare = {
    .name = "compare",
    .alias = "diff",
    .group = "start here",
    .summary = "compare two versions, or two files; fail when it got slower",
    .usage = "[OPTIONS] [BASE [HEAD]]",
    .about =
        "With two paths, compares the results in them: no database, no git, "
        "no hardware\ncheck. Several paths a side: --base A --base B --head C "
        "--head D. A path may be\nlabelled, old=a.txt, and "
        "target/criterion@NAME is a criterion baseline.\n\n"
        "  perfgate compare old.txt new.txt\n\n"
        "Otherwise compares what the database holds of the commit under test "
        "(or HEAD)\nwith its base: BASE, else the nearest ancestor with "
        "results on the hardware that\nthe head was measured on, from the "
        "merge-base with the base branch on.\n\n"
        "  perfgate compare --threshold 10 --report html=report.html\n\n"
        "exit status: 0 passed; 1 the gate failed: something is over its "
        "limit, over its\nbudget, failed or missing; 2 wrong usage, unknown "
        "revision; 3 no data for the\nhead; 4 disk, database or git failed; 5 "
        "nothing to compare with.\n",
    .options = options,
    .run = run,
};
