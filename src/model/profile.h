#ifndef PFG_MODEL_PROFILE_H
#define PFG_MODEL_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

struct pfg_arena;

struct pfg_fact {
    const char *key, *value;
};

/* The value of the first fact with that key, or NULL. */
const char *pfg_fact_find(const struct pfg_fact *facts, size_t n,
                          const char *key);

/*
 * A hardware profile. Measurements with the same identity are comparable;
 * everything else is recorded, and differences are noted. NULL: unknown,
 * which is not the same as empty.
 */
struct pfg_profile {
    /* identity */
    const char *arch;       /* "x86_64"; not on Linux: "x86_64 windows" */
    const char *cpu_vendor; /* "AuthenticAMD" */
    const char *cpu_family; /* "25" */
    const char *cpu_model;  /* "1" */
    const char *cpu_stepping;
    const char *cpu_name; /* normalised */
    int cpus;             /* usable: min(online, affinity, quota); 0: unknown */
    const char **gpus;    /* names, sorted; n_gpus 0: none or unknown */
    size_t n_gpus;
    /* derived or given */
    const char *name; /* "amd-epyc-7763-4c", or as the user named it */
    bool name_given;
    const char *fingerprint; /* of the identity, or of the given name */
    /* recorded */
    struct pfg_fact *notes; /* sorted by key: "memory", "governor", ... */
    size_t n_notes;
};

/* Fills `name` (unless given) and `fingerprint` from the identity. A given name
 * is the whole identity: in a load test it names the machine under test, not
 * the client that runs perfgate. */
void pfg_profile_finish(struct pfg_profile *profile, struct pfg_arena *arena);

/* Whether two names, written by any tools, may be of the same CPU. Trademarks,
 * clock, number of cores and maker do not count. */
bool pfg_profile_same_cpu(const char *one, const char *other,
                          struct pfg_arena *arena);

/* A deep copy, made by the table of members in codec/codec_profile.c. */
struct pfg_profile pfg_profile_copy(const struct pfg_profile *profile,
                                    struct pfg_arena *arena);

const char *pfg_profile_note(const struct pfg_profile *profile,
                             const char *key); /* NULL: unknown */

#endif
