#ifndef PFG_MODEL_MACHINE_H
#define PFG_MODEL_MACHINE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/profile.h"

struct pfg_arena;

/*
 * What results say of the machine that they were measured on, whatever their
 * tool calls it: goarch, num_cpus, "x64-linux". NULL and 0: not said.
 */
struct pfg_machine {
    const char *arch; /* as the kernel says it: "x86_64", "aarch64" */
    const char *os;   /* "linux", "windows", "darwin" */
    const char *cpu;  /* as it was written */
    int cpus;
};

/* What a run's facts say. Strings belong to the facts or are constants. */
struct pfg_machine pfg_machine_said(const struct pfg_fact *facts, size_t n);

/* Whether a fact of this key tells of the machine. */
bool pfg_machine_is_fact(const char *key);

/*
 * What both say and contradict each other in, "cpu: A BETWEEN B AFTER", with
 * commas; NULL: nothing. Two ways to write one CPU are no contradiction.
 */
const char *pfg_machine_differs(const struct pfg_machine *one,
                                const struct pfg_machine *other,
                                const char *between, const char *after,
                                struct pfg_arena *arena);

/* The machine of a profile, as far as `said` can be held against it: any of
 * its counts of processors (online, allowed, usable) may be the one said. */
struct pfg_machine pfg_machine_of(const struct pfg_profile *profile,
                                  const struct pfg_machine *said);

/* The profile of a machine that is known only from what was said. */
struct pfg_profile pfg_machine_profile(const struct pfg_machine *said,
                                       struct pfg_arena *arena);

#endif
