#include "exec/interrupt.h"

#include <errno.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/slice.h"

static const int handled[] = {SIGINT, SIGTERM, SIGHUP};

/* The signals to handle, except those that nohup had us ignore. */
static sigset_t handled_set(void)
{
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < PFG_COUNT(handled); i++) {
        struct sigaction action;

        if (sigaction(handled[i], NULL, &action) ||
            action.sa_handler != SIG_IGN) {
            sigaddset(&set, handled[i]);
        }
    }
    return set;
}

int pfg_interrupt_open(struct pfg_interrupt *out, struct pfg_error *err)
{
    sigset_t set = handled_set();

    *out = (struct pfg_interrupt){
        .fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)};
    if (out->fd < 0) {
        return pfg_fail(err, PFG_SYSTEM, "cannot wait for Ctrl-C: %s",
                        strerror(errno));
    }
    sigprocmask(SIG_BLOCK, &set, &out->before);
    return 0;
}

/* One Ctrl-C means to stop after this process, SIGTERM means now. */
static enum pfg_interrupt_level next(enum pfg_interrupt_level level,
                                     uint32_t signal)
{
    if (level < PFG_INTERRUPT_AFTER && signal != SIGINT) {
        return PFG_INTERRUPT_NOW;
    }
    return level < PFG_INTERRUPT_KILL ? level + 1 : level;
}

enum pfg_interrupt_level pfg_interrupt_look(struct pfg_interrupt *interrupt)
{
    struct signalfd_siginfo info;

    if (!interrupt) {
        return PFG_INTERRUPT_NONE;
    }
    while (interrupt->fd >= 0 &&
           read(interrupt->fd, &info, sizeof info) == sizeof info) {
        interrupt->level = next(interrupt->level, info.ssi_signo);
        interrupt->signal = (int)info.ssi_signo;
    }
    return interrupt->level;
}

void pfg_interrupt_close(struct pfg_interrupt *interrupt)
{
    if (interrupt && interrupt->fd >= 0) {
        close(interrupt->fd);
        interrupt->fd = -1;
        sigprocmask(SIG_SETMASK, &interrupt->before, NULL);
    }
}
