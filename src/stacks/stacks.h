#ifndef PFG_STACKS_STACKS_H
#define PFG_STACKS_STACKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/slice.h"

/*
 * Profiles of a program as one tree of calls. A node is a function below its
 * callers, with its own weight in each profile.
 */
#define PFG_STACKS_NONE     ((size_t)-1)
#define PFG_STACKS_PROFILES 64     /* at most */
#define PFG_STACKS_DEPTH    512    /* deeper frames are the leaf's */
#define PFG_STACKS_NODES    500000 /* more are an error */

struct pfg_frame {
    const char *name;   /* demangled, without a compiler's suffixes */
    const char *object; /* the file it is in, if the profile has it; or "" */
    bool foreign;       /* of a library, a runtime or the kernel */
    bool nameless;      /* the profiler found no symbol */
};

struct pfg_stack_node {
    size_t frame;
    size_t parent; /* PFG_STACKS_NONE: a root; parents precede children */
    size_t owner;  /* the nearest node that is not foreign, itself or a caller;
                      itself where there is none */
    size_t depth;
};

struct pfg_stack_profile {
    const char *source;
    const char *format; /* "perf", "callgrind", "pprof", "folded" */
    const char *unit;   /* base unit of the weights: "s", or "1" for counts */
    const char *what;   /* "instructions", "samples", "time" */
    double total;
    double samples; /* 0: counted, not sampled */
};

struct pfg_stacks {
    struct pfg_arena *arena;
    PFG_VEC(struct pfg_frame) frames;
    PFG_VEC(struct pfg_stack_node) nodes;
    PFG_VEC(double) weights; /* nodes.n * n_profiles, a node after the other */
    struct pfg_stack_profile *profiles;
    size_t n_profiles;
    struct pfg_map by_name, by_call, by_symbol;
};

/* An empty tree for so many profiles. */
struct pfg_stacks *pfg_stacks_new(size_t n_profiles);
void pfg_stacks_free(struct pfg_stacks *stacks); /* NULL is fine */

/* The frame of a symbol as written by a profiler. */
size_t pfg_stacks_frame(struct pfg_stacks *stacks, struct pfg_slice symbol,
                        struct pfg_slice object);

/* Adds weight to a stack, the outermost caller first. Frames below main() are
 * left out, and direct recursion is one frame. PFG_DATA if there are too many
 * different stacks. */
int pfg_stacks_add(struct pfg_stacks *stacks, size_t profile,
                   const size_t *frames, size_t n, double weight,
                   struct pfg_error *err);

static inline double pfg_stacks_weight(const struct pfg_stacks *stacks,
                                       size_t node, size_t profile)
{
    return stacks->weights.at[node * stacks->n_profiles + profile];
}

/* "main;parse;memcpy" */
char *pfg_stacks_path(const struct pfg_stacks *stacks, size_t node,
                      struct pfg_arena *arena);

struct pfg_input;

/*
 * Adds an input to a profile: `perf script`, callgrind.out, `pprof -raw` or
 * folded stacks, recognised by the first line. PFG_DATA, with the place, if it
 * is none of these or broken.
 */
int pfg_stacks_read(struct pfg_stacks *stacks, size_t profile,
                    struct pfg_input *input, struct pfg_error *err);

#endif
