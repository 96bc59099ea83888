#ifndef PFG_JSON_GRAMMAR_H
#define PFG_JSON_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vec.h"
#include "json/syntax.h"

/*
 * The one grammar behind json.h and scan.h: a strict walk over a JSON text
 * that picks out wanted paths, or keeps the place of every value, or both.
 * Inside this folder only.
 */

#define PFG_JSON_DEPTH 256 /* of arrays and objects in one another */

/* A tree of so many takes about a gigabyte. */
#define PFG_JSON_VALUES_MAX ((size_t)10000000)

/* What cJSON takes for a value, and for a string of `n` bytes, with malloc's
 * own: the least that it hands out is 32. */
#define PFG_JSON_NODE_BYTES      ((size_t)80)
#define PFG_JSON_STRING_BYTES(n) ((n) + 9 < 32 ? (size_t)32 : (n) + 24)

enum pfg_walk_problem {
    PFG_WALK_FINE,
    PFG_WALK_EMPTY,
    PFG_WALK_ENDS, /* inside what begins at `opened` */
    PFG_WALK_VALUE,
    PFG_WALK_KEY,
    PFG_WALK_COLON,
    PFG_WALK_COMMA_OR_BRACE,
    PFG_WALK_COMMA_OR_BRACKET,
    PFG_WALK_TRAILING_COMMA,
    PFG_WALK_TRAILING,
    PFG_WALK_DIGIT,
    PFG_WALK_LEADING_ZERO,
    PFG_WALK_CONTROL,
    PFG_WALK_ESCAPE,
    PFG_WALK_ZERO,
    PFG_WALK_UTF8,
    PFG_WALK_DEPTH,
    PFG_WALK_VALUES,
    PFG_WALK_MEMORY,
};

/* Where a value stands, in document order. */
struct pfg_token {
    uint32_t offset, length;
    uint32_t key; /* the offset of its key, or its own where it has none */
};

struct pfg_walk {
    const char *begin, *end; /* the text: at most INT32_MAX bytes */
    unsigned flags;          /* PFG_JSON_* of syntax.h */

    struct pfg_json_pick *picks;
    size_t n_picks;
    bool unsure; /* see PFG_JSON_SCAN_UNSURE */

    /* With `keep`: every value's place; and a copy of the text of the same
     * length, terminated, with what cJSON cannot read put in its own words,
     * or NULL where that is nothing. The caller frees both. */
    bool keep;
    PFG_VEC(struct pfg_token) tokens;
    char *edited;

    enum pfg_walk_problem problem;
    const char *at, *opened;

    size_t depth; /* the rest is of use during the walk only */
    bool escaped;
    const char *key;
};

/* Walks over the text, or with PFG_JSON_PREFIX its first value. What ends the
 * walk, or NULL with `problem`, `at` and `opened` saying why. */
const char *pfg_walk(struct pfg_walk *walk);

/* The first byte behind a byte order mark. */
const char *pfg_walk_start(const char *begin, const char *end);

/* The place of `at` in the text; columns count bytes. */
struct pfg_pos pfg_walk_pos(const char *begin, const char *end, const char *at,
                            const char *file);

/* Puts the problem of a failed walk in words. Always -1. */
int pfg_walk_fail(const struct pfg_walk *walk, const char *file,
                  struct pfg_error *err);

#endif
