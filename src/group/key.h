#ifndef PFG_GROUP_KEY_H
#define PFG_GROUP_KEY_H

#include "base/str.h"
#include "model/run.h"

/* The identity of a series: suite, benchmark, params, variant and metric,
 * separated so that no two series share one. Same key in base and head: same
 * series. Belongs to the arena. */
const char *pfg_key_make(struct pfg_arena *arena,
                         const struct pfg_series *series);

/* A variant with one more, in the order of their keys. In the arena. */
struct pfg_fact *pfg_key_variant_with(struct pfg_arena *arena,
                                      const struct pfg_fact *variant, size_t n,
                                      struct pfg_fact one);

/* What people read: "BenchmarkJoin/n=8 cpus=2 [go=1.23]", without suite and
 * metric, and without how long it was observed, which is for the whole. */
const char *pfg_key_label(struct pfg_arena *arena,
                          const struct pfg_series *series);
/* With that: several of a benchmark may stand side by side. */
const char *pfg_key_label_in_full(struct pfg_arena *arena,
                                  const struct pfg_series *series);
void pfg_key_put_label(struct pfg_str *out, const struct pfg_series *series);

#endif
