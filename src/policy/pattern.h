#ifndef PFG_POLICY_PATTERN_H
#define PFG_POLICY_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * A pattern that selects names: a glob over the whole word (`*`, `?`, `[a-z]`;
 * `*` crosses slashes), or a /regular expression/ (POSIX extended) that may
 * match anywhere in it. A word that equals the text of a glob always matches,
 * so that "n=8 [go=1.23]" can be copied from a report.
 *
 * Patterns belong to a set and are released with it.
 */
struct pfg_pattern;

struct pfg_patterns {
    struct pfg_arena *arena; /* outlives the set */
    struct pfg_pattern *first;
};

void pfg_patterns_free(struct pfg_patterns *set);

/* Whether the glob matches the word or has the same text. */
bool pfg_glob_matches(const char *glob, const char *word);

/* PFG_USAGE on an empty text, a bad expression, or more than 500 bytes. */
int pfg_pattern_new(const struct pfg_pattern **out, struct pfg_patterns *set,
                    const char *text, struct pfg_error *err);

/* The pattern as the user wrote it. */
const char *pfg_pattern_text(const struct pfg_pattern *pattern);
bool pfg_pattern_is_regex(const struct pfg_pattern *pattern);

/* Whether both have the same text, or both are NULL. */
bool pfg_pattern_same(const struct pfg_pattern *a, const struct pfg_pattern *b);

/* A NULL pattern matches everything. */
bool pfg_pattern_matches(const struct pfg_pattern *pattern, const char *word);

/* The number of wildcards in a glob. The text that each matches can be
 * captured, up to this many. */
#define PFG_CAPTURES_MAX 8
size_t pfg_pattern_wildcards(const struct pfg_pattern *pattern);

/* Whether the glob matches; captures[i] is then the text that its i-th wildcard
 * matched, borrowed from `word`. */
bool pfg_pattern_capture(const struct pfg_pattern *pattern, const char *word,
                         struct pfg_slice captures[PFG_CAPTURES_MAX]);

/* The glob with its wildcards replaced by these texts. In the arena. */
const char *pfg_pattern_fill(const struct pfg_pattern *pattern,
                             const struct pfg_slice *captures,
                             struct pfg_arena *arena);

/* The number of characters that are not wildcards: the more, the more specific
 * the pattern is. */
size_t pfg_pattern_weight(const struct pfg_pattern *pattern);

#endif
