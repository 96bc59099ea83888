#ifndef PFG_EXEC_COUNT_H
#define PFG_EXEC_COUNT_H

#include <stdbool.h>
#include <stdint.h>

/* The kernel's counters of a process and its descendants: perf_event_open(2).
 */

#define PFG_COUNTS_MOST 8

/* An event, as numbered in linux/perf_event.h. */
struct pfg_count_event {
    uint32_t type;
    uint64_t config;
    bool kernel; /* counted in the kernel; else in user space */
};

struct pfg_count {
    uint64_t value;
    uint64_t wanted, counted; /* ns for which it should have counted, and did */
};

/* Opens a counter of the children that this process will start, from their exec
 * on. Returns a descriptor that closes on exec, or -1 with errno: ENOENT or
 * EOPNOTSUPP if there is no such counter, EACCES or EPERM if it is not
 * permitted. Makes a single system call. */
int pfg_count_open(const struct pfg_count_event *event);

/* Reads what it counted of the children that have ended. */
int pfg_count_read(struct pfg_count *out, int fd);

#endif
