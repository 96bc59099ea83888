#ifndef PFG_COMPARE_BASELINE_H
#define PFG_COMPARE_BASELINE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Chooses the base among candidates that it is handed; walks nothing itself.
 */

/* A commit on the way back from where the base is looked for. */
struct pfg_candidate {
    const char *id;
    size_t distance; /* steps */
    bool mainline;   /* reached by first parents alone */
    bool has_data;   /* on the head's hardware */
};

/*
 * The nearest candidate with data that is not the head itself, of several as
 * near one of the main line: its index, or -1 where there is none. `candidates`
 * are nearest first.
 */
long pfg_baseline_choose(const struct pfg_candidate *candidates, size_t n,
                         const char *head_id);

#endif
