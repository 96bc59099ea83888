#ifndef PFG_CLI_COMPARE_OPTIONS_H
#define PFG_CLI_COMPARE_OPTIONS_H

#include "app/evaluate/evaluate.h"
#include "cli/input_options.h"
#include "cli/options.h"

/* What is compared and by which rules: shared by compare, explain and
 * doctor. */
#define PFG_JUDGING_OPTIONS                                                    \
    {"threshold", 't', "PCT",                                                  \
     "how much worse is too much (default: 5). A limit\nthat you write is a "  \
     "gate: unproven changes over\nit fail too"},                              \
        {"config", 0, "FILE",                                                  \
         "the configuration (default: perfgate.json, found\nupwards)"},        \
        {"trust", 0, "SIDE",                                                   \
         "whose policy judges: head, the change's own, or base,\nthat of "     \
         "the branch it goes to (default: what \"trust\"\nsays there, else "   \
         "head)"},                                                             \
        {"allow-accept-all", 0, NULL,                                          \
         "an acceptance may be of all benchmarks"},                            \
        {"fail-on", 0, "LIST",                                                 \
         "verdicts that fail the gate (regressed,missing,...)"},               \
        {"strict-threshold", 0, NULL,                                          \
         "the whole interval must be over the limit"},                         \
        {"evidence", 0, "LEVEL",                                               \
         "what verdicts must rest on at least: exact,\nreplicated, single, "   \
         "history, summary or point;\nweaker rows are inconclusive"},          \
    {                                                                          \
        "filter", 0, "TERM",                                                   \
            "[!][suite:|benchmark:|metric:]GLOB or /REGEX/;\nrepeatable"       \
    }

#define PFG_SIDES_OPTIONS                                                      \
    {"base", 0, "REV|PATH",                                                    \
     "compare with this; paths are repeatable. previous:\nwhat was measured "  \
     "before the head; last:N: the last N\nof those, pooled"},                 \
        {"head", 0, "REV|PATH",                                                \
         "what is judged (default: the commit under test)"},                   \
        {"window", 0, "N",                                                     \
         "pool the last N measured versions of the base's\nbranch as the "     \
         "base (by time: --base last:N)"},                                     \
        {"base-branch", 0, "BRANCH",                                           \
         "where pull requests go (default: origin/HEAD,\nmain, master)"},      \
        {"baseline", 0, "NAME|FILE|auto",                                      \
         "compare with a baseline file; auto picks the one\nof the head's "    \
         "hardware"},                                                          \
        {"baselines", 0, "DIR", "where those are (default: baselines)"},       \
        {"history", 0, "PATH", "earlier results, oldest first; repeatable"},   \
        {"alternating", 0, NULL,                                               \
         "the processes of base and head were run in turn"},                   \
    {                                                                          \
        "db", 0, "FILE", "the database (default: .perfgate/perfgate.db)"       \
    }

/* Words of a command line: [BASE [HEAD]]. */
struct pfg_words {
    const char *const *at;
    size_t n;
};

/* Reads PFG_JUDGING_OPTIONS and --db. Borrows from the arguments. */
int pfg_comparing_judging(struct pfg_evaluate_options *out,
                          const struct pfg_arguments *arguments,
                          struct pfg_error *err);

/* Reads all of the options above and PFG_READING_OPTIONS. Borrows from the
 * arguments. */
int pfg_comparing_options(struct pfg_evaluate_options *out,
                          const struct pfg_arguments *arguments,
                          struct pfg_words words, struct pfg_error *err);

/* pfg_evaluate(), whose error knows that one of two words may have been meant
 * as a file. */
int pfg_comparing_evaluate(struct pfg_evaluation *out,
                           const struct pfg_context *context,
                           const struct pfg_evaluate_options *options,
                           struct pfg_words words, struct pfg_error *err);

/* Whether all words are paths to compare; not so of none. */
bool pfg_comparing_are_paths(struct pfg_words words);

#endif
