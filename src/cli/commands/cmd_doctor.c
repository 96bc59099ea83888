#include "app/commands/doctor.h"
#include "cli/options/compare_options.h"

static const struct pfg_option options[] = {
    PFG_JUDGING_OPTIONS,
    PFG_SIDES_OPTIONS,
    PFG_READING_OPTIONS,
    {0},
};

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_words words = {arguments->words, arguments->n_words};
    bool paths = pfg_comparing_are_paths(words);
    struct pfg_evaluate_options evaluate = {0};

    if (!paths && words.n > 1) {
        pfg_fail(err, PFG_USAGE, "doctor expects one head, not %zu", words.n);
        return pfg_hint(err,
                        "perfgate doctor bench.txt; give the base with --base");
    }
    if (pfg_comparing_options(&evaluate, arguments, (struct pfg_words){0},
                              err)) {
        return -1;
    }
    if (words.n && (evaluate.stored.head || evaluate.files.head.n)) {
        return pfg_fail(err, PFG_USAGE, "'%s' and --head cannot be combined",
                        words.at[0]);
    }
    if (paths) {
        evaluate.files.head = (struct pfg_paths){words.at, words.n};
    } else if (words.n) {
        evaluate.stored.head = words.at[0];
    }
    evaluate.gate = true;
    return pfg_doctor(arguments->status, context, &evaluate, err);
}

const struct pfg_command pfg_command_doctor = {
    .name = "doctor",
    .group = "measure and look closer",
    .summary = "test whether this gate catches slowdowns without false alarms",
    .usage = "[OPTIONS] [REV | PATH...]",
    .about =
        "Splits measurements of one version into two halves (every other "
        "process; else each earlier run against the next; else every other "
        "sample) and compares them with the current limit and rules. Nothing "
        "changed, so every regression reported is a false alarm. Then it "
        "slows one half down by 5, 10 and 20%, a few rows at a time, and "
        "counts how many slowdowns are detected. It warns if the limit is "
        "below the noise of this machine.\n\n"
        "  perfgate doctor bench.txt\n"
        "  perfgate doctor --threshold 10        the commit under test\n\n"
        "A half has fewer samples than the whole, so a real comparison "
        "detects slightly more.\n\n"
        "exit status: 0 the gate detects slowdowns; 1 it does not, not even "
        "of 20%; 2 wrong usage; 3 no data, or too little to split; 4 disk, "
        "database or git failed.\n",
    .options = options,
    .run = run,
};
