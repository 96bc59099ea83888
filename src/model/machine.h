#ifndef PFG_MODEL_MACHINE_H
#define PFG_MODEL_MACHINE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/profile.h"

struct pfg_arena;

/*
 * The machine that results were measured on, as far as they name it,
 * whatever their tool calls it: goarch, num_cpus, "x64-linux". NULL and 0:
 * unknown.
 */
struct pfg_machine {
    const char *arch; /* as the kernel names it: "x86_64", "aarch64" */
    const char *os;   /* "linux", "windows", "darwin" */
    const char *cpu;  /* as it was written */
    int cpus;
};

/* The machine that a run's facts describe. Strings belong to the facts or are
 * constants. */
struct pfg_machine pfg_machine_said(const struct pfg_fact *facts, size_t n);

/* Whether facts with this key describe the machine. */
bool pfg_machine_is_fact(const char *key);

/*
 * What is known of both machines and differs, as "cpu: A BETWEEN B AFTER",
 * separated by commas; NULL: nothing. Two ways to write the name of one CPU
 * are no difference.
 */
const char *pfg_machine_differs(const struct pfg_machine *one,
                                const struct pfg_machine *other,
                                const char *between, const char *after,
                                struct pfg_arena *arena);

/* The machine of a profile, for comparison with `said`: its number of CPUs is
 * any of those online, allowed or usable that equals the one in `said`. */
struct pfg_machine pfg_machine_of(const struct pfg_profile *profile,
                                  const struct pfg_machine *said);

/* The profile of a machine that is known only from the facts of a run. */
struct pfg_profile pfg_machine_profile(const struct pfg_machine *said,
                                       struct pfg_arena *arena);

#endif
