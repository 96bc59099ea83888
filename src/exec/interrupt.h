#ifndef PFG_EXEC_INTERRUPT_H
#define PFG_EXEC_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

#include "base/error.h"

/* How urgently the user, or the CI system, wants perfgate to stop. It only
 * increases. */
enum pfg_interrupt_level {
    PFG_INTERRUPT_NONE,
    PFG_INTERRUPT_AFTER, /* one Ctrl-C: stop after the current process */
    PFG_INTERRUPT_NOW,   /* a second Ctrl-C, SIGTERM or SIGHUP: end the current
                            process now */
    PFG_INTERRUPT_KILL,  /* one more: end it without waiting for it to clean
                            up */
};

/*
 * Counts Ctrl-C instead of dying from it. SIGINT, SIGTERM and SIGHUP are
 * blocked and read from a signalfd, so there is no signal handler and no global
 * state. Signals that were ignored when perfgate started (nohup, a background
 * job of a script) stay ignored. The terminal's Ctrl-C does not reach children:
 * they have process groups of their own (exec/child.h).
 */
struct pfg_interrupt {
    int fd; /* readable after a signal; -1: closed */
    enum pfg_interrupt_level level;
    int signal;      /* the last one received; 0: none */
    sigset_t before; /* the signal mask to restore */
};

/* PFG_SYSTEM if no descriptor can be opened. */
int pfg_interrupt_open(struct pfg_interrupt *out, struct pfg_error *err);

/* The current level; does not wait. NULL is never interrupted. */
enum pfg_interrupt_level pfg_interrupt_look(struct pfg_interrupt *interrupt);

/* Restores the signal mask; a signal that was not read yet then takes effect.
 * NULL and a closed one are fine. */
void pfg_interrupt_close(struct pfg_interrupt *interrupt);

#endif
