/*
 * Makes the n-th call of a kind fail. tests/run-faults preloads it with
 * FAULT=KIND:N in the environment, or KIND:N+ for all calls from the n-th on.
 * Calls are counted from main() on, in the program and its libraries, but not
 * in programs that it starts. Without N none fails. Writes to the file
 * FAULT_LOG what was fsynced and renamed, in order, and then the number of
 * calls of each kind.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#include <sqlite3.h>

static bool armed, for_ever;
static char kind[16];
static const char *machine = "";
static long nth;
static struct {
    const char *name;
    long calls;
} kinds[] = {{"malloc"}, {"read"},   {"write"}, {"fsync"},
             {"rename"}, {"sqlite"}, {"http"}};
#define N_KINDS (sizeof kinds / sizeof *kinds)
static char trace[1 << 16];
static size_t traced;

static void disarm(void)
{
    armed = false;
}

static int fails(const char *which)
{
    size_t i = 0;

    if (!armed) {
        return 0;
    }
    while (strcmp(kinds[i].name, which) != 0) {
        i++;
    }
    kinds[i].calls++;
    return nth && !strcmp(kind, which) &&
           (for_ever ? kinds[i].calls >= nth : kinds[i].calls == nth);
}

__attribute__((format(printf, 1, 2))) static void note(const char *format, ...)
{
    va_list args;

    if (armed && traced < sizeof trace) {
        va_start(args, format);
        traced += (size_t)vsnprintf(trace + traced, sizeof trace - traced,
                                    format, args);
        va_end(args);
    }
}

#ifndef SANITIZED /* the sanitizers' allocator does not fail */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    return fails("malloc") ? no_memory() : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails("malloc") ? no_memory() : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails("malloc") ? no_memory() : __libc_realloc(old, size);
}
#endif

#define NEXT(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))
#define FAIL(which, why, call)                                                 \
    do {                                                                       \
        if (fails(which)) {                                                    \
            errno = why;                                                       \
            return -1;                                                         \
        }                                                                      \
        return call;                                                           \
    } while (0)

ssize_t write(int fd, const void *bytes, size_t n)
{
    /* Error messages must get through. */
    if (fd == STDERR_FILENO) {
        return NEXT(write)(fd, bytes, n);
    }
    FAIL("write", ENOSPC, NEXT(write)(fd, bytes, n));
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    FAIL("write", ENOSPC, NEXT(pwrite64)(fd, bytes, n, at));
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    FAIL("write", ENOSPC, NEXT(pwrite)(fd, bytes, n, at));
}

static const char *path_of(int fd, char path[4096])
{
    char link[64];
    ssize_t length;

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, 4095);
    path[length > 0 ? length : 0] = '\0';
    return path;
}

ssize_t read(int fd, void *bytes, size_t n)
{
    char path[4096];

    /* The profile of a machine leaves out what cannot be read, such as files of
     * sysfs that return EIO. */
    if (armed && *machine &&
        !strncmp(path_of(fd, path), machine, strlen(machine))) {
        return NEXT(read)(fd, bytes, n);
    }
    FAIL("read", EIO, NEXT(read)(fd, bytes, n));
}

ssize_t pread64(int fd, void *bytes, size_t n, off64_t at)
{
    FAIL("read", EIO, NEXT(pread64)(fd, bytes, n, at));
}

ssize_t pread(int fd, void *bytes, size_t n, off_t at)
{
    FAIL("read", EIO, NEXT(pread)(fd, bytes, n, at));
}

static int sync_one(int fd, int (*sync)(int))
{
    char path[4096];

    note("fsync %s\n", path_of(fd, path));
    FAIL("fsync", EIO, sync(fd));
}

int fsync(int fd)
{
    return sync_one(fd, NEXT(fsync));
}

int fdatasync(int fd)
{
    return sync_one(fd, NEXT(fdatasync));
}

int rename(const char *from, const char *to)
{
    char folder[4096] = "";

    if (*from != '/' && getcwd(folder, sizeof folder - 1)) {
        strcat(folder, "/");
    }
    note("rename %s%s %s%s\n", folder, from, *to == '/' ? "" : folder, to);
    FAIL("rename", EIO, NEXT(rename)(from, to));
}

static int give_up(void *self)
{
    (void)self;
    return 1;
}

int sqlite3_step(sqlite3_stmt *statement)
{
    sqlite3 *database = sqlite3_db_handle(statement);
    int result;

    if (!fails("sqlite")) {
        return NEXT(sqlite3_step)(statement);
    }
    sqlite3_progress_handler(database, 1, give_up, NULL);
    result = NEXT(sqlite3_step)(statement);
    sqlite3_progress_handler(database, 0, NULL, NULL);
    return result;
}

/* Holds a request to a forge, for curl to read. */
int memfd_create(const char *name, unsigned flags)
{
    FAIL("http", EMFILE, NEXT(memfd_create)(name, flags));
}

static void report(void)
{
    const char *path = getenv("FAULT_LOG");
    FILE *file;

    disarm();
    file = path ? fopen(path, "w") : NULL;
    if (file) {
        fputs(trace, file);
        for (size_t i = 0; i < N_KINDS; i++) {
            fprintf(file, "%s %ld\n", kinds[i].name, kinds[i].calls);
        }
        fclose(file);
    }
}

static int (*program)(int, char **, char **);

static int begin(int argc, char **argv, char **environment)
{
    const char *fault = getenv("FAULT");
    char plus = '\0';
    int result;

    if (fault) {
        if (getenv("PERFGATE_HARDWARE_ROOT")) {
            machine = getenv("PERFGATE_HARDWARE_ROOT");
        }
        sscanf(fault, "%15[a-z]:%ld%c", kind, &nth, &plus);
        for_ever = plus == '+';
        unsetenv("FAULT");
        unsetenv("LD_PRELOAD");
        pthread_atfork(NULL, NULL, disarm);
        armed = true;
    }
    result = program(argc, argv, environment);
    report();
    return result;
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end);
int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end)
{
    program = main;
    return NEXT(__libc_start_main)(begin, argc, argv, init, fini, rtld_fini,
                                   stack_end);
}
