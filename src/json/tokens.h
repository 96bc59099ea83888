#ifndef PFG_JSON_TOKENS_H
#define PFG_JSON_TOKENS_H

#include "json/lex.h"
#include "json/walk.h"

/*
 * The tokens of JSON. Each function begins at `p` and returns the first byte
 * behind what it read, or NULL after pfg_token_fail(). Inside this folder only.
 */

/* Records why the walk ends; only the first problem is kept. At the end of the
 * text the problem is that what begins at `opened` is not closed. Always NULL.
 */
const char *pfg_token_fail(struct pfg_walk *w, const char *at,
                           enum pfg_walk_problem problem, const char *opened);

/* Blanks, and comments where the dialect has them. */
const char *pfg_token_blanks(struct pfg_walk *w, const char *p);

/* The special character at `p` in the string that begins at `opened`. */
const char *pfg_token_special(struct pfg_walk *w, const char *p,
                              const char *opened);

/* "true", "false" and "null"; NaN and Infinity with or without a sign; and a
 * number, which may be one of those. */
const char *pfg_token_word(struct pfg_walk *w, const char *p, const char *word);
const char *pfg_token_nonfinite(struct pfg_walk *w, const char *p);
const char *pfg_token_number(struct pfg_walk *w, const char *p);

/* NUL at the end: no JSON has one there. */
static inline char pfg_token_peek(const struct pfg_walk *w, const char *p)
{
    return p < w->end ? *p : '\0';
}

static inline bool pfg_token_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline const char *pfg_token_skip(struct pfg_walk *w, const char *p)
{
    p += p < w->end && *p == ' '; /* most blanks stand alone */
    return p == w->end || *p <= ' ' || *p == '/' ? pfg_token_blanks(w, p) : p;
}

/* The string whose opening quote is at `opened`. */
static inline const char *pfg_token_string(struct pfg_walk *w,
                                           const char *opened)
{
    const char *p = opened + 1;

    while ((p = pfg_lex_plain(p, w->end)) < w->end) {
        if (*p == '"') {
            return p + 1;
        }
        p = pfg_token_special(w, p, opened);
        if (!p) {
            return NULL;
        }
    }
    return pfg_token_fail(w, p, PFG_WALK_ENDS, opened);
}

#endif
