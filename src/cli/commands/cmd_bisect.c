#include "app/bisect/bisect.h"
#include "app/programs/command_words.h"
#include "base/str.h"
#include "cli/options/database_options.h"
#include "cli/options/measuring_options.h"

static const struct pfg_option options[] = {
    {"good", 0, "REV",
     "the good commit: search from here instead of at the steps in the "
     "history"},
    {"bad", 0, "REV", "the bad commit (default with --good: HEAD)"},
    {"skip", 0, "REV",
     "skip a commit that does not build or cannot be measured; repeatable"},
    {"branch", 0, "BRANCH", "the branch to follow (default: HEAD)"},
    {"since", 0, "REV|DATE|DAYS",
     "only steps since this version, date or age (v1.2, 2026-01-31, 90d)"},
    {"hardware", 0, "NAME",
     "the profile whose history has the step (default: the one with the most "
     "commits)"},
    PFG_DATABASE_OPTIONS,
    {"json", 0, NULL, "print the result as a JSON document"},
    {"quiet", 'q', NULL, "do not show progress"},
    PFG_MEASURING_OPTIONS,
    PFG_JUDGING_OPTIONS,
    PFG_READING_OPTIONS,
    {0},
};

/* The options and the command to give to `run` to measure the same: those
 * given, except for options that the search sets. */
static const char *run_words(const struct pfg_arguments *arguments)
{
    static const char *const own[] = {"good",   "bad",       "skip",
                                      "branch", "since",     "hardware",
                                      "filter", "threshold", "json"};
    struct pfg_str text = pfg_str_in(arguments->arena);

    for (size_t i = 0; i < arguments->n_given; i++) {
        const struct pfg_given *given = &arguments->given[i];
        bool is_own = false;

        for (size_t j = 0; j < PFG_COUNT(own); j++) {
            is_own |= pfg_slice_is(pfg_slice_of(given->option->name), own[j]);
        }
        if (!is_own) {
            pfg_str_printf(&text, "--%s%s", given->option->name,
                           given->value ? "=" : " ");
            if (given->value) {
                pfg_word_quote(&text, given->value);
                pfg_str_putc(&text, ' ');
            }
        }
    }
    pfg_str_puts(&text, "--");
    for (size_t i = 1; i < arguments->n_words; i++) {
        pfg_str_putc(&text, ' ');
        pfg_word_quote(&text, arguments->words[i]);
    }
    pfg_str_puts(&text, arguments->n_words > 1 ? "" : " COMMAND");
    return text.ptr;
}

static int read_options(struct pfg_bisect_options *out,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err)
{
    struct pfg_arguments benchmark = *arguments, command = *arguments;

    if (!arguments->n_words) {
        pfg_fail(err, PFG_USAGE, "no benchmark given");
        return pfg_hint(err, "perfgate bisect BENCHMARK -- COMMAND; 'perfgate "
                             "trend' lists the changes");
    }
    benchmark.n_words = 1;
    command.words++;
    command.n_words--;
    *out = (struct pfg_bisect_options){
        .good = pfg_arguments_value(arguments, "good"),
        .bad = pfg_arguments_value(arguments, "bad"),
        .json = pfg_arguments_flag(arguments, "json"),
        .measures = command.n_words ||
                    pfg_arguments_value(arguments, "suite") ||
                    pfg_arguments_value(arguments, "command"),
        .run = run_words(arguments),
    };
    out->n_skip = pfg_arguments_all(arguments, "skip", &out->skip);
    if (out->bad && !out->good) {
        return pfg_fail(err, PFG_USAGE, "--bad '%s' without --good", out->bad);
    }
    if (out->good && !out->bad) {
        out->bad = "HEAD";
    }
    if (pfg_history_options_read(&out->history, &benchmark, err)) {
        return -1;
    }
    out->history.context = true;
    if (!out->measures) {
        return pfg_comparing_judging(&out->measure.evaluate, arguments, err);
    }
    out->measure.sides.base = "";
    return pfg_measuring_options(&out->measure, &command, err);
}

static int run(const struct pfg_context *context,
               const struct pfg_arguments *arguments, struct pfg_error *err)
{
    struct pfg_bisect_options how;

    return read_options(&how, arguments, err) ||
                   pfg_bisect(arguments->status, context, &how, err)
               ? -1
               : 0;
}

const struct pfg_command pfg_command_bisect = {
    .name = "bisect",
    .group = "results and machines",
    .summary = "find the commit that made a benchmark slower",
    .usage = "[OPTIONS] BENCHMARK [-- COMMAND...]",
    .about =
        "Finds the commit that caused each step for the worse in a "
        "benchmark's stored results (see 'perfgate help trend'). It measures "
        "COMMAND like 'perfgate run' does, with the commit halfway and the "
        "good commit in turn, until it is clear whether more than half of the "
        "step is present. Finally it compares the commit found with the one "
        "before it, and reports it as proven only if this comparison detects "
        "a regression.\n\n"
        "  perfgate bisect sort -- go test -bench . -count 1 ./...\n"
        "  perfgate bisect sort --good v1.2 --bad main --prepare make -- "
        "./bench --json\n\n"
        "Without COMMAND it prints what to measure next. Earlier measurements "
        "made in turn are reused: to continue after Ctrl-C, run it again. "
        "Commits that do not build are skipped.\n\n"
        "exit status: 0 every step was traced to a commit; 2 wrong usage; 3 "
        "some step was not, or there is none; 4 disk, database or git failed; "
        "5 the good commit cannot be measured; 130 interrupted, 143 "
        "terminated.\n",
    .options = options,
    .run = run,
};
