#ifndef PFG_EXEC_CHILD_H
#define PFG_EXEC_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/str.h"
#include "exec/count.h"
#include "exec/interrupt.h"

/*
 * Runs one program to its end. Not libuv or GLib's GSubprocess: neither can set
 * affinity or priority, and both leave grandchildren behind when the parent is
 * killed.
 *
 * Between perfgate and the program stands a guard, a process that only waits.
 * It starts the program in a process group of its own and adopts the processes
 * that the program leaves behind. When the program has ended or must end, or
 * when perfgate is gone (even by kill -9), the guard kills the group and all it
 * has adopted, including processes with a session of their own. So nothing
 * outlives perfgate, and no measurement disturbs the next.
 */

struct pfg_child_env {
    const char *name, *value; /* value NULL: unset */
};

struct pfg_child_spec {
    /* Ended by NULL. A name without a slash is looked up in the PATH that the
     * program gets. With `shell`, argv[0] is text for /bin/sh -c, and the rest
     * are its $1, $2 and so on. */
    const char *const *argv;
    bool shell;
    const char *folder;              /* the working directory; NULL: this one */
    const struct pfg_child_env *env; /* differences from our environment */
    size_t n_env;
    const char *input; /* a file for stdin; NULL: /dev/null */
    /* A file for stdout, created or truncated; NULL: an unlinked temporary
     * file. */
    const char *output;
    bool together;         /* stderr goes to the same file, not to err_tail */
    uint64_t output_limit; /* bytes of stdout after which the program is killed;
                              0: none */
    double timeout;        /* s; 0: none */
    double grace;          /* s between TERM and KILL; 0: 2 */
    const int *cpus;       /* CPU numbers to run on; n_cpus 0: any */
    size_t n_cpus;
    /* Events for the kernel to count, at most PFG_COUNTS_MOST. */
    const struct pfg_count_event *events;
    size_t n_events;
    bool fixed_addresses; /* no address randomisation; a refusal is not an
                             error */
    int nice; /* the nice value, -20 to 19; 0: unchanged. A refusal is not an
                 error */
    /* Called at least every 200 ms while the program runs; NULL: nothing is
     * called. Returning false ends the program. */
    bool (*tick)(void *self, double seconds);
    void *self;
};

/* What the kernel counted of a program and all its descendants. */
struct pfg_usage {
    double seconds;       /* from start to end */
    double user, system;  /* CPU seconds */
    double cpu;           /* user + system */
    double memory;        /* bytes, peak resident size of the largest process */
    double faults;        /* page faults */
    double switches;      /* context switches */
    double read, written; /* bytes, from and to block devices */
};

#define PFG_CHILD_TAIL ((size_t)64 << 10)

struct pfg_child_result {
    int exit_status; /* -1 if a signal ended it */
    int signal;      /* 0 if it ended by itself */
    /* Why perfgate ended it. */
    bool timed_out, interrupted, too_much_output;
    struct pfg_usage usage;
    struct pfg_count counts[PFG_COUNTS_MOST]; /* one for each event */
    int output; /* stdout, to read from its start; owned by the result */
    uint64_t output_size;
    struct pfg_str out_tail, err_tail; /* the last PFG_CHILD_TAIL bytes */
};

/*
 * Returns 0 if the program was started, however it ended: see `out`. Release
 * `out` with pfg_child_free() in any case. An `interrupt` (NULL: none) at
 * PFG_INTERRUPT_NOW ends the program, or keeps it from starting, in which case
 * `seconds` is 0; PFG_INTERRUPT_AFTER does not. Errors: PFG_USAGE with a hint
 * if it cannot be started (not found, not executable, no such folder or CPU),
 * PFG_SYSTEM if the machine is short of something.
 */
int pfg_child_run(struct pfg_child_result *out,
                  const struct pfg_child_spec *spec,
                  struct pfg_interrupt *interrupt, struct pfg_error *err);

/*
 * Starts a program that runs beside others, such as a server. `timeout` and
 * `tick` are ignored, because nobody watches it meanwhile. The spec must
 * outlive it. A program that cannot be executed is reported by pfg_child_end().
 */
struct pfg_child;
int pfg_child_start(struct pfg_child **out, const struct pfg_child_spec *spec,
                    struct pfg_error *err);

/* Whether it is still running; does not wait. */
bool pfg_child_runs(struct pfg_child *child);

/* Its guard, the ancestor of it and of everything it starts. */
pid_t pfg_child_guard(const struct pfg_child *child);

/*
 * Ends it (TERM, the grace, KILL) unless it has ended, and frees it. With
 * `out`, as pfg_child_run(). A NULL child is fine without `out`.
 */
int pfg_child_end(struct pfg_child_result *out, struct pfg_child *child,
                  struct pfg_error *err);

void pfg_child_free(struct pfg_child_result *result); /* zeroed is fine */

/*
 * The end of its output, at most `most` bytes, trimmed: of stderr, or of stdout
 * if stderr is empty. Starts with a whole line, or if the last line alone is
 * longer, with a whole character. Borrows from the result.
 */
struct pfg_slice pfg_child_last_words(const struct pfg_child_result *result,
                                      size_t most);

#endif
