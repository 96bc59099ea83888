#ifndef PFG_JSON_WALK_H
#define PFG_JSON_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "json/syntax.h"

struct pfg_growth;

/* Why a walk over a text ended. Inside this folder only. */
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
    PFG_WALK_ITEM, /* refused by its reader; has no message */
};

/* A walk: what it reads, what it looks for, and how it ended. */
struct pfg_walk {
    const char *begin, *end; /* the text: at most INT32_MAX bytes */
    unsigned flags;          /* PFG_JSON_* of syntax.h */

    struct pfg_json_pick *picks;
    size_t n_picks;
    bool unsure; /* see PFG_JSON_SCAN_UNSURE */

    struct pfg_growth *growth; /* NULL: no tree */

    enum pfg_walk_problem problem;
    const char *at, *opened;

    size_t depth; /* used during the walk only, as the next one */
    bool escaped; /* the last string has escapes */
};

#endif
