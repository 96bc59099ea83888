#ifndef PFG_CLI_OPTIONS_MEASURING_OPTIONS_H
#define PFG_CLI_OPTIONS_MEASURING_OPTIONS_H

#include "cli/options/compare_options.h"
#include "cli/options/program_options.h"

#define PFG_ROUNDS_OPTIONS                                                     \
    PFG_HEADING("rounds"),                                                     \
        {"rounds", 'n', "N",                                                   \
         "exactly N processes per side (default: until decided; without "      \
         "--base: 1)"},                                                        \
        {"runs", 0, "N", "the same as --rounds"},                              \
        {"max-rounds", 0, "N",                                                 \
         "at most N processes per side, until decided (default: as many as "   \
         "fit into the time budget, up to 1000), and as many again for "       \
         "changes that are then likely but not proven"},                       \
        {"time-budget", 0, "TIME",                                             \
         "start no round that would end more than TIME (10m, 90s, 1h) after "  \
         "the first; three rounds are always made (default: 10m; none with "   \
         "--rounds)"},                                                         \
        {"warmup", 0, "N",                                                     \
         "rounds to run first and discard (default: 1; without --base: 0)"},   \
        {"settle", 0, "TIME", "wait up to TIME for a quiet machine"},          \
    {                                                                          \
        "seed", 0, "TEXT",                                                     \
            "randomise which side goes first (default: the base)"              \
    }

/* How a command is measured, for `run` and `bisect`. */
#define PFG_MEASURING_OPTIONS                                                  \
    PFG_COMMAND_OPTIONS, PFG_ROUNDS_OPTIONS, PFG_PROGRAM_OPTIONS,              \
        PFG_SERVICE_OPTIONS

/* What `run` looks at when all is judged. */
#define PFG_PROFILE_OPTIONS                                                    \
    PFG_HEADING("profiles"),                                                   \
        {"profile", 0, "[=PROFILER]",                                          \
         "run regressed benchmarks again under a profiler and report which "   \
         "function got slower: perf, callgrind, or auto (default: perf if "    \
         "permitted, else callgrind; for go test, Go's own)"},                 \
        {"profile-of", 0, "WHAT",                                              \
         "regressed (default), changed (also what got better) or all"},        \
        {"profile-most", 0, "N",                                               \
         "profile at most N benchmarks, the worst first (default: 3)"},        \
    {                                                                          \
        "profile-budget", 0, "TIME",                                           \
            "the time for profiling, in addition to --time-budget (default: "  \
            "3m)"                                                              \
    }

/*
 * Reads them with PFG_JUDGING_OPTIONS, PFG_READING_OPTIONS and what else the
 * command has of the options of `run`. The words are the command. *out is
 * zeroed but for its revisions, and the sides' own commands. Borrows from the
 * arguments.
 */
int pfg_measuring_options(struct pfg_measure_options *out,
                          const struct pfg_arguments *arguments,
                          struct pfg_error *err);

/* Reads PFG_PROFILE_OPTIONS. */
int pfg_profile_options(struct pfg_profile_options *out,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err);

#endif
