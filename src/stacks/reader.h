#ifndef PFG_STACKS_READER_H
#define PFG_STACKS_READER_H

#include "input/input.h"
#include "stacks/stacks.h"

/* Shared by the readers of profiles; internal to this folder. */
struct pfg_stack_reader {
    struct pfg_stacks *stacks;
    size_t profile;
    struct pfg_arena *arena; /* freed after reading */
    struct pfg_pos pos;
};

/* A format. Its state is zeroed when the first line is read. */
struct pfg_stack_format {
    const char *name;
    bool (*begins)(struct pfg_slice line);
    size_t state_size;
    int (*line)(struct pfg_stack_reader *reader, void *state,
                struct pfg_slice line, struct pfg_error *err);
    int (*finish)(struct pfg_stack_reader *reader, void *state,
                  struct pfg_error *err);
};

extern const struct pfg_stack_format pfg_stack_format_perf;
extern const struct pfg_stack_format pfg_stack_format_callgrind;
extern const struct pfg_stack_format pfg_stack_format_pprof;
extern const struct pfg_stack_format pfg_stack_format_folded;

/* Always -1: PFG_DATA at the reader's place. */
int pfg_stack_fail(const struct pfg_stack_reader *reader, struct pfg_error *err,
                   const char *expected);

/* A weight: finite, not negative. */
int pfg_stack_weight(double *out, struct pfg_slice text);

#endif
