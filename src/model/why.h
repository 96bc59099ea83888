#ifndef PFG_MODEL_WHY_H
#define PFG_MODEL_WHY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Where a change comes from: the comparison of profiles of base and head.
 * Costs are in the unit that was measured; strings are never NULL. No
 * verdict depends on it.
 */
struct pfg_why_function {
    const char *name;
    const char *object; /* the program or library that it is in; "" */
    double base, head;  /* its cost, with the libraries, the runtime and the
                           kernel that it calls */
    double error;     /* standard error of head - base; 0: costs were counted */
    double self;      /* change of its own code alone */
    double inclusive; /* change with all that it calls */
    bool is_new, gone; /* only in the head, only in the base */
    bool foreign; /* in a library, a runtime or the kernel, and not called by
                     the program */
    bool named;   /* it changed by more than noise, in each pair of profiles */
    const char *through; /* the library function with most of the change; "" */
    const char *note;    /* "was inlined into parse"; "" */
    const char *path;    /* call path of its largest change, ';' between */
};

struct pfg_why_frame {
    const char *name;
    size_t parent;     /* index + 1; 0: it is a root */
    double base, head; /* with all that it calls */
    bool foreign;      /* of a library, the runtime or the kernel */
};

struct pfg_why {
    const char *profiler; /* "perf", "callgrind", "pprof", "folded"; "" : there
                             is no profile */
    const char *unit;     /* base unit of the costs */
    const char *what;     /* "time", "instructions" */
    double base, head;    /* the whole */
    double error; /* standard error of head - base; 0: costs were counted, or
                     the benchmark's own */
    size_t n_base, n_head;              /* profiles */
    struct pfg_why_function *functions; /* largest change first, but a new or
                                           gone function before its caller */
    size_t n_functions;
    struct pfg_why_frame *frames; /* a tree; parents first */
    size_t n_frames;
    const char **notes; /* sentences about what is not known, and why */
    size_t n_notes;
};

/* A change must have this many standard errors. */
#define PFG_WHY_ERRORS 4.0

#endif
