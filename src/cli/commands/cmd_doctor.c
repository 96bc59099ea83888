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
        pfg_fail(err, PFG_USAGE, "one head is examined, not %zu", words.n);
        return pfg_hint(err, "perfgate doctor bench.txt; a base is --base");
    }
    if (pfg_comparing_options(&evaluate, arguments, (struct pfg_words){0},
                              err)) {
        return -1;
    }
    if (words.n && (evaluate.stored.head || evaluate.files.head.n)) {
        return pfg_fail(err, PFG_USAGE, "'%s' beside --head: which one?",
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
    .summary = "test whether this gate would fire, and keep quiet",
    .usage = "[OPTIONS] [REV | PATH...]",
    .about =
        "Splits measurements of one version into two halves (every other "
        "process; else\n"
        "each earlier run against the next; else every other sample) and "
        "judges them as a\n"
        "comparison would, with the limit and rules that are set. Nothing "
        "changed, so\n"
        "whatever is called is a false alarm. Then it slows one half down by "
        "5, 10 and\n"
        "20%, a few rows at a time, and counts what is called. It warns if the "
        "limit is\n"
        "below the noise of this machine.\n"
        "\n"
        "  perfgate doctor bench.txt\n"
        "  perfgate doctor --threshold 10        the commit under test\n"
        "\n"
        "The halves hold fewer samples than the whole, so a real comparison "
        "detects a\n"
        "little more.\n"
        "\n"
        "exit status: 0 the gate can fire; 1 it cannot, not even at 20%; 2 "
        "wrong usage;\n"
        "3 no data, or too little to split; 4 disk, database or git failed.\n",
    .options = options,
    .run = run,
};
