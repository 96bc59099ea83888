#include "exec/child.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "exec/guard.h"

#define TICK_S 0.2

/* A running program and its open descriptors; -1 and 0: not open. */
struct running {
    const struct pfg_child_spec *spec;
    struct pfg_child_result *out;
    struct pfg_interrupt *interrupt;
    struct pfg_guard_plan plan;
    pid_t guard;
    int report, err; /* our ends of the pipes */
    double start;
    enum pfg_interrupt_level ordered; /* the last order to the guard */
    struct pfg_guard_report last; /* a failure, or the guard's last report */
    bool done;
};

/* ---- while it runs ---- */

static int spawn(struct running *run, struct pfg_error *err)
{
    run->plan.parent = getpid();
    run->start = pfg_clock_seconds();
    /* Else both processes would hold what is still buffered. The guard never
     * writes it, but a sanitizer's report might. */
    fflush(NULL);
    run->guard = fork();
    if (run->guard == 0) {
        /* Not on the heap, which the guard gives back. */
        const struct pfg_guard_plan plan = run->plan;

        close(run->report);
        close(run->err);
        pfg_guard_run(&plan);
    }
    if (run->guard < 0) {
        return pfg_fail(err, PFG_SYSTEM, "cannot start '%s': %s",
                        run->spec->argv[0], strerror(errno));
    }
    pfg_guard_plan_close(&run->plan);
    return 0;
}

static void store_tail(struct pfg_str *tail, size_t room)
{
    size_t over = tail->len > room ? tail->len - room : 0;

    if (over) {
        memmove(tail->ptr, tail->ptr + over, tail->len - over + 1);
        tail->len -= over;
    }
}

/* Reads once; false at the end, or if there is nothing to read yet. */
static bool read_err(struct running *run)
{
    char buffer[16384];
    ssize_t got = read(run->err, buffer, sizeof buffer);

    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            pfg_file_close(&run->err);
        }
        return false;
    }
    pfg_str_add(&run->out->err_tail, pfg_slice_make(buffer, (size_t)got));
    if (run->out->err_tail.len > 2 * PFG_CHILD_TAIL) {
        store_tail(&run->out->err_tail, PFG_CHILD_TAIL);
    }
    return true;
}

static void read_report(struct running *run)
{
    struct pfg_guard_report report;
    ssize_t got = read(run->report, &report, sizeof report);

    if (got < 0 && errno == EINTR) {
        return;
    }
    if (got != (ssize_t)sizeof report) {
        /* The guard has ended, with or without a last report. */
        pfg_file_close(&run->report);
    } else if (report.word == PFG_GUARD_DONE) {
        run->done = true;
        if (run->last.word == PFG_GUARD_DONE) {
            run->last = report;
        }
        pfg_file_close(&run->report);
    } else {
        run->last = report;
    }
}

/* Has the guard end the program; the same order is not sent twice. */
static void signal_guard(struct running *run, enum pfg_interrupt_level level)
{
    if (level > run->ordered) {
        run->ordered = level;
        kill(run->guard,
             level == PFG_INTERRUPT_KILL ? PFG_GUARD_KILL : PFG_GUARD_END);
    }
}

static void look_around(struct running *run)
{
    const struct pfg_child_spec *spec = run->spec;
    enum pfg_interrupt_level level = pfg_interrupt_look(run->interrupt);
    double seconds = pfg_clock_seconds() - run->start;
    struct stat info;

    if (level >= PFG_INTERRUPT_NOW) {
        run->out->interrupted |= run->ordered == PFG_INTERRUPT_NONE;
        signal_guard(run, level);
    }
    if (run->ordered == PFG_INTERRUPT_NONE && spec->timeout > 0 &&
        seconds >= spec->timeout) {
        run->out->timed_out = true;
        signal_guard(run, PFG_INTERRUPT_NOW);
    }
    if (run->ordered == PFG_INTERRUPT_NONE && spec->output_limit &&
        !fstat(run->out->output, &info) &&
        (uint64_t)info.st_size > spec->output_limit) {
        run->out->too_much_output = true;
        signal_guard(run, PFG_INTERRUPT_KILL);
    }
    if (spec->tick && !spec->tick(spec->self, seconds) &&
        run->ordered == PFG_INTERRUPT_NONE) {
        signal_guard(run, PFG_INTERRUPT_NOW);
    }
}

