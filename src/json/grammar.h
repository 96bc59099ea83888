#ifndef PFG_JSON_GRAMMAR_H
#define PFG_JSON_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "json/walk.h"

struct cJSON;

/*
 * The one grammar behind json.h and scan.h: a strict walk over a JSON text
 * that picks out wanted paths, or builds a tree. Inside this folder only.
 */

#define PFG_JSON_DEPTH 256 /* levels of arrays and objects */

/* A tree of this many values takes 610 MiB. */
#define PFG_JSON_VALUES_MAX ((size_t)10000000)

/*
 * A growing tree of cJSON's nodes. `valueint` is the offset of a value in
 * the text, `valuedouble` the length of a number. Strings and keys stay where
 * they are in the text, a NUL in place of the closing quote; those with escapes
 * are decoded into the arena. An array of numbers is a leaf: `valuedouble` is
 * their number, `valuestring` the struct pfg_packed, and nodes are made only
 * when pfg_json_first() needs them.
 */
#define PFG_PACKED (1 << 16) /* in a node's type, above cJSON's own bits */

struct pfg_packed;
struct pfg_growth {
    struct pfg_arena *arena;
    struct cJSON *spare; /* nodes that are not used yet */
    size_t n_spare;
    char *text;
    struct pfg_packed *packed; /* of the whole document */
    struct cJSON *root, *parent;
    struct cJSON *last;     /* child of the parent so far */
    char *key;              /* of the value that comes next; NULL: none */
    size_t n, bytes;        /* so far, freed items included */
    PFG_VEC(uint32_t) keys; /* hashes of the keys of the open objects */
    struct cJSON *twice;    /* the first member with a duplicate key */
    const struct pfg_json_items *items; /* NULL: the tree keeps all */
    struct pfg_arena *items_arena;
    const struct pfg_json_document *document; /* for their reader */
};

/* What it takes to walk over packed arrays, which are valid, again. */
struct pfg_packed {
    struct pfg_arena *arena; /* of the nodes */
    struct pfg_walk walk;    /* over the document's text */
    struct cJSON *spare;     /* a node to use again, or NULL */
};

/* Walks over the text. 0, or -1 with `problem`, `at` and `opened` saying why.
 */
int pfg_walk(struct pfg_walk *walk);

/* Turns the node of a number of a packed array into that of the next number;
 * begin with one at the opening bracket, of length 0. *value is the number
 * times 10^exp10, or NAN where only pfg_number_parse() can tell. False after
 * the last number; the node is then unchanged. */
bool pfg_walk_next_number(struct pfg_packed *packed, struct cJSON *number,
                          int exp10, double *value);

/* For the walk: adds the value at `offset`, whose first character tells its
 * type; terminates the string from `offset` to `end`, quotes included, and
 * returns it; does the same for the key of the next value; and ends the open
 * object or array, whose keys begin at `first_key`. */
struct cJSON *pfg_growth_add(struct pfg_growth *growth, size_t offset);
char *pfg_growth_string(struct pfg_growth *growth, size_t offset, size_t end,
                        bool escaped);
void pfg_growth_key(struct pfg_growth *growth, size_t offset, size_t end,
                    bool escaped);
void pfg_growth_close(struct pfg_growth *growth, size_t first_key);

/* Turn an array into a leaf of `n` numbers, and back into an array of nodes. */
void pfg_growth_pack(struct pfg_growth *growth, struct cJSON *array, size_t n);
void pfg_growth_unpack(struct cJSON *array);

/* The offset of the quote that opens a member's key. */
size_t pfg_growth_key_offset(const char *key, const char *text, size_t len);

/* The first byte behind a byte order mark. */
const char *pfg_walk_start(const char *begin, const char *end);

/* The place of `at` in the text; columns count bytes. */
struct pfg_pos pfg_walk_pos(const char *begin, const char *end, const char *at,
                            const char *file);

/* Reports why a walk failed. Always -1. */
int pfg_walk_fail(const struct pfg_walk *walk, const char *file,
                  struct pfg_error *err);

#endif
