#ifndef PFG_CLI_OPTIONS_PROGRAM_OPTIONS_H
#define PFG_CLI_OPTIONS_PROGRAM_OPTIONS_H

#include "app/measure/measure_options.h"
#include "cli/options/options.h"

/* Which commands are measured, and how they are started. */
#define PFG_COMMAND_OPTIONS                                                    \
    PFG_HEADING("the command"),                                                \
        {"prepare", 'p', "SHELL", "builds a work tree: 'make bench'"},         \
        {"setup", 0, "SHELL", "the same as --prepare"},                        \
        {"command", 0, "SHELL",                                                \
         "instead of COMMAND, for a shell: a benchmark each; repeatable"},     \
        {"no-shell", 'N', NULL,                                                \
         "split --command, --base-command and --head-command into words and "  \
         "start them without a shell"},                                        \
        {"parameter-list", 'L', "NAME VALUES",                                 \
         "measure once with each of the VALUES (a,b,c) in place of {NAME}; "   \
         "repeatable"},                                                        \
        {"only", 0, "BENCHMARK",                                               \
         "measure only this one, through the tool's filter; repeatable"},      \
        {"results", 'o', "PATH",                                               \
         "what the command writes, where it is not stdout; below its work "    \
         "tree, and removed before each run; repeatable"},                     \
        {"before-each", 0, "SHELL",                                            \
         "run before each process, and not measured"},                         \
        {"cleanup", 0, "SHELL", "run in each work tree at the end"},           \
        {"input", 0, "FILE", "what the command reads (default: /dev/null)"},   \
        {"output", 0, "FILE|null",                                             \
         "where its output goes; it is not read then, and the process "        \
         "measured"},                                                          \
        {"ignore-failure", 'i', NULL, "measure commands that fail, too"},      \
        {"exit-ok", 0, "STATUS",                                               \
         "an exit status of the command that is no failure; repeatable (k6's " \
         "99 is known)"},                                                      \
        {"keep-env", 0, "NAME",                                                \
         "a variable that holds a token and that the command is to see all "   \
         "the same; repeatable"},                                              \
        {"timeout", 0, "TIME", "of one process (default: 30m)"},               \
        {"cpus", 0, "LIST", "run on these processors: 2, 0-3, 1,3"},           \
    {                                                                          \
        "priority", 0, "NICE", "nice value, where allowed (default: -5)"       \
    }

/* What is measured of the programs themselves. */
#define PFG_PROGRAM_OPTIONS                                                    \
    PFG_HEADING("programs as benchmarks"),                                     \
        {"measure", 0, "WHAT",                                                 \
         "process: each process itself (time, CPU time, memory, page faults, " \
         "context switches, disk), besides what its output says; output: "     \
         "only that; auto (default): the process where the output is of no "   \
         "known tool"},                                                        \
        {"counter", 0, "LIST",                                                 \
         "count instructions, cycles, branches, branch-misses, "               \
         "cache-references, cache-misses, task-clock, page-faults, "           \
         "context-switches of each process, in user space; with --measure in " \
         "processes of their own, else nothing besides"},                      \
        {"counter-by", 0, "METHOD",                                            \
         "perf (default): the kernel; callgrind: valgrind, a model of a "      \
         "processor; auto: callgrind where the kernel cannot"},                \
        {"repeat", 0, "N",                                                     \
         "start a process that is itself measured N times a round (default: "  \
         "as often as fits into 0.1s, without --base 1s; once with "           \
         "--rounds)"},                                                         \
    {                                                                          \
        "size", 0, "PATH",                                                     \
            "measure the size of a file, or of all in a folder, and of an "    \
            "ELF file's sections; below the work tree; repeatable"             \
    }

/* What runs beside them. */
#define PFG_SERVICE_OPTIONS                                                    \
    PFG_HEADING("services"),                                                   \
        {"service", 0, "SHELL",                                                \
         "what runs beside the command, each version's own, as a server "      \
         "does: './server --port {port}', where {port} is a free port that "   \
         "the command may name, too; repeatable, started in order"},           \
        {"ready", 0, "WHEN",                                                   \
         "when the service is ready: http://HOST:PORT/PATH, tcp:PORT, or a "   \
         "shell command that succeeds (default: when it listens on its "       \
         "{port}); one for each --service, or one for the last"},              \
        {"ready-timeout", 0, "TIME", "how long that may take (default: 30s)"}, \
        {"service-per", 0, "round|session",                                    \
         "start the service for each round (default), or keep it to the end: " \
         "base and head then run at the same time"},                           \
    {                                                                          \
        "watch", 0, "WHAT",                                                    \
            "measure CPU, memory, threads, descriptors, context switches and " \
            "disk of a process and its descendants while the command runs: "   \
            "service, a process's number, or what pgrep is to look for: "      \
            "'nginx', '-f server.js'; the GPU, too; repeatable"                \
    }

/* Reads all of these and makes the programs of both sides from them, the
 * sides' commands and out->command, which is left where it is the only one.
 * Borrows from the arguments. */
int pfg_program_options(struct pfg_process_options *out,
                        const struct pfg_side_options *sides,
                        const struct pfg_arguments *arguments,
                        struct pfg_error *err);

/* Processes or rounds: `least` to 1000. *out stays where the option was not
 * given. */
int pfg_option_count(size_t *out, const struct pfg_arguments *arguments,
                     const char *option, size_t least, struct pfg_error *err);

#endif