/* Milliseconds until the next look around. */
static int milliseconds_left(const struct running *run, double next)
{
    double left = next - pfg_clock_seconds();

    if (run->ordered == PFG_INTERRUPT_NONE && run->spec->timeout > 0) {
        left =
            fmin(left, run->start + run->spec->timeout - pfg_clock_seconds());
    }
    return left > 0 ? (int)ceil(left * 1e3) : 0;
}

static void attend(struct running *run)
{
    double next = pfg_clock_seconds() + TICK_S;

    fcntl(run->err, F_SETFL, O_NONBLOCK);
    while (run->report >= 0) {
        struct pollfd fds[] = {
            {.fd = run->report, .events = POLLIN},
            {.fd = run->err, .events = POLLIN},
            {.fd = run->interrupt ? run->interrupt->fd : -1, .events = POLLIN},
        };
        int ready = poll(fds, 3, milliseconds_left(run, next));

        if (ready > 0 && fds[1].revents) {
            read_err(run);
        }
        if (ready > 0 && fds[0].revents) {
            read_report(run);
        }
        if (ready <= 0 || fds[2].revents || pfg_clock_seconds() >= next) {
            look_around(run);
            next = pfg_clock_seconds() + TICK_S;
        }
    }
    while (run->err >= 0 && read_err(run)) {
    }
}

/* ---- after it ---- */

/* Cuts the tail so that it starts with a whole line, if it has one. */
static void trim_tail(struct pfg_str *tail, bool cut)
{
    size_t line;

    if (tail->len > PFG_CHILD_TAIL) {
        store_tail(tail, PFG_CHILD_TAIL);
        cut = true;
    }
    line = pfg_slice_find_byte(pfg_str_slice(tail), '\n') + 1;
    if (cut && line < tail->len) {
        store_tail(tail, tail->len - line);
    }
}

