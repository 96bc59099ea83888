#ifndef PFG_JSON_SYNTAX_H
#define PFG_JSON_SYNTAX_H

#include <stdbool.h>

#include "base/slice.h"

/* What json.h and scan.h have in common, for the grammar behind both. */

/* What a dialect adds to JSON. */
enum {
    PFG_JSON_COMMENTS = 1,  /* line and block comments, as blanks */
    PFG_JSON_NONFINITE = 2, /* bare NaN, Infinity, with or without -: numbers */
    PFG_JSON_FRUGAL = 4,    /* a text of strangers: what would take more than
                               PFG_JSON_MEMORY is refused */
};

/* Bytes, for text and tree together. */
#define PFG_JSON_MEMORY ((size_t)184 << 20)

/* A value that is wanted by its path; see scan.h. */
#define PFG_JSON_PICKS_MAX 64 /* at once */

struct pfg_json_pick {
    const char *path;       /* wanted */
    struct pfg_slice known; /* a whole object that was found there before: where
                               the same bytes stand, they are not read again */
    struct pfg_slice value; /* found; ptr is NULL where the path is absent */
    char type;              /* " number:0 true:t false:f null:n [ { */
    bool escaped;
};

#endif
