#ifndef PFG_JSON_JSON_H
#define PFG_JSON_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"
#include "base/str.h"
#include "json/syntax.h"

/*
 * JSON documents, as a tree of cJSON's nodes. The parser is our own: it
 * keeps the place of every value and the characters of every number, and
 * refuses what cJSON's accepts (trailing garbage, leading zeros, raw control
 * bytes, invalid UTF-8, NUL in strings, duplicate keys, more than 256 levels).
 * Half a surrogate pair (\ud83d alone), as left by writers that cut strings,
 * reads as U+FFFD. Only this folder includes cJSON.h.
 *
 * A document takes the memory of its text and 64 bytes a value. The numbers of
 * an array of numbers take nothing until pfg_json_first() asks for them;
 * pfg_json_each() reads them from the text. Values belong to the document.
 * Every getter accepts a NULL value and finds nothing there, so that chains of
 * them need no checks.
 */
struct cJSON;
struct pfg_json_document;
struct pfg_json_value;

enum pfg_json_type {
    PFG_JSON_NOTHING, /* a NULL value */
    PFG_JSON_NULL,
    PFG_JSON_BOOL,
    PFG_JSON_NUMBER,
    PFG_JSON_STRING,
    PFG_JSON_ARRAY,
    PFG_JSON_OBJECT,
};

/*
 * Parses all of `text`, a copy of which is kept, as is one of `file`, its name
 * in errors. PFG_DATA with line and column (in bytes) on bad text, more than 10
 * million values, or more than 2 GB.
 */
int pfg_json_parse(struct pfg_json_document **out, struct pfg_slice text,
                   const char *file, unsigned flags, struct pfg_error *err);
/* The same without a copy: the document takes the bytes of `text`, which is
 * empty afterwards; the caller frees it as always. After an error `text` is
 * unchanged, but for NUL bytes in comments and behind the error. `items` are
 * arrays to read early, or NULL. */
int pfg_json_parse_taking(struct pfg_json_document **out, struct pfg_str *text,
                          const char *file, unsigned flags,
                          const struct pfg_json_items *items,
                          struct pfg_error *err);
/* Frees the document, but gives its text back as it was, instead of what `text`
 * held. */
void pfg_json_give_back(struct pfg_json_document *document,
                        struct pfg_str *text);
void pfg_json_free(struct pfg_json_document *document); /* NULL is fine */

const struct pfg_json_value *pfg_json_root(
    const struct pfg_json_document *document);

enum pfg_json_type pfg_json_type(const struct pfg_json_value *value);

/* A member by its exact name; NULL where there is none, or no object. */
const struct pfg_json_value *pfg_json_get(const struct pfg_json_value *object,
                                          const char *key);
/* A member of a member: pfg_json_path(v, "mean/point_estimate"). No name may
 * have PFG_JSON_STEP bytes or more. */
#define PFG_JSON_STEP 64
const struct pfg_json_value *pfg_json_path(const struct pfg_json_value *value,
                                           const char *path);

/* Children of an array or object in order: first, next, name. */
const struct pfg_json_value *pfg_json_first(const struct pfg_json_value *value);
const struct pfg_json_value *pfg_json_next(const struct pfg_json_value *child);
const char *pfg_json_key(const struct pfg_json_value *member);
size_t pfg_json_count(const struct pfg_json_value *value);

/* Iterates over the children of `parent`: begin with {parent, exp10}. A child
 * is valid until the next call; NULL after the last. */
struct pfg_json_cursor {
    const struct pfg_json_value *parent;
    int exp10;
    double number; /* the child times 10^exp10, rounded once, where the
                      iteration computed it; else NAN */
    const struct pfg_json_value *child; /* private, as the next one */
    struct cJSON *one;
};
const struct pfg_json_value *pfg_json_each(struct pfg_json_cursor *cursor);

/* The text of a string, terminated and borrowed; NULL for other types. */
const char *pfg_json_string(const struct pfg_json_value *value);
bool pfg_json_is_true(const struct pfg_json_value *value);

/* The characters of a number as written; empty for other types. */
struct pfg_slice pfg_json_digits(const struct pfg_json_document *document,
                                 const struct pfg_json_value *value);
/* The number, once rounded; NAN for other types. */
double pfg_json_number(const struct pfg_json_document *document,
                       const struct pfg_json_value *value);
/* -1 where it is not a whole number that fits. 100, 100.0 and 1e2 are the same
 * number. */
int pfg_json_u64(uint64_t *out, const struct pfg_json_document *document,
                 const struct pfg_json_value *value);

/* Where a value begins, for errors. */
struct pfg_pos pfg_json_pos(const struct pfg_json_document *document,
                            const struct pfg_json_value *value);
/* Where a member's key begins. */
struct pfg_pos pfg_json_key_pos(const struct pfg_json_document *document,
                                const struct pfg_json_value *member);

#endif
