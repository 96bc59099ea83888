#ifndef PFG_JSON_GRAMMAR_H
#define PFG_JSON_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "json/syntax.h"

struct cJSON;

/*
 * The one grammar behind json.h and scan.h: a strict walk over a JSON text
 * that picks out wanted paths, or builds a tree. Inside this folder only.
 */

#define PFG_JSON_DEPTH 256 /* of arrays and objects in one another */

/* A tree of so many takes 610 MiB. */
#define PFG_JSON_VALUES_MAX ((size_t)10000000)

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

/*
 * A tree as it grows, of cJSON's nodes. `valueint` is the offset of a value in
 * the text, `valuedouble` the length of a number. Strings and keys stay where
 * they are in the text, a NUL in place of the closing quote; those with escapes
 * are decoded into the arena. An array of numbers is a leaf: `valuedouble` says
 * how many, `valuestring` is the struct pfg_packed, and its nodes are made when
 * somebody asks for them.
 */
#define PFG_PACKED (1 << 16) /* in a node's type, above cJSON's own bits */

struct pfg_packed;
struct pfg_growth {
    struct pfg_arena *arena;
    char *text;
    struct pfg_packed *packed; /* of the whole document */
    struct cJSON *root, *parent;
    struct cJSON *last;     /* child of the parent so far */
    char *key;              /* of the value that comes next; NULL: none */
    size_t n, bytes;        /* values, and what is in the arena */
    PFG_VEC(uint32_t) keys; /* hashes of the keys of the open objects */
    struct cJSON *twice;    /* the first member whose key stood before */
};

struct pfg_walk {
    const char *begin, *end; /* the text: at most INT32_MAX bytes */
    unsigned flags;          /* PFG_JSON_* of syntax.h */

    struct pfg_json_pick *picks;
    size_t n_picks;
    bool unsure; /* see PFG_JSON_SCAN_UNSURE */

    struct pfg_growth *growth; /* NULL: no tree */

    enum pfg_walk_problem problem;
    const char *at, *opened;

    size_t depth; /* the rest is of use during the walk only */
    bool escaped;
};

/* The array is valid: no walk over it fails. */
struct pfg_packed {
    struct pfg_arena *arena; /* of the nodes */
    struct pfg_walk walk;    /* over the document's text */
    struct cJSON *spare;     /* a node that a cursor is done with, or NULL */
};

/* Walks over the text. 0, or -1 with `problem`, `at` and `opened` saying why.
 */
int pfg_walk(struct pfg_walk *walk);

/* Makes a number of a packed array the next one, with its offset and length;
 * before the first it is the opening bracket, of no length. *value is what it
 * is times 10^exp10, or NAN where that takes pfg_number_parse(). False: it was
 * the last, and nothing changes. */
bool pfg_walk_next_number(struct pfg_packed *packed, struct cJSON *number,
                          int exp10, double *value);

/* For the walk: adds the value at `offset`, of which cJSON's type is known by
 * its first character; keeps the string between `offset` and `end`, quotes
 * included, and gives it terminated; does the same for the next value's key;
 * and ends the object or array at hand, whose keys begin at `first_key`. */
struct cJSON *pfg_growth_add(struct pfg_growth *growth, size_t offset);
char *pfg_growth_string(struct pfg_growth *growth, size_t offset, size_t end,
                        bool escaped);
void pfg_growth_key(struct pfg_growth *growth, size_t offset, size_t end,
                    bool escaped);
void pfg_growth_close(struct pfg_growth *growth, size_t first_key);

/* Makes an array a leaf of `n` numbers, and gives such a leaf its nodes. */
void pfg_growth_pack(struct pfg_growth *growth, struct cJSON *array, size_t n);
void pfg_growth_unpack(struct cJSON *array);

/* The offset of the quote that opens a member's key. */
size_t pfg_growth_key_offset(const char *key, const char *text, size_t len);

/* Puts the closing quotes back into the text, which has `len` bytes. */
void pfg_growth_undo(struct pfg_growth *growth, size_t len);

/* The first byte behind a byte order mark. */
const char *pfg_walk_start(const char *begin, const char *end);

/* The place of `at` in the text; columns count bytes. */
struct pfg_pos pfg_walk_pos(const char *begin, const char *end, const char *at,
                            const char *file);

/* Puts the problem of a failed walk in words. Always -1. */
int pfg_walk_fail(const struct pfg_walk *walk, const char *file,
                  struct pfg_error *err);

#endif
