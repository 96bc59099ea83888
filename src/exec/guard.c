#include "exec/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/slice.h"

/* Seconds that processes left behind may take to end by themselves (the other
 * half of a pipe often ends a moment later), and seconds that the guard waits
 * for killed processes, which may hang in a driver. */
#define PATIENCE_S 0.2
#define BURIAL_S   5.0

extern char **environ;

struct guard {
    const struct pfg_guard_plan *plan;
    pid_t program;
    double start;
    double kill_at;   /* when TERM becomes KILL; 0: the program need not end */
    double killed_at; /* 0: not yet */
    bool ended;       /* the program has ended, and its status is known */
    int status;
    double seconds;
};

static void report(const struct pfg_guard_plan *plan,
                   struct pfg_guard_report what)
{
    /* Shorter than PIPE_BUF, so written whole or not at all. If it fails,
     * nobody is left to report it to. */
    ssize_t done = write(plan->report, &what, sizeof what);

    (void)done;
}

/* ---- the program, up to its exec ---- */

static _Noreturn void give_up(const struct pfg_guard_plan *plan,
                              enum pfg_guard_word word)
{
    report(plan, (struct pfg_guard_report){.word = word, .error = errno});
    _exit(127);
}

/* The kernel silently ignores CPUs that are not available. */
static int use_cpus(const cpu_set_t *cpus, size_t size)
{
    /* Room for 8192 CPUs, more than any machine has. */
    unsigned long room[8192 / (8 * sizeof(unsigned long))] = {0};
    cpu_set_t *got = (cpu_set_t *)room;

    if (sched_setaffinity(0, size, cpus) ||
        sched_getaffinity(0, sizeof room, got)) {
        return -1;
    }
    if (!CPU_EQUAL_S(size, cpus, got)) {
        errno = EINVAL;
        return -1;
    }
    return 0;
}

static void restore_signals(void)
{
    static const int changed[] = {SIGPIPE, SIGINT, SIGTERM, SIGCHLD, SIGUSR1};
    sigset_t none;

    for (size_t i = 0; i < PFG_COUNT(changed); i++) {
        signal(changed[i], SIG_DFL);
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void become_program(const struct pfg_guard_plan *plan,
                                     pid_t guard)
{
    setpgid(0, 0);
    /* In case the guard itself is killed. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != guard) {
        _exit(127);
    }
    if (plan->folder && chdir(plan->folder)) {
        give_up(plan, PFG_GUARD_NO_FOLDER);
    }
    if (plan->cpus && use_cpus(plan->cpus, plan->cpus_size)) {
        give_up(plan, PFG_GUARD_NO_CPUS);
    }
    if (plan->nice) {
        setpriority(PRIO_PROCESS, 0, plan->nice); /* a refusal is not an
                                                     error */
    }
    if (dup2(plan->in, 0) < 0 || dup2(plan->out, 1) < 0 ||
        dup2(plan->err, 2) < 0) {
        give_up(plan, PFG_GUARD_NO_FORK);
    }
    if (plan->fixed_addresses) {
        /* Otherwise counts would vary with the addresses. Some containers
         * refuse it, which is not an error. */
        personality(PER_LINUX | ADDR_NO_RANDOMIZE);
    }
    restore_signals();
    /* glibc looks the name up in this PATH, and does not allocate. */
    environ = plan->environment;
    execvp(plan->argv[0], plan->argv);
    give_up(plan, PFG_GUARD_NO_EXEC);
}

/* ---- the guard ---- */

/* The signals that the guard waits for. All others stay blocked: it ends when
 * its work is done, not before. */
static sigset_t block_signals(void)
{
    sigset_t all, signals;

    /* With an inherited, ignored SIGCHLD the kernel would discard the program's
     * exit status. */
    signal(SIGCHLD, SIG_DFL);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, PFG_GUARD_END);
    sigaddset(&signals, PFG_GUARD_KILL);
    sigaddset(&signals, PFG_GUARD_DEATH);
    return signals;
}

/* Kills the children of this process, if the kernel lists them. Their children
 * then become ours, and are killed by the next call. */
static void kill_children(void)
{
    char text[4096];
    int fd = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, text, sizeof text);
    pid_t child = 0;

    for (ssize_t i = 0; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            child = child * 10 + (text[i] - '0');
        } else if (child) {
            kill(child, SIGKILL);
            child = 0;
        }
    }
    pfg_file_close(&fd);
}

static void kill_all(struct guard *guard)
{
    guard->killed_at = pfg_clock_seconds();
    kill(-guard->program, SIGKILL);
    kill_children();
}

static void ask_to_end(struct guard *guard)
{
    if (guard->kill_at > 0) {
        return;
    }
    guard->kill_at = pfg_clock_seconds() + guard->plan->grace;
    kill(-guard->program, SIGTERM);
    /* A stopped process would not see the signal. */
    kill(-guard->program, SIGCONT);
}

/* Reaps ended children. True while any child is left. */
static bool reap(struct guard *guard)
{
    for (;;) {
        int status;
        pid_t ended = waitpid(-1, &status, WNOHANG);

        if (ended <= 0) {
            return ended == 0;
        }
        if (ended == guard->program) {
            guard->ended = true;
            guard->status = status;
            guard->seconds = pfg_clock_seconds() - guard->start;
        }
    }
}

