#ifndef PFG_EXEC_INTERRUPT_H
#define PFG_EXEC_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

#include "base/error.h"

/* What the user, or the CI system, has asked for so far. It only grows. */
enum pfg_interrupt_level {
    PFG_INTERRUPT_NONE,
    PFG_INTERRUPT_AFTER, /* one Ctrl-C: end after the current process */
    PFG_INTERRUPT_NOW,   /* two, SIGTERM, SIGHUP: end what runs, now */
    PFG_INTERRUPT_KILL,  /* once more: and do not wait for it to tidy up */
};

/*
 * Ctrl-C, counted instead of obeyed. SIGINT, SIGTERM and SIGHUP are blocked
 * and read from a signalfd, so that there is no handler and nothing global.
 * What was ignored when perfgate started (nohup, a job in the background of a
 * script) stays ignored. Children are not told: they run in process groups of
 * their own (exec/child.h), which the terminal's Ctrl-C does not reach.
 */
struct pfg_interrupt {
    int fd; /* becomes readable with a signal; -1: closed */
    enum pfg_interrupt_level level;
    int signal; /* the last one that came; 0: none */
    sigset_t before; /* the mask to go back to */
};

/* PFG_SYSTEM where the kernel has no descriptor left. */
int pfg_interrupt_open(struct pfg_interrupt *out, struct pfg_error *err);

/* The level now; never waits. NULL is fine: then nobody ever interrupts. */
enum pfg_interrupt_level pfg_interrupt_look(struct pfg_interrupt *interrupt);

/* Signals do again what they did before; one that came and was not looked at
 * yet does it now. NULL and a closed one are fine. */
void pfg_interrupt_close(struct pfg_interrupt *interrupt);

#endif
