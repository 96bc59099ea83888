#ifndef PFG_CLI_OPTIONS_MEASURING_OPTIONS_H
#define PFG_CLI_OPTIONS_MEASURING_OPTIONS_H

#include "app/measure/measure_options.h"
#include "cli/options/compare_options.h"

/* The commands to measure, and how to start them. */
#define PFG_COMMAND_OPTIONS                                                    \
    PFG_HEADING("the command"),                                                \
        {"prepare", 'p', "SHELL",                                              \
         "the command that builds a work tree: 'make bench'"},                 \
        {"setup", 0, "SHELL", "the same as --prepare"},                        \
        {"command", 0, "SHELL",                                                \
         "a shell command instead of COMMAND; repeatable, one benchmark for "  \
         "each"},                                                              \
        {"no-shell", 'N', NULL,                                                \
         "split --command, --base-command and --head-command into words and "  \
         "run them without a shell"},                                          \
        {"parameter-list", 'L', "NAME VALUES",                                 \
         "measure once for each of the VALUES (a,b,c) in place of {NAME}; "    \
         "repeatable"},                                                        \
        {"only", 0, "BENCHMARK",                                               \
         "measure only this benchmark, using the tool's filter; repeatable"},  \
        {"results", 'o', "PATH",                                               \
         "a file or folder that the command writes results to instead of "     \
         "stdout; inside its work tree, and removed before each run; "         \
         "repeatable"},                                                        \
        {"before-each", 0, "SHELL", "run before each process, not measured"},  \
        {"cleanup", 0, "SHELL", "run in each work tree at the end"},           \
        {"input", 0, "FILE",                                                   \
         "standard input of the command (default: /dev/null)"},                \
        {"output", 0, "FILE|null",                                             \
         "where to write the command's output; it is then not read for "       \
         "results, and the process is measured"},                              \
        {"ignore-failure", 'i', NULL, "also measure commands that fail"},      \
        {"exit-ok", 0, "STATUS",                                               \
         "an exit status of the command that is not a failure; repeatable "    \
         "(k6's 99 is known)"},                                                \
        {"keep-env", 0, "NAME",                                                \
         "keep this variable in the command's environment although it "        \
         "contains a token; repeatable"},                                      \
        {"timeout", 0, "TIME",                                                 \
         "the time limit of one process (default: 30m)"},                      \
        {"cpus", 0, "LIST", "run on these CPUs: 2, 0-3, 1,3"},                 \
    {                                                                          \
        "priority", 0, "NICE", "the nice value, if permitted (default: -5)"    \
    }

/* What to measure of the programs themselves. */
#define PFG_PROGRAM_OPTIONS                                                    \
    PFG_HEADING("programs as benchmarks"),                                     \
        {"measure", 0, "WHAT",                                                 \
         "process: measure each process (time, CPU time, memory, page "        \
         "faults, context switches, disk) in addition to reading its output; " \
         "output: only read its output; auto (default): measure the process "  \
         "if its output is not from a known tool"},                            \
        {"counter", 0, "LIST",                                                 \
         "count instructions, cycles, branches, branch-misses, "               \
         "cache-references, cache-misses, task-clock, page-faults, "           \
         "context-switches of each process, in user space; with --measure, "   \
         "in separate processes, otherwise nothing else is measured"},         \
        {"counter-by", 0, "METHOD",                                            \
         "perf (default): the kernel's counters; callgrind: valgrind, which "  \
         "simulates a CPU; auto: callgrind if the kernel cannot count"},       \
        {"repeat", 0, "N",                                                     \
         "if the process itself is measured, start it N times per round "      \
         "(default: as often as fits into 0.1s, or 1s without --base; once "   \
         "with --rounds)"},                                                    \
    {                                                                          \
        "size", 0, "PATH",                                                     \
            "measure the size of a file, or of all files in a folder, and "    \
            "the sections of an ELF file; inside the work tree; repeatable"    \
    }

/* Services that run beside them. */
#define PFG_SERVICE_OPTIONS                                                    \
    PFG_HEADING("services"),                                                   \
        {"service", 0, "SHELL",                                                \
         "a service to run beside the command, separately for each version: "  \
         "'./server --port {port}', where {port} is a free port that the "     \
         "command can use too; repeatable, started in order"},                 \
        {"ready", 0, "WHEN",                                                   \
         "when the service is ready: http://HOST:PORT/PATH, tcp:PORT, or a "   \
         "shell command that succeeds (default: when it listens on its "       \
         "{port}); one for each --service, or one for the last"},              \
        {"ready-timeout", 0, "TIME",                                           \
         "how long to wait until the service is ready (default: 30s)"},        \
        {"service-per", 0, "round|session",                                    \
         "start the service for each round (default), or keep it running to "  \
         "the end: base and head then run at the same time"},                  \
    {                                                                          \
        "watch", 0, "WHAT",                                                    \
            "measure CPU, memory, threads, descriptors, context switches and " \
            "disk of a process and its descendants while the command runs: "   \
            "service, a process ID, or arguments for pgrep ('nginx', '-f "     \
            "server.js'); also the GPU; repeatable"                            \
    }

/* Reads all of these, and makes the programs of both sides from them, from the
 * sides' commands, or from out->command, which stays set if it is the only
 * command. Borrows from the arguments. */
int pfg_program_options(struct pfg_process_options *out,
                        const struct pfg_side_options *sides,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err);

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

/* How to measure a command, for `run` and `bisect`. */
#define PFG_MEASURING_OPTIONS                                                  \
    PFG_COMMAND_OPTIONS, PFG_ROUNDS_OPTIONS, PFG_PROGRAM_OPTIONS,              \
        PFG_SERVICE_OPTIONS

/* Profiles that `run` takes at the end. */
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
 * Reads these options, PFG_JUDGING_OPTIONS, PFG_READING_OPTIONS and all other
 * options of `run` that the command has. The words are the command. Apart from
 * its revisions and the sides' commands, *out must be zeroed. Borrows from the
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