static void read_output_tail(struct pfg_child_result *out)
{
    char buffer[16384];
    struct stat info;
    off_t at = 0;
    ssize_t got;

    if (fstat(out->output, &info)) {
        return;
    }
    out->output_size = (uint64_t)info.st_size;
    if (out->output_size > PFG_CHILD_TAIL) {
        at = info.st_size - (off_t)PFG_CHILD_TAIL;
    }
    while (out->out_tail.len < PFG_CHILD_TAIL &&
           (got = pread(out->output, buffer, sizeof buffer, at)) > 0) {
        pfg_str_add(&out->out_tail, pfg_slice_make(buffer, (size_t)got));
        at += got;
    }
    trim_tail(&out->out_tail, out->output_size > PFG_CHILD_TAIL);
    lseek(out->output, 0, SEEK_SET);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static struct pfg_usage usage_of(const struct pfg_guard_report *last)
{
    const struct rusage *used = &last->used;

    return (struct pfg_usage){
        .seconds = last->seconds,
        .user = seconds_of(used->ru_utime),
        .system = seconds_of(used->ru_stime),
        .cpu = seconds_of(used->ru_utime) + seconds_of(used->ru_stime),
        .memory = (double)used->ru_maxrss * 1024, /* getrusage(2): in KiB */
        .faults = (double)(used->ru_minflt + used->ru_majflt),
        .switches = (double)(used->ru_nvcsw + used->ru_nivcsw),
        .read = (double)used->ru_inblock * 512, /* in sectors */
        .written = (double)used->ru_oublock * 512,
    };
}

static void fill_result(const struct running *run)
{
    struct pfg_child_result *out = run->out;
    int status = run->last.status;

    out->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    out->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    out->usage = usage_of(&run->last);
    memcpy(out->counts, run->last.counts, sizeof out->counts);
    trim_tail(&out->err_tail, false);
    read_output_tail(out);
}

static int finish(struct running *run, struct pfg_error *err)
{
    while (waitpid(run->guard, NULL, 0) < 0 && errno == EINTR) {
    }
    if (run->last.word != PFG_GUARD_DONE) {
        return pfg_guard_fail(&run->last, run->spec, err);
    }
    if (!run->done) {
        pfg_fail(err, PFG_SYSTEM, "the supervisor process of '%s' was killed",
                 run->spec->argv[0]);
        return pfg_hint(err, "not by perfgate; is the machine out of memory?");
    }
    fill_result(run);
    return 0;
}

/* Starts the program, unless it is interrupted before. */
static int start(struct running *run, struct pfg_error *err)
{
    run->report = run->err = -1;
    run->last.word = PFG_GUARD_DONE;
    *run->out = (struct pfg_child_result){.exit_status = -1, .output = -1};
    pfg_str_init(&run->out->out_tail, 0);
    pfg_str_init(&run->out->err_tail, 0);
    if (pfg_guard_plan_make(&run->plan, run->spec, err) ||
        pfg_guard_plan_open(&run->plan, run->spec, &run->out->output, &run->err,
                            &run->report, err)) {
        return -1;
    }
    run->out->interrupted =
        pfg_interrupt_look(run->interrupt) >= PFG_INTERRUPT_NOW;
    return run->out->interrupted ? 0 : spawn(run, err);
}

static void close_all(struct running *run)
{
    pfg_file_close(&run->report);
    pfg_file_close(&run->err);
    pfg_guard_plan_free(&run->plan);
}

int pfg_child_run(struct pfg_child_result *out,
                  const struct pfg_child_spec *spec,
                  struct pfg_interrupt *interrupt, struct pfg_error *err)
{
    struct running run = {.spec = spec, .out = out, .interrupt = interrupt};
    int result = start(&run, err);

    if (!result && !out->interrupted) {
        attend(&run);
        result = finish(&run, err);
    }
    close_all(&run);
    return result;
}

/* --- beside others --- */

struct pfg_child {
    struct running run;
    struct pfg_child_result result;
};

int pfg_child_start(struct pfg_child **out, const struct pfg_child_spec *spec,
                    struct pfg_error *err)
{
    struct pfg_child *child = pfg_alloc(sizeof *child);

    *child = (struct pfg_child){.run = {.spec = spec, .out = &child->result}};
    if (start(&child->run, err)) {
        close_all(&child->run);
        pfg_child_free(&child->result);
        free(child);
        return -1;
    }
    fcntl(child->run.report, F_SETFL, O_NONBLOCK);
    *out = child;
    return 0;
}

bool pfg_child_runs(struct pfg_child *child)
{
    struct pollfd fd = {.fd = child->run.report, .events = POLLIN};

    while (fd.fd >= 0 && poll(&fd, 1, 0) > 0) {
        read_report(&child->run);
        fd.fd = child->run.report;
    }
    return fd.fd >= 0;
}

pid_t pfg_child_guard(const struct pfg_child *child)
{
    return child->run.guard;
}

int pfg_child_end(struct pfg_child_result *out, struct pfg_child *child,
                  struct pfg_error *err)
{
    int failed;

    if (!child) {
        return 0;
    }
    if (pfg_child_runs(child)) {
        signal_guard(&child->run, PFG_INTERRUPT_NOW);
    }
    attend(&child->run);
    failed = finish(&child->run, err);
    close_all(&child->run);
    if (out) {
        *out = child->result;
    } else {
        pfg_child_free(&child->result);
    }
    free(child);
    return failed;
}

void pfg_child_free(struct pfg_child_result *result)
{
    if (result->out_tail.ptr) {
        pfg_file_close(&result->output);
        pfg_str_free(&result->out_tail);
        pfg_str_free(&result->err_tail);
    }
}

/* The last lines that fit; if the last line is too long, its last characters.
 */
static struct pfg_slice end_of(struct pfg_slice text, size_t most)
{
    struct pfg_slice end = pfg_slice_from(text, text.len - most);
    const char *line = memchr(end.ptr, '\n', end.len);

    if (text.ptr[text.len - most - 1] == '\n') {
        return end;
    }
    if (line) {
        return pfg_slice_from(end, (size_t)(line - end.ptr) + 1);
    }
    while (end.len && ((unsigned char)*end.ptr & 0xc0) == 0x80) {
        end = pfg_slice_from(end, 1);
    }
    return end;
}

struct pfg_slice pfg_child_last_words(const struct pfg_child_result *result,
                                      size_t most)
{
    struct pfg_slice tail = pfg_slice_trim(pfg_str_slice(&result->err_tail));

    if (!tail.len) {
        tail = pfg_slice_trim(pfg_str_slice(&result->out_tail));
    }
    return tail.len > most ? end_of(tail, most) : tail;
}
