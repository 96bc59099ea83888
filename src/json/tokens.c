#include "json/tokens.h"

#include <string.h>

/* What follows from the first problem is none. */
__attribute__((cold)) const char *pfg_token_fail(struct pfg_walk *w,
                                                 const char *at,
                                                 enum pfg_walk_problem problem,
                                                 const char *opened)
{
    if (!w->problem) {
        w->problem = at == w->end && opened ? PFG_WALK_ENDS : problem;
        w->at = at;
        w->opened = opened;
    }
    return NULL;
}

/* Skips the comment at `p`; `p` itself where there is none. */
static const char *skip_comment(struct pfg_walk *w, const char *p)
{
    size_t left = (size_t)(w->end - p);
    const char *end = NULL;

    if (left >= 2 && p[1] == '/') {
        end = memchr(p, '\n', left);
        end = end ? end : w->end;
    } else if (left >= 2 && p[1] == '*') {
        end = memmem(p + 2, left - 2, "*/", 2);
        if (!end) {
            pfg_token_fail(w, w->end, PFG_WALK_ENDS, p);
            return w->end;
        }
        end += 2;
    } else {
        return p;
    }
    return end;
}

static const char *skip_spaces(const char *p, const char *end)
{
    while (end - p >= 8) {
        uint64_t others;

        memcpy(&others, p, 8);
        others = le64toh(others) ^ 0x2020202020202020;
        if (others) {
            return p + __builtin_ctzll(others) / 8;
        }
        p += 8;
    }
    while (p < end && *p == ' ') {
        p++;
    }
    return p;
}

__attribute__((noinline)) static const char *skip_all_blanks(struct pfg_walk *w,
                                                             const char *p)
{
    while (p < w->end) {
        if (*p == '/' && (w->flags & PFG_JSON_COMMENTS)) {
            const char *behind = skip_comment(w, p);

            if (behind == p || behind == w->end) {
                return behind;
            }
            p = behind;
        } else if (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t') {
            p = skip_spaces(p + 1, w->end);
        } else {
            break;
        }
    }
    return p;
}

/* Mostly the end of a line and the indentation of the next. The rest is a
 * function of its own, so that this one saves no registers. */
const char *pfg_token_blanks(struct pfg_walk *w, const char *p)
{
    if (p < w->end && *p == '\n') {
        p = skip_spaces(p + 1, w->end);
    }
    return p == w->end || *p <= ' ' || *p == '/' ? skip_all_blanks(w, p) : p;
}

/* Skips the \uXXXX at `p`, or a pair of them that is one character. */
static const char *walk_unicode_escape(struct pfg_walk *w, const char *p,
                                       const char *opened)
{
    long unit = pfg_lex_hex4(p + 2, w->end);

    if (unit < 0) {
        bool ends = w->end - p < 6 && !memchr(p, '"', (size_t)(w->end - p));

        return pfg_token_fail(w, ends ? w->end : p, PFG_WALK_ESCAPE, opened);
    }
    if (unit == 0) {
        return pfg_token_fail(w, p, PFG_WALK_ZERO, opened);
    }
    return pfg_lex_is_high(unit) && pfg_lex_low_half(p + 6, w->end) >= 0
               ? p + 12
               : p + 6;
}

const char *pfg_token_special(struct pfg_walk *w, const char *p,
                              const char *opened)
{
    size_t len;

    if (*p == '\\') {
        char c = pfg_token_peek(w, p + 1);

        w->escaped = true;
        if (c == 'u') {
            return walk_unicode_escape(w, p, opened);
        }
        return c && strchr("\"\\/bfnrt", c)
                   ? p + 2
                   : pfg_token_fail(w, p + 1 == w->end ? w->end : p,
                                    PFG_WALK_ESCAPE, opened);
    }
    if ((unsigned char)*p < 0x20) {
        return pfg_token_fail(w, p, PFG_WALK_CONTROL, opened);
    }
    len = pfg_lex_utf8(p, w->end);
    return len ? p + len : pfg_token_fail(w, p, PFG_WALK_UTF8, opened);
}

/* Skips digits, eight at a time: a byte below '0' borrows into its high bit in
 * the subtraction, one above '9' carries into it in the addition. Only bytes
 * above such a byte can be marked wrongly, so the lowest mark is right. */
static const char *skip_digits(const char *p, const char *end)
{
    const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;

    while (end - p >= 8) {
        uint64_t word, others;

        memcpy(&word, p, 8);
        word = le64toh(word);
        others = ((word - ones * '0') | (word + ones * (0x7f - '9'))) & highs;
        if (others) {
            return p + __builtin_ctzll(others) / 8;
        }
        p += 8;
    }
    while (p < end && *p >= '0' && *p <= '9') {
        p++;
    }
    return p;
}

const char *pfg_token_word(struct pfg_walk *w, const char *p, const char *word)
{
    size_t len = strlen(word);

    return (size_t)(w->end - p) >= len && !memcmp(p, word, len)
               ? p + len
               : pfg_token_fail(w, p, PFG_WALK_VALUE, NULL);
}

const char *pfg_token_nonfinite(struct pfg_walk *w, const char *begin)
{
    const char *p = begin + (*begin == '-');

    return pfg_token_word(w, p, *p == 'N' ? "NaN" : "Infinity");
}

/* Skips one or more digits. */
static inline const char *walk_digits(struct pfg_walk *w, const char *p)
{
    if (!pfg_token_is_digit(pfg_token_peek(w, p))) {
        return pfg_token_fail(w, p, PFG_WALK_DIGIT, NULL);
    }
    return skip_digits(p, w->end);
}

const char *pfg_token_number(struct pfg_walk *w, const char *begin)
{
    const char *p = begin + (*begin == '-');

    if ((w->flags & PFG_JSON_NONFINITE) &&
        (pfg_token_peek(w, p) == 'N' || pfg_token_peek(w, p) == 'I')) {
        return pfg_token_nonfinite(w, begin);
    }
    if (pfg_token_peek(w, p) == '0' &&
        pfg_token_is_digit(pfg_token_peek(w, p + 1))) {
        return pfg_token_fail(w, begin, PFG_WALK_LEADING_ZERO, NULL);
    }
    p = walk_digits(w, p);
    if (p && pfg_token_peek(w, p) == '.') {
        p = walk_digits(w, p + 1);
    }
    if (p && (pfg_token_peek(w, p) == 'e' || pfg_token_peek(w, p) == 'E')) {
        char sign = pfg_token_peek(w, p + 1);

        p = walk_digits(w, p + 1 + (sign == '-' || sign == '+'));
    }
    return p;
}
