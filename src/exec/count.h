#ifndef PFG_EXEC_COUNT_H
#define PFG_EXEC_COUNT_H

#include <stdbool.h>
#include <stdint.h>

/* The kernel's counters of a process and of all that it starts:
 * perf_event_open(2). */

#define PFG_COUNTS_MOST 8

/* What is counted, as linux/perf_event.h numbers it. */
struct pfg_count_event {
    uint32_t type;
    uint64_t config;
    bool kernel; /* it happens in the kernel; else user space is counted */
};

struct pfg_count {
    uint64_t value;
    uint64_t wanted, counted; /* ns that it was to count, and did */
};

/* A counter of the children that this process will have, from their exec on.
 * A descriptor that closes on exec, or -1 with errno: ENOENT and EOPNOTSUPP
 * where there is no such counter, EACCES and EPERM where it may not be used.
 * Makes one system call only. */
int pfg_count_open(const struct pfg_count_event *event);

/* What it counted of the children that have ended. */
int pfg_count_read(struct pfg_count *out, int fd);

#endif
