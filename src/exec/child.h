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
 * Runs one program to its end. Written by hand because libuv and GLib's
 * GSubprocess have neither affinity nor priority, and leave grandchildren
 * behind when the parent is killed.
 *
 * Between perfgate and the program stands a guard, a process that does nothing
 * but wait: it starts the program in a process group of its own and adopts
 * whatever the program leaves behind. When the program has ended, is to end,
 * or perfgate is gone (killed with -9 as well), the guard kills the group and
 * all that it adopted, those with a session of their own too. So nothing
 * outlives perfgate, and nothing of one process disturbs the next.
 */

struct pfg_child_env {
    const char *name, *value; /* value NULL: unset */
};

struct pfg_child_spec {
    /* Ended by NULL; a name without a slash is looked up along the PATH that
     * the program itself gets. With `shell`: argv[0] is text for /bin/sh -c,
     * the rest its $1, $2 and so on. */
    const char *const *argv;
    bool shell;
    const char *folder;              /* to run in; NULL: this one */
    const struct pfg_child_env *env; /* what differs from our environment */
    size_t n_env;
    const char *input; /* what becomes stdin; NULL: /dev/null */
    /* Where stdout goes, made or emptied; NULL: an unlinked temporary file. */
    const char *output;
    bool together; /* stderr goes there, too, and not into err_tail */
    uint64_t
        output_limit; /* bytes of stdout after which it is ended; 0: none */
    double timeout;   /* s; 0: none */
    double grace;     /* s between TERM and KILL; 0: 2 */
    const int *cpus;  /* processors to run on, by number; n_cpus 0: any */
    size_t n_cpus;
    /* What the kernel is to count of it, at most PFG_COUNTS_MOST. */
    const struct pfg_count_event *events;
    size_t n_events;
    bool fixed_addresses; /* not randomised; refused is not an error */
    int nice; /* to set, -20 to 19; 0: leave. Refused is not an error */
    /* Called at least every 200 ms while it runs; NULL: nobody. False ends
     * it. */
    bool (*tick)(void *self, double seconds);
    void *self;
};

/* What the kernel counted of a program and all its descendants. */
struct pfg_usage {
    double seconds;       /* from its start to its end */
    double user, system;  /* CPU seconds */
    double cpu;           /* the sum of these */
    double memory;        /* bytes that the largest process had resident */
    double faults;        /* page faults */
    double switches;      /* context switches */
    double read, written; /* bytes, from and to block devices */
};

#define PFG_CHILD_TAIL ((size_t)64 << 10)

struct pfg_child_result {
    int exit_status; /* -1 where a signal ended it */
    int signal;      /* 0 where it ended by itself */
    /* Why we ended it. */
    bool timed_out, interrupted, too_much_output;
    struct pfg_usage usage;
    struct pfg_count counts[PFG_COUNTS_MOST]; /* of the events */
    int output; /* stdout, to read from its start; the result's */
    uint64_t output_size;
    struct pfg_str out_tail, err_tail; /* the last PFG_CHILD_TAIL bytes */
};

/*
 * 0 when it was started, however it ended: look at `out`, and release it with
 * pfg_child_free() in both cases. An `interrupt` at PFG_INTERRUPT_NOW ends it
 * (before it starts, too: then `seconds` is 0), PFG_INTERRUPT_AFTER does not;
 * NULL is fine. What can't be started is PFG_USAGE with a hint (not found, not
 * executable, no such folder, no such processor); PFG_SYSTEM where the machine
 * is short of something.
 */
int pfg_child_run(struct pfg_child_result *out,
                  const struct pfg_child_spec *spec,
                  struct pfg_interrupt *interrupt, struct pfg_error *err);

/*
 * One that runs beside others, as a server does: `together`, without
 * `timeout` and `tick`, since nobody attends to it meanwhile. The spec must
 * outlive it. What cannot be executed is told by pfg_child_end().
 */
struct pfg_child;
int pfg_child_start(struct pfg_child **out, const struct pfg_child_spec *spec,
                    struct pfg_error *err);

/* Whether it still runs; never waits. */
bool pfg_child_runs(struct pfg_child *child);

/* Its guard, of whom it and all that it starts are descendants. */
pid_t pfg_child_guard(const struct pfg_child *child);

/*
 * Ends it (TERM, the grace, KILL) if it has not ended, and frees it. As
 * pfg_child_run() where `out` is not NULL; NULL for a child is fine then.
 */
int pfg_child_end(struct pfg_child_result *out, struct pfg_child *child,
                  struct pfg_error *err);

void pfg_child_free(struct pfg_child_result *result); /* zeroed is fine */

/*
 * The end of what it said, at most `most` bytes without blanks around them: of
 * stderr, or of stdout where that was silent. It begins with a line, or where
 * the last line alone is longer with a character. Borrows from the result.
 */
struct pfg_slice pfg_child_last_words(const struct pfg_child_result *result,
                                      size_t most);

#endif