/* Waits until a moment (0: for ever) for a signal, and acts on it. */
static void handle_signal(struct guard *guard, const sigset_t *signals,
                          double until)
{
    double left = until - pfg_clock_seconds();
    struct timespec wait = {0};
    int signal;

    if (left > 0) {
        wait.tv_sec = (time_t)left;
        wait.tv_nsec = (long)((left - (double)wait.tv_sec) * 1e9);
    }
    signal = sigtimedwait(signals, NULL, until > 0 ? &wait : NULL);
    if (signal == PFG_GUARD_END) {
        ask_to_end(guard);
    } else if (signal == PFG_GUARD_KILL || signal == PFG_GUARD_DEATH) {
        kill_all(guard);
    }
}

static void wait_for_program(struct guard *guard, const sigset_t *signals)
{
    while (reap(guard), !guard->ended) {
        if (guard->killed_at > 0) {
            handle_signal(guard, signals, guard->killed_at + BURIAL_S);
            if (pfg_clock_seconds() >= guard->killed_at + BURIAL_S) {
                break;
            }
            continue;
        }
        handle_signal(guard, signals, guard->kill_at);
        if (guard->kill_at > 0 && pfg_clock_seconds() >= guard->kill_at) {
            kill_all(guard);
        }
    }
}

/* Ends the processes that the program left behind. */
static void clear_away(struct guard *guard, const sigset_t *signals)
{
    double patience = pfg_clock_seconds() + PATIENCE_S, limit;

    if (guard->kill_at > patience) {
        patience = guard->kill_at;
    }
    while (reap(guard) && guard->killed_at == 0 &&
           pfg_clock_seconds() < patience) {
        handle_signal(guard, signals, patience);
    }
    limit = pfg_clock_seconds() + BURIAL_S;
    while (reap(guard) && pfg_clock_seconds() < limit) {
        kill_all(guard);
        handle_signal(guard, signals, pfg_clock_seconds() + 0.01);
    }
}

/* The start of the heap: field 47 of /proc/self/stat, proc(5). Field 2 is in
 * parentheses and may hold any character. 0: unknown. */
static uintptr_t start_of_heap(void)
{
    char text[1024], *at;
    int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    int field = 2;

    pfg_file_close(&fd);
    text[length > 0 ? length : 0] = '\0';
    at = strrchr(text, ')');
    for (; at && field < 47; field++) {
        at = strchr(at + 1, ' ');
    }
    return at ? strtoul(at, NULL, 10) : 0;
}

/*
 * execve(2) keeps ru_maxrss, so a program starts with the peak memory of the
 * process that starts it. Therefore the guard gives back perfgate's heap and
 * resets that peak. Where the kernel refuses, small programs appear larger than
 * they are.
 */
static void become_small(void)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = (start_of_heap() + page - 1) / page * page;
    uintptr_t end = (uintptr_t)sbrk(0) / page * page;
    /* A static program has its thread-local variables there. */
    uintptr_t own = (uintptr_t)&errno, behind = own + 4 * page;
    int fd;

    if (own < end && behind > start) {
        start = behind / page * page;
    }
    if (start && start < end) {
        madvise((void *)start, end - start, MADV_DONTNEED);
    }
    fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t done = write(fd, "5", 1);

        (void)done;
        close(fd);
    }
}

/* They do not count the guard itself. */
static void open_counters(int *fds, const struct pfg_guard_plan *plan)
{
    for (size_t i = 0; i < plan->n_events; i++) {
        fds[i] = pfg_count_open(&plan->events[i]);
        if (fds[i] < 0) {
            give_up(plan, PFG_GUARD_NO_COUNTER);
        }
    }
}

_Noreturn void pfg_guard_run(const struct pfg_guard_plan *plan)
{
    /* The status of a program that hangs and was killed, until it is known. */
    struct guard guard = {.plan = plan, .status = SIGKILL};
    struct pfg_guard_report last = {.word = PFG_GUARD_DONE};
    sigset_t signals = block_signals();
    pid_t self = getpid();
    int counters[PFG_COUNTS_MOST];

    setpgid(0, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_PDEATHSIG, PFG_GUARD_DEATH);
    if (getppid() != plan->parent) {
        _exit(0);
    }
    become_small();
    open_counters(counters, plan);
    guard.start = pfg_clock_seconds();
    /* Not fork(): copying this process takes longer than some programs run.
     * Until its exec, the child makes system calls only. */
    guard.program = vfork();
    if (guard.program == 0) {
        become_program(plan, self);
    }
    if (guard.program < 0) {
        give_up(plan, PFG_GUARD_NO_FORK);
    }
    setpgid(guard.program, guard.program);
    close(plan->in);
    close(plan->out);
    close(plan->err);
    wait_for_program(&guard, &signals);
    clear_away(&guard, &signals);
    getrusage(RUSAGE_CHILDREN, &last.used);
    for (size_t i = 0; i < plan->n_events; i++) {
        pfg_count_read(&last.counts[i], counters[i]);
    }
    last.status = guard.status;
    last.seconds = guard.seconds;
    report(plan, last);
    _exit(0);
}
