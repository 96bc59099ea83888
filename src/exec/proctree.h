#ifndef PFG_EXEC_PROCTREE_H
#define PFG_EXEC_PROCTREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Processes and all their descendants, from /proc. Cheap enough to sample
 * several times a second: about 10 microseconds a process. */

/* Their totals at one moment. */
struct pfg_proctree_sample {
    double cpu;    /* seconds since their start, including children that have
                      ended */
    double memory; /* resident bytes; shared memory counts for each */
    double threads;
};

/* Totals that cost more: about 10 microseconds a thread, or 100 descriptors. */
struct pfg_proctree_details {
    double descriptors;
    double switches;      /* context switches of the living threads */
    double read, written; /* bytes, from and to block devices */
};

struct pfg_proctree {
    const pid_t *roots;
    size_t n_roots;
    bool below; /* only the descendants, with the children that the roots waited
                   for */
    struct {
        pid_t *at;
        size_t n, cap;
    } pids;
};

/* Finds the processes. Processes started after the call are not in the samples
 * until the next call. */
void pfg_proctree_find(struct pfg_proctree *tree);

/* Samples the processes that were found and still exist. */
struct pfg_proctree_sample pfg_proctree_sample(const struct pfg_proctree *tree);
struct pfg_proctree_details pfg_proctree_details(
    const struct pfg_proctree *tree);

void pfg_proctree_free(struct pfg_proctree *tree);

#endif
