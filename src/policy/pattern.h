#ifndef PFG_POLICY_PATTERN_H
#define PFG_POLICY_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * What a rule names things by: a glob over the whole word (`*`, `?`, `[a-z]`;
 * `*` crosses slashes), or a /regular expression/ (POSIX extended) found
 * anywhere in it. A word that equals the text of a glob always matches, so
 * that "n=8 [go=1.23]" can be named as the report shows it.
 *
 * Patterns belong to a set and are released with it.
 */
struct pfg_pattern;

struct pfg_patterns {
    struct pfg_arena *arena; /* outlives the set */
    struct pfg_pattern *first;
};

void pfg_patterns_free(struct pfg_patterns *set);

/* Whether a word is this text, or one that it stands for as a glob. */
bool pfg_glob_matches(const char *glob, const char *word);

/* PFG_USAGE on an empty text, a bad expression, or more than 500 bytes. */
int pfg_pattern_new(const struct pfg_pattern **out, struct pfg_patterns *set,
                    const char *text, struct pfg_error *err);

/* As it was written. */
const char *pfg_pattern_text(const struct pfg_pattern *pattern);
bool pfg_pattern_is_regex(const struct pfg_pattern *pattern);

/* Whether both are written alike, or NULL. */
bool pfg_pattern_same(const struct pfg_pattern *a, const struct pfg_pattern *b);

/* A NULL pattern matches everything. */
bool pfg_pattern_matches(const struct pfg_pattern *pattern, const char *word);

/* How many wildcards a glob has; what stands for each can be captured. */
#define PFG_CAPTURES_MAX 8
size_t pfg_pattern_wildcards(const struct pfg_pattern *pattern);

/* Whether the glob matches; captures[i] is then what stands for its i-th
 * wildcard, borrowed from `word`. */
bool pfg_pattern_capture(const struct pfg_pattern *pattern, const char *word,
                         struct pfg_slice captures[PFG_CAPTURES_MAX]);

/* The word that a glob is when its wildcards are these. In the arena. */
const char *pfg_pattern_fill(const struct pfg_pattern *pattern,
                             const struct pfg_slice *captures,
                             struct pfg_arena *arena);

/* How many of its characters are not wildcards: of two patterns that match,
 * the one with more says more. */
size_t pfg_pattern_weight(const struct pfg_pattern *pattern);

#endif
