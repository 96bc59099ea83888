#include "app/database/share.h"
#include "app/evaluate/store_verdicts.h"
#include "cli/options/compare_options.h"
#include "cli/options/publish_options.h"

static const struct pfg_option options[] = {
    {"no-gate", 0, NULL, "report only: exit 0 even if the gate fails"},
    {"allow-no-baseline", 0, NULL,
     "if there is nothing to compare with, warn and exit 0"},
    {"pull", 0, "[=REMOTE]",
     "first add the shared history of REMOTE (default: origin) to the "
     "database; see 'perfgate db pull'"},
    PFG_SIDES_OPTIONS,
    {"base-again", 0, "PATH",
     "a second measurement of the base, to decide changes that are likely but "
     "not proven; repeatable"},
    {"head-again", 0, "PATH", "the same for the head"},
    PFG_JUDGING_OPTIONS,
    PFG_REPORTING_OPTIONS,
    PFG_COMMENTING_OPTIONS,
    PFG_READING_OPTIONS,
    {0},
};

static int read_again(struct pfg_evaluate_options *out,
                      const struct pfg_arguments *arguments,
                      struct pfg_error *err)
{
    struct pfg_paths *base = &out->files.base_again;
    struct pfg_paths *head = &out->files.head_again;

    base->n = pfg_arguments_all(arguments, "base-again", &base->at);
    head->n = pfg_arguments_all(arguments, "head-again", &head->at);
    if (!base->n != !head->n) {
        return pfg_fail(err, PFG_USAGE,
                        "--base-again and --head-again must be used together: "
                        "measure both sides again");
    }
    if (head->n && (!out->files.base.n || out->others.n)) {
        return pfg_fail(
            err, PFG_USAGE,
            "--head-again '%s' works only with files of one base and one head",
            head->at[0]);
    }
    return 0;
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_words words = {arguments->words, arguments->n_words};
    struct pfg_evaluate_options evaluate = {0};
    struct pfg_evaluation evaluation;
    struct pfg_reporting reporting;
    struct pfg_commenting commenting;
    const char *pull = pfg_arguments_value(arguments, "pull");
    const struct pfg_shared_options shared = {
        .database = pfg_arguments_value(arguments, "db"),
        .remote = pull && *pull ? pull : NULL};

    if (pfg_comparing_options(&evaluate, arguments, words, err) ||
        read_again(&evaluate, arguments, err) ||
        pfg_reporting_options(&reporting, context, arguments, err) ||
        pfg_commenting_options(&commenting, arguments, err)) {
        return -1;
    }
    evaluate.gate = !pfg_arguments_flag(arguments, "no-gate");
    evaluate.allow_no_baseline =
        pfg_arguments_flag(arguments, "allow-no-baseline");
    if (pull && pfg_db_pull(context, &shared, err)) {
        return -1;
    }
    if (pfg_comparing_evaluate(&evaluation, context, &evaluate, words, err)) {
        return -1;
    }
    if (evaluate.gate && !evaluate.files.head.n) {
        pfg_verdicts_store(context, &evaluation, evaluate.stored.database);
    }
    return pfg_publish_evaluation(&evaluation, context, &reporting, &commenting,
                                  arguments->status, err);
}

const struct pfg_command pfg_command_compare = {
    .name = "compare",
    .alias = "diff",
    .group = "start here",
    .summary =
        "compare two versions, or two files; fail if something got slower",
    .usage = "[OPTIONS] [BASE [HEAD...]]",
    .about =
        "With two paths, compares the results in them, without database, git "
        "or hardware check. For several paths per side, use --base A --base B "
        "--head C --head D. A path can be labelled, old=a.txt, and "
        "target/criterion@NAME is a criterion baseline. Further heads are "
        "compared with the same base.\n\n"
        "  perfgate compare old.txt new.txt\n"
        "  perfgate compare v1=old.txt v2=new.txt v3=newer.txt\n\n"
        "Otherwise compares stored results of the commit under test (or HEAD) "
        "with those of a base: BASE, else the nearest ancestor with results "
        "on the same hardware as the head, starting at the merge-base with "
        "the base branch.\n\n"
        "  perfgate compare --threshold 10 --report html=report.html\n\n"
        "If a change is over its limit and likely but not proven, measure it "
        "again, base and head, as perfgate run does by itself. The new files "
        "need only have these benchmarks:\n\n"
        "  perfgate compare old.txt new.txt --base-again old2.txt "
        "--head-again new2.txt\n\n"
        "exit status: 0 passed; 1 the gate failed: a benchmark is over its "
        "limit or budget, failed, or is missing; 2 wrong usage, unknown "
        "revision; 3 no data for the head; 4 disk, database or git failed; 5 "
        "nothing to compare with.\n",
    .options = options,
    .run = run,
};
