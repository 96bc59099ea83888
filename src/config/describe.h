#ifndef PFG_CONFIG_DESCRIBE_H
#define PFG_CONFIG_DESCRIBE_H

#include "config/keys.h"

/* What a configuration says, in words for people. Inside this folder only. */

/* A value: "5%", "< 8ms". In the arena. */
const char *pfg_config_describe(const struct pfg_config_key *key,
                                const void *at, struct pfg_arena *arena);

/* A record without what names it: "limit <= 1.05, severity warn". */
const char *pfg_config_describe_record(const struct pfg_config_record *type,
                                       const void *record,
                                       struct pfg_arena *arena);

/* What a record is about: "core* time", "ratio of a to b". */
const char *pfg_config_subject(const struct pfg_config_record *type,
                               const void *record, struct pfg_arena *arena);

/* The subject of a bound or an amount, with what it measures where it says so
 * itself: several can be about the same benchmarks. */
const char *pfg_config_measure(const char *subject,
                               const struct pfg_config_key *key, const void *at,
                               struct pfg_arena *arena);

#endif
