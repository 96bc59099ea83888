#ifndef PFG_EXEC_PROCTREE_H
#define PFG_EXEC_PROCTREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Processes and all their descendants, as /proc shows them. Cheap enough to be
 * looked at some times a second: some 10 microseconds a process. */

/* What they have together, at one moment. */
struct pfg_proctree_sample {
    double cpu;    /* seconds since they began, with those of children that
                      have ended */
    double memory; /* bytes resident; what they share counts for each */
    double threads;
};

/* What costs more to ask: some 10 microseconds a thread, or 100 descriptors. */
struct pfg_proctree_details {
    double descriptors;
    double switches;      /* context switches of the threads that live */
    double read, written; /* bytes, from and to block devices */
};

struct pfg_proctree {
    const pid_t *roots;
    size_t n_roots;
    bool below; /* only the descendants, with what the roots waited for */
    struct {
        pid_t *at;
        size_t n, cap;
    } pids;
};

/* Finds the processes; between two calls those that are new are not seen. */
void pfg_proctree_find(struct pfg_proctree *tree);

/* Of the processes that were found and still are. */
struct pfg_proctree_sample pfg_proctree_sample(const struct pfg_proctree *tree);
struct pfg_proctree_details pfg_proctree_details(
    const struct pfg_proctree *tree);

void pfg_proctree_free(struct pfg_proctree *tree);

#endif
