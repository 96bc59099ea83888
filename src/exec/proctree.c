#include "exec/proctree.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"

/* No service has more processes. */
#define MOST 4096

/* Reads a file of a process; "" if the process is gone or the file may not be
 * read. */
static const char *read_of(char *out, size_t size, pid_t pid, const char *name)
{
    char path[96];
    ssize_t length;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    length = fd < 0 ? 0 : read(fd, out, size - 1);
    pfg_file_close(&fd);
    out[length > 0 ? length : 0] = '\0';
    return out;
}

/* Calls `each` with every number listed in /proc/PID/NAME. */
static void each_entry(pid_t pid, const char *name,
                       void (*each)(void *self, pid_t pid, int number),
                       void *self)
{
    char path[96];
    const struct dirent *entry;
    DIR *entries;

    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    entries = opendir(path);
    while (entries && (entry = readdir(entries))) {
        uint64_t number;

        if (!pfg_number_parse_u64(&number, pfg_slice_of(entry->d_name)) &&
            number <= INT32_MAX) {
            each(self, pid, (int)number);
        }
    }
    if (entries) {
        closedir(entries);
    }
}

/* --- which processes --- */

/* One root may be a descendant of another. */
static void add(struct pfg_proctree *tree, pid_t pid)
{
    size_t i = 0;

    while (i < tree->pids.n && tree->pids.at[i] != pid) {
        i++;
    }
    if (i == tree->pids.n && i < MOST) {
        pfg_vec_push(&tree->pids, NULL, pid);
    }
}

static void add_children(void *self, pid_t pid, int thread)
{
    struct pfg_proctree *tree = self;
    char text[4096], name[64];
    struct pfg_slice rest;
    uint64_t child;

    snprintf(name, sizeof name, "task/%d/children", thread);
    rest = pfg_slice_of(read_of(text, sizeof text, pid, name));
    while (!pfg_number_parse_u64(&child, pfg_take_word(&rest)) &&
           child <= INT32_MAX) {
        add(tree, (pid_t)child);
    }
}

void pfg_proctree_find(struct pfg_proctree *tree)
{
    tree->pids.n = 0;
    for (size_t i = 0; i < tree->n_roots; i++) {
        add(tree, tree->roots[i]);
    }
    for (size_t i = 0; i < tree->pids.n; i++) {
        each_entry(tree->pids.at[i], "task", add_children, tree);
    }
}

void pfg_proctree_free(struct pfg_proctree *tree)
{
    pfg_vec_free(&tree->pids);
}

/* --- what they have --- */

/* In nanoseconds; /proc has hundredths of seconds. */
static double cpu_of(pid_t pid)
{
    clockid_t clock;
    struct timespec spent = {0};

    return clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &spent)
               ? 0
               : (double)spent.tv_sec + (double)spent.tv_nsec / 1e9;
}

/* proc(5): the fields from the third on follow the name in parentheses. */
static void add_stat(struct pfg_proctree_sample *out, const char *stat,
                     bool only_waited)
{
    const char *at = strrchr(stat, ')');
    double ticks = (double)sysconf(_SC_CLK_TCK);
    double waited[2] = {0, 0}, threads = 0, pages = 0;

    if (!at) {
        return;
    }
    sscanf(at,
           ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %lf %lf %*d "
           "%*d %lf %*d %*u %*u %lf",
           &waited[0], &waited[1], &threads, &pages);
    out->cpu += (waited[0] + waited[1]) / ticks;
    if (!only_waited) {
        out->threads += threads;
        out->memory += pages * (double)sysconf(_SC_PAGESIZE);
    }
}

struct pfg_proctree_sample pfg_proctree_sample(const struct pfg_proctree *tree)
{
    struct pfg_proctree_sample sample = {0};
    char text[1024];

    for (size_t i = 0; i < tree->pids.n; i++) {
        pid_t pid = tree->pids.at[i];
        bool only_waited = tree->below && i < tree->n_roots;

        add_stat(&sample, read_of(text, sizeof text, pid, "stat"), only_waited);
        sample.cpu += only_waited ? 0 : cpu_of(pid);
    }
    return sample;
}

/* The number after a word at the start of a line; 0 if there is none. */
static double number_after(const char *text, const char *word)
{
    const char *at = strstr(text, word);

    return at ? strtod(at + strlen(word), NULL) : 0;
}

static void add_switches(void *self, pid_t pid, int thread)
{
    struct pfg_proctree_details *out = self;
    char text[4096], name[64];

    snprintf(name, sizeof name, "task/%d/status", thread);
    read_of(text, sizeof text, pid, name);
    out->switches += number_after(text, "\nvoluntary_ctxt_switches:") +
                     number_after(text, "\nnonvoluntary_ctxt_switches:");
}

static void count(void *self, pid_t pid, int number)
{
    (void)pid;
    (void)number;
    ((struct pfg_proctree_details *)self)->descriptors++;
}

struct pfg_proctree_details pfg_proctree_details(
    const struct pfg_proctree *tree)
{
    struct pfg_proctree_details details = {0};
    char text[1024];

    for (size_t i = tree->below ? tree->n_roots : 0; i < tree->pids.n; i++) {
        pid_t pid = tree->pids.at[i];

        read_of(text, sizeof text, pid, "io");
        details.read += number_after(text, "\nread_bytes:");
        details.written += number_after(text, "\nwrite_bytes:");
        each_entry(pid, "fd", count, &details);
        each_entry(pid, "task", add_switches, &details);
    }
    return details;
}
