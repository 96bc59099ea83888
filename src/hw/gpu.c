#include "hw/gpu.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "hw/cpu.h"

#define GPUS_CAP    64
#define OUTPUT_CAP  65536
#define PATIENCE_MS 3000
#define DRIVER      "proc/driver/nvidia"

extern char **environ;

static long long monotonic_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Starts nvidia-smi with its output in *out; the process, or -1. */
static pid_t start(int *out)
{
    static const char *const argv[] = {"nvidia-smi", "--query-gpu=name",
                                       "--format=csv,noheader", NULL};
    posix_spawn_file_actions_t actions;
    int ends[2], failed;
    pid_t child = -1;

    if (pipe2(ends, O_CLOEXEC)) {
        return -1;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    failed = posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)argv,
                          environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failed) {
        close(ends[0]);
        return -1;
    }
    *out = ends[0];
    return child;
}

/* All that comes until the end; -1 when patience or room runs out. */
static int read_until_end(struct pfg_str *out, int fd, long long deadline)
{
    char buffer[4096];

    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        long long left = deadline - monotonic_ms();
        ssize_t got;

        if (left <= 0 || out->overflowed) {
            return -1;
        }
        if (poll(&ready, 1, (int)left) <= 0) {
            continue;
        }
        got = read(fd, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return (int)got;
        }
        pfg_str_add(out, pfg_slice_make(buffer, (size_t)got));
    }
}

/* A process that closed its output may still hang, in the driver: it is not
 * waited for longer than for its words. */
static int wait_until(pid_t child, long long deadline)
{
    const struct timespec pause = {.tv_nsec = 2000000};
    int status = -1;
    pid_t ended;

    while ((ended = waitpid(child, &status, WNOHANG)) == 0 &&
           monotonic_ms() < deadline) {
        nanosleep(&pause, NULL);
    }
    if (ended == 0) {
        kill(child, SIGKILL);
        /* In an uninterruptible sleep not even that helps at once. */
        nanosleep(&pause, NULL);
        waitpid(child, &status, WNOHANG);
        return -1;
    }
    return ended == child && WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -1;
}

int pfg_hw_ask_nvidia_smi(struct pfg_str *out, int patience_ms)
{
    long long deadline = monotonic_ms() + patience_ms;
    int fd = -1, failed;
    pid_t child = start(&fd);

    if (child < 0) {
        return -1;
    }
    failed = read_until_end(out, fd, deadline);
    close(fd);
    if (failed) {
        deadline = 0;
    }
    return wait_until(child, deadline) || failed ? -1 : 0;
}

static void add_name(struct pfg_hw_names *names, struct pfg_slice text,
                     struct pfg_arena *arena)
{
    const char *name = pfg_hw_clean(text, arena);

    if (name && names->n < GPUS_CAP) {
        pfg_vec_push(names, arena, name);
    }
}

static void add_lines(struct pfg_hw_names *names, struct pfg_slice text,
                      struct pfg_arena *arena)
{
    while (text.len) {
        struct pfg_slice line = pfg_slice_trim(pfg_take_until(&text, '\n'));

        /* It says what went wrong on its standard output. */
        if (!pfg_slice_starts(line, "NVIDIA-SMI") &&
            !pfg_slice_starts(line, "No devices")) {
            add_name(names, line, arena);
        }
    }
}

static void add_from_proc(struct pfg_hw_names *names,
                          const struct pfg_hw_source *source)
{
    struct pfg_hw_names found = pfg_hw_list(source, DRIVER "/gpus", "");

    for (size_t i = 0; i < found.n; i++) {
        struct pfg_slice text =
            pfg_hw_read(source, pfg_arena_printf(source->arena,
                                                 DRIVER "/gpus/%s/information",
                                                 found.at[i]));

        add_name(names, pfg_hw_cpuinfo_field(text, "Model"), source->arena);
    }
}

struct pfg_hw_names pfg_hw_find_gpus(const struct pfg_hw_source *source)
{
    struct pfg_hw_names names = {0};
    struct pfg_str output;

    pfg_str_init(&output, OUTPUT_CAP);
    if (!source->real) {
        add_lines(&names, pfg_hw_read(source, "nvidia-smi.txt"), source->arena);
    } else if (pfg_hw_exists(source, DRIVER) &&
               !pfg_hw_ask_nvidia_smi(&output, PATIENCE_MS)) {
        add_lines(&names, pfg_str_slice(&output), source->arena);
    }
    pfg_str_free(&output);
    if (!names.n) {
        add_from_proc(&names, source);
    }
    if (names.n) {
        qsort(names.at, names.n, sizeof *names.at, pfg_hw_by_text);
    }
    return names;
}
