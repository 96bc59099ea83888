#ifndef PFG_GROUP_KEY_H
#define PFG_GROUP_KEY_H

#include "base/str.h"
#include "model/measurement.h"
#include "model/run.h"

/* What identifies a series, borrowed. */
struct pfg_identity {
    struct pfg_slice suite, benchmark, metric;
    const struct pfg_param *params; /* sorted by key */
    size_t n_params;
    const struct pfg_fact *variant; /* sorted by key */
    size_t n_variant;
};

/* Appends the key. Two series are the same in base and head if their keys are
 * equal. */
void pfg_key_put(struct pfg_str *out, const struct pfg_identity *of);

/* The key of a series. Lives in the arena. */
const char *pfg_key_make(struct pfg_arena *arena,
                         const struct pfg_series *series);

/* A copy of `variant`, which is sorted by key, with `one` added in its place.
 * Lives in the arena. */
struct pfg_fact *pfg_key_variant_with(struct pfg_arena *arena,
                                      const struct pfg_fact *variant, size_t n,
                                      struct pfg_fact one);

/* The name shown to people: "BenchmarkJoin/n=8 cpus=2 [go=1.23]". It has no
 * suite and no metric, and leaves out PFG_VARIANT_LENGTH. Lives in the arena.
 */
const char *pfg_key_label(struct pfg_arena *arena,
                          const struct pfg_series *series);
/* Includes PFG_VARIANT_LENGTH, for listings where several lengths of a
 * benchmark stand side by side. */
const char *pfg_key_label_in_full(struct pfg_arena *arena,
                                  const struct pfg_series *series);
void pfg_key_put_label(struct pfg_str *out, const struct pfg_series *series);

#endif
