#ifndef PFG_JSON_SYNTAX_H
#define PFG_JSON_SYNTAX_H

#include <stdbool.h>

#include "base/slice.h"

/* Shared by json.h, scan.h and the grammar behind both. */

/* Dialects. */
enum {
    PFG_JSON_COMMENTS = 1,  /* line and block comments, as blanks */
    PFG_JSON_NONFINITE = 2, /* NaN and Infinity, also with -, as numbers */
    PFG_JSON_FRUGAL = 4,    /* refuse what takes more than PFG_JSON_MEMORY: the
                               text is a stranger's */
};

/* Bytes, for text and tree together. */
#define PFG_JSON_MEMORY ((size_t)184 << 20)

struct pfg_json_document;
struct pfg_json_value;

/* Items of arrays that are read while the text is parsed. The tree holds only
 * one of them at a time, and the arrays are empty afterwards. */
struct pfg_json_items {
    const char *key; /* of the arrays */
    size_t depth;    /* of the arrays: 2 for a member of the root */
    /* Nonzero: stop with an error that has no message. */
    int (*read)(void *context, const struct pfg_json_document *document,
                const struct pfg_json_value *array,
                const struct pfg_json_value *item);
    void *context;
};

#define PFG_JSON_PICKS_MAX 64 /* in one scan */

/* A value to pick out by its path, see scan.h. */

struct pfg_json_pick {
    const char *path;
    struct pfg_slice known; /* a whole object that was found there before: the
                               same bytes are not read again */
    struct pfg_slice value; /* ptr is NULL where the path is absent */
    char type;              /* " number:0 true:t false:f null:n [ { */
    bool escaped;
};

#endif
