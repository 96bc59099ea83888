/*
 * Makes the n-th call of a kind fail: preloaded by tests/run-faults, with
 * FAULT=KIND:N in the environment. Calls are counted from main() on, so that
 * those of the program and of all its libraries are, and no others; without N
 * none fails, and how many there were is written to the file FAULT_COUNT.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static int armed;
static char kind[16];
static long nth, calls;

/* Once: what is tried again after a failure may succeed. */
static int fails(const char *which)
{
    return armed && !strcmp(kind, which) && ++calls == nth;
}

void *malloc(size_t size)
{
    if (fails("malloc")) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (fails("malloc")) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (fails("malloc")) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_realloc(old, size);
}

#define NEXT(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))
#define FAIL(name, why, call)                                                  \
    do {                                                                       \
        if (fails(name)) {                                                     \
            errno = why;                                                       \
            return -1;                                                         \
        }                                                                      \
        return call;                                                           \
    } while (0)

ssize_t write(int fd, const void *bytes, size_t n)
{
    /* Not those that say what went wrong. */
    if (fd == STDERR_FILENO) {
        return NEXT(write)(fd, bytes, n);
    }
    FAIL("write", ENOSPC, NEXT(write)(fd, bytes, n));
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    FAIL("write", ENOSPC, NEXT(pwrite64)(fd, bytes, n, at));
}

ssize_t read(int fd, void *bytes, size_t n)
{
    FAIL("read", EIO, NEXT(read)(fd, bytes, n));
}

int fsync(int fd)
{
    FAIL("fsync", EIO, NEXT(fsync)(fd));
}

int fdatasync(int fd)
{
    FAIL("fsync", EIO, NEXT(fdatasync)(fd));
}

int rename(const char *from, const char *to)
{
    FAIL("rename", EIO, NEXT(rename)(from, to));
}

static void report(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *file;

    armed = 0;
    file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", calls);
        fclose(file);
    }
}

static int (*program)(int, char **, char **);

static int begin(int argc, char **argv, char **environment)
{
    const char *fault = getenv("FAULT");
    int result;

    if (fault) {
        const char *colon = strchr(fault, ':');

        snprintf(kind, sizeof kind, "%.*s",
                 (int)(colon ? colon - fault : (long)strlen(fault)), fault);
        nth = colon ? atol(colon + 1) : 0;
        armed = 1;
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
