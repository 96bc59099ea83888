#ifndef PFG_CLI_OPTIONS_COMPARE_OPTIONS_H
#define PFG_CLI_OPTIONS_COMPARE_OPTIONS_H

#include "app/evaluate/evaluate.h"
#include "cli/options/database_options.h"
#include "cli/options/input_options.h"

/* The sides to compare, and the policy: shared by compare, explain and doctor.
 */
#define PFG_JUDGING_OPTIONS                                                    \
    PFG_HEADING("limits and verdicts"),                                        \
        {"threshold", 't', "PCT",                                              \
         "fail if a benchmark is more than PCT per cent slower (default: 5). " \
         "With an explicit limit, changes over it that are likely but not "    \
         "proven fail, too"},                                                  \
        {"config", 0, "FILE",                                                  \
         "the configuration (default: perfgate.json in this or a parent "      \
         "folder)"},                                                           \
        {"trust", 0, "SIDE",                                                   \
         "use the policy of the head or of the base (default: \"trust\" in "   \
         "the base's perfgate.json, else head)"},                              \
        {"allow-accept-all", 0, NULL,                                          \
         "allow accepting all benchmarks at once"},                            \
        {"fail-on", 0, "LIST",                                                 \
         "the verdicts that fail the gate (regressed,missing,...)"},           \
        {"strict-threshold", 0, NULL,                                          \
         "fail only if the whole interval is over the limit"},                 \
        {"evidence", 0, "LEVEL",                                               \
         "the weakest evidence to decide on: exact, replicated, single, "      \
         "history, summary or point. Rows with weaker evidence are "           \
         "inconclusive"},                                                      \
    {                                                                          \
        "filter", 0, "TERM",                                                   \
            "[!][suite:|benchmark:|metric:]GLOB or /REGEX/; repeatable"        \
    }

#define PFG_SIDES_OPTIONS                                                      \
    PFG_HEADING("base and head"),                                              \
        {"base", 0, "REV|PATH...",                                             \
         "what to compare with; repeatable for paths. previous: the version "  \
         "measured before the head; last:N: the last N such versions, "        \
         "pooled"},                                                            \
        {"head", 0, "REV|PATH...",                                             \
         "what to judge (default: the commit under test)"},                    \
        {"window", 0, "N",                                                     \
         "use the last N measured versions of the base's branch, pooled, as "  \
         "the base (by time: --base last:N)"},                                 \
        {"base-branch", 0, "BRANCH",                                           \
         "the branch that changes are merged into (default: origin/HEAD, "     \
         "main, master)"},                                                     \
        {"baseline", 0, "NAME|FILE|auto",                                      \
         "compare with a named baseline or a baseline file; auto: the file "   \
         "for the head's hardware"},                                           \
        {"baselines", 0, "DIR",                                                \
         "the folder of baseline files (default: baselines)"},                 \
        {"history", 0, "PATH", "earlier results, oldest first; repeatable"},   \
        {"alternating", 0, NULL,                                               \
         "the files' processes were run in turn, alternating base and head"},  \
        {"hardware", 0, "NAME",                                                \
         "only results of the head on this machine (default: all machines it " \
         "was measured on)"},                                                  \
        PFG_DATABASE_OPTIONS

/* The words of a command line: [BASE [HEAD]]. */
struct pfg_words {
    const char *const *at;
    size_t n;
};

/* Reads PFG_JUDGING_OPTIONS and --db. Borrows from the arguments. */
int pfg_comparing_judging(struct pfg_evaluate_options *out,
                          const struct pfg_arguments *arguments,
                          struct pfg_error *err);

/* Reads all options above, and PFG_READING_OPTIONS. Borrows from the arguments.
 */
int pfg_comparing_options(struct pfg_evaluate_options *out,
                          const struct pfg_arguments *arguments,
                          struct pfg_words words, struct pfg_error *err);

/* pfg_evaluate(), with a better error if a word was probably meant as a file.
 */
int pfg_comparing_evaluate(struct pfg_evaluation *out,
                           const struct pfg_context *context,
                           const struct pfg_evaluate_options *options,
                           struct pfg_words words, struct pfg_error *err);

/* Whether there are words, and all are paths. */
bool pfg_comparing_are_paths(struct pfg_words words);

#endif
