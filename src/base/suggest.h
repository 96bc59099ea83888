#ifndef PFG_BASE_SUGGEST_H
#define PFG_BASE_SUGGEST_H

#include <stddef.h>

/* The name that was probably meant by `word`: the one with the fewest edits
 * (Levenshtein), when they are at most a third of its length; else NULL. */
const char *pfg_suggest(const char *word, const char *const *names, size_t n);

#endif
