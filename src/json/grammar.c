#include "json/grammar.h"

#include <assert.h>
#include <cJSON.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "json/lex.h"

/* The picks that may still lie below a value: a set of bits, and how many
 * characters of their paths led there, which is the same for all of them. */
struct wanted {
    uint64_t live;
    size_t prefix;
};

static const char *walk_value(struct pfg_walk *w, const char *p,
                              struct wanted wanted);

/* The first problem is kept: what follows from it is none. */
__attribute__((cold, noinline)) static const char *fail(
    struct pfg_walk *w, const char *at, enum pfg_walk_problem problem,
    const char *opened)
{
    if (!w->problem) {
        w->problem = at == w->end && opened ? PFG_WALK_ENDS : problem;
        w->at = at;
        w->opened = opened;
    }
    return NULL;
}

/* NUL at the end: it stands nowhere in JSON. */
static inline char peek(const struct pfg_walk *w, const char *p)
{
    return p < w->end ? *p : '\0';
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Behind the comment at `p`; `p` itself where it is none. */
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
            fail(w, w->end, PFG_WALK_ENDS, p);
            return w->end;
        }
        end += 2;
    } else {
        return p;
    }
    return end;
}

/* Behind blanks and comments, of which there are some: mostly the end of a line
 * and the indentation of the next. */
static const char *skip_some_blanks(struct pfg_walk *w, const char *p)
{
    while (p < w->end) {
        if (*p == '/' && (w->flags & PFG_JSON_COMMENTS)) {
            const char *behind = skip_comment(w, p);

            if (behind == p || behind == w->end) {
                return behind;
            }
            p = behind;
        } else if (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t') {
            p++;
            while (w->end - p >= 8 && !memcmp(p, "        ", 8)) {
                p += 8;
            }
        } else {
            break;
        }
    }
    return p;
}

static inline const char *skip_blanks(struct pfg_walk *w, const char *p)
{
    p += p < w->end && *p == ' '; /* mostly the only one in its place */
    return p == w->end || *p <= ' ' || *p == '/' ? skip_some_blanks(w, p) : p;
}

/* Behind the \uXXXX at `p`, or two of them. */
static const char *walk_unicode_escape(struct pfg_walk *w, const char *p,
                                       const char *opened)
{
    long unit = pfg_lex_hex4(p + 2, w->end);

    if (unit < 0) {
        bool ends = w->end - p < 6 && !memchr(p, '"', (size_t)(w->end - p));

        return fail(w, ends ? w->end : p, PFG_WALK_ESCAPE, opened);
    }
    if (unit == 0) {
        return fail(w, p, PFG_WALK_ZERO, opened);
    }
    return pfg_lex_is_high(unit) && pfg_lex_low_half(p + 6, w->end) >= 0
               ? p + 12
               : p + 6;
}

/* Behind the special character at `p`, inside a string. */
static const char *walk_special(struct pfg_walk *w, const char *p,
                                const char *opened)
{
    size_t len;

    if (*p == '\\') {
        char c = peek(w, p + 1);

        w->escaped = true;
        if (c == 'u') {
            return walk_unicode_escape(w, p, opened);
        }
        return c && strchr("\"\\/bfnrt", c)
                   ? p + 2
                   : fail(w, p + 1 == w->end ? w->end : p, PFG_WALK_ESCAPE,
                          opened);
    }
    if ((unsigned char)*p < 0x20) {
        return fail(w, p, PFG_WALK_CONTROL, opened);
    }
    len = pfg_lex_utf8(p, w->end);
    return len ? p + len : fail(w, p, PFG_WALK_UTF8, opened);
}

/* Behind the string whose opening quote is at `opened`. */
static inline const char *walk_string(struct pfg_walk *w, const char *opened)
{
    const char *p = opened + 1;

    while ((p = pfg_lex_plain(p, w->end)) < w->end) {
        if (*p == '"') {
            return p + 1;
        }
        p = walk_special(w, p, opened);
        if (!p) {
            return NULL;
        }
    }
    return fail(w, p, PFG_WALK_ENDS, opened);
}

static const char *walk_word(struct pfg_walk *w, const char *p,
                             const char *word)
{
    size_t len = strlen(word);

    return (size_t)(w->end - p) >= len && !memcmp(p, word, len)
               ? p + len
               : fail(w, p, PFG_WALK_VALUE, NULL);
}

static const char *walk_nonfinite(struct pfg_walk *w, const char *begin)
{
    const char *p = begin + (*begin == '-');

    return walk_word(w, p, *p == 'N' ? "NaN" : "Infinity");
}

/* Behind one or more digits. */
static inline const char *walk_digits(struct pfg_walk *w, const char *p)
{
    if (!is_digit(peek(w, p))) {
        return fail(w, p, PFG_WALK_DIGIT, NULL);
    }
    return pfg_lex_digits(p, w->end);
}

static inline const char *walk_number(struct pfg_walk *w, const char *begin)
{
    const char *p = begin + (*begin == '-');

    if ((w->flags & PFG_JSON_NONFINITE) &&
        (peek(w, p) == 'N' || peek(w, p) == 'I')) {
        return walk_nonfinite(w, begin);
    }
    if (peek(w, p) == '0' && is_digit(peek(w, p + 1))) {
        return fail(w, begin, PFG_WALK_LEADING_ZERO, NULL);
    }
    p = walk_digits(w, p);
    if (p && peek(w, p) == '.') {
        p = walk_digits(w, p + 1);
    }
    if (p && (peek(w, p) == 'e' || peek(w, p) == 'E')) {
        char sign = peek(w, p + 1);

        p = walk_digits(w, p + 1 + (sign == '-' || sign == '+'));
    }
    return p;
}

/* The first character of an array or object behind its bracket. */
static inline const char *enter(struct pfg_walk *w, const char *opened)
{
    if (++w->depth > PFG_JSON_DEPTH) {
        return fail(w, opened, PFG_WALK_DEPTH, NULL);
    }
    return skip_blanks(w, opened + 1);
}

static inline const char *leave(struct pfg_walk *w, const char *p)
{
    w->depth--;
    return p + 1;
}

static const char *walk_array(struct pfg_walk *w, const char *opened)
{
    const char *p = enter(w, opened);

    if (p && peek(w, p) == ']') {
        return leave(w, p);
    }
    while (p) {
        if (p == w->end) {
            return fail(w, p, PFG_WALK_ENDS, opened);
        }
        p = walk_value(w, p, (struct wanted){0});
        if (!p) {
            return NULL;
        }
        p = skip_blanks(w, p);
        if (peek(w, p) == ']') {
            return leave(w, p);
        }
        if (peek(w, p) != ',') {
            return fail(w, p, PFG_WALK_COMMA_OR_BRACKET, opened);
        }
        p = skip_blanks(w, p + 1);
        if (peek(w, p) == ']') {
            return fail(w, p, PFG_WALK_TRAILING_COMMA, opened);
        }
    }
    return NULL;
}

/* The picks whose path ends with a key, and those it leads further into. */
struct matches {
    uint64_t last, through;
};

/* Keys are a few characters long: a call would cost more than this loop. */
static inline bool begins_with(const char *path, const char *key, size_t len)
{
    size_t same = 0;

    while (same < len && path[same] == key[same]) {
        same++;
    }
    return same == len;
}

static inline struct matches match(const struct pfg_walk *w, const char *key,
                                   size_t len, struct wanted wanted)
{
    struct matches found = {0};

    for (uint64_t left = wanted.live; left; left &= left - 1) {
        int i = __builtin_ctzll(left);
        const char *path = w->picks[i].path + wanted.prefix;

        if (begins_with(path, key, len)) {
            found.last |= path[len] == '\0' ? left & -left : 0;
            found.through |= path[len] == '.' ? left & -left : 0;
        }
    }
    /* A dot in a key is part of its name, not a step down. */
    if ((found.last | found.through) && memchr(key, '.', len)) {
        found = (struct matches){0};
    }
    return found;
}

static void take_picks(struct pfg_walk *w, uint64_t set, struct pfg_slice value)
{
    char type =
        value.ptr[0] == '-' || is_digit(value.ptr[0]) ? '0' : value.ptr[0];

    if (type == '"') {
        value = pfg_slice_make(value.ptr + 1, value.len - 2);
    }
    for (; set; set &= set - 1) {
        struct pfg_json_pick *pick = &w->picks[__builtin_ctzll(set)];

        pick->value = value;
        pick->type = type;
        pick->escaped = type == '"' && w->escaped;
    }
}

/* What the members of one object have to do with the picks. */
struct members {
    uint64_t initials; /* of the keys that are wanted, as a set */
    uint64_t seen;     /* the picks that a key has matched so far */
};

static inline uint64_t initial(char c)
{
    return UINT64_C(1) << (c & 63);
}

static struct members members_of(const struct pfg_walk *w, struct wanted wanted)
{
    struct members members = {0};

    for (uint64_t left = wanted.live; left; left &= left - 1) {
        const char *path = w->picks[__builtin_ctzll(left)].path;

        members.initials |= initial(path[wanted.prefix]);
    }
    return members;
}

/* Behind the object at `p`, where it is the one that a pick knows; or NULL. */
static inline const char *skip_known(const struct pfg_walk *w, const char *p,
                                     uint64_t last)
{
    struct pfg_slice known = w->picks[__builtin_ctzll(last)].known;

    return known.len && (size_t)(w->end - p) >= known.len &&
                   !memcmp(p, known.ptr, known.len)
               ? p + known.len
               : NULL;
}

/* Behind the member at `key`. */
static inline const char *walk_member(struct pfg_walk *w, const char *key,
                                      const char *opened, struct wanted wanted,
                                      struct members *members)
{
    struct matches found = {0};
    const char *value, *p;
    size_t len;

    if (peek(w, key) != '"') {
        return fail(w, key, PFG_WALK_KEY, opened);
    }
    w->escaped = false;
    p = walk_string(w, key);
    if (!p) {
        return NULL;
    }
    w->unsure |= w->escaped;
    if (w->growth) {
        pfg_growth_key(w->growth, (size_t)(key - w->begin),
                       (size_t)(p - w->begin), w->escaped);
    }
    len = (size_t)(p - key) - 2;
    if (len && (members->initials & initial(key[1]))) {
        found = match(w, key + 1, len, wanted);
        w->unsure |= (members->seen & (found.last | found.through)) != 0;
        members->seen |= found.last | found.through;
    }
    p = skip_blanks(w, p);
    if (peek(w, p) != ':') {
        return fail(w, p, PFG_WALK_COLON, opened);
    }
    value = skip_blanks(w, p + 1);
    if (value == w->end) {
        return fail(w, value, PFG_WALK_ENDS, opened);
    }
    w->escaped = false;
    p = found.last ? skip_known(w, value, found.last) : NULL;
    p = p ? p
          : walk_value(w, value,
                       (struct wanted){found.through, wanted.prefix + len + 1});
    if (p && found.last) {
        take_picks(w, found.last, pfg_slice_range(value, p));
    }
    return p;
}

static const char *walk_object(struct pfg_walk *w, const char *opened,
                               struct wanted wanted)
{
    const char *p = enter(w, opened);
    struct members members = members_of(w, wanted);

    if (p && peek(w, p) == '}') {
        return leave(w, p);
    }
    while (p) {
        p = walk_member(w, p, opened, wanted, &members);
        if (!p) {
            return NULL;
        }
        p = skip_blanks(w, p);
        if (peek(w, p) == '}') {
            return leave(w, p);
        }
        if (peek(w, p) != ',') {
            return fail(w, p, PFG_WALK_COMMA_OR_BRACE, opened);
        }
        p = skip_blanks(w, p + 1);
        if (peek(w, p) == '}') {
            return fail(w, p, PFG_WALK_TRAILING_COMMA, opened);
        }
    }
    return NULL;
}

static inline const char *walk_any(struct pfg_walk *w, const char *p,
                                   struct wanted wanted)
{
    switch (peek(w, p)) {
    case '"':
        return walk_string(w, p);
    case '{':
        return walk_object(w, p, wanted);
    case '[':
        return walk_array(w, p);
    case 't':
        return walk_word(w, p, "true");
    case 'f':
        return walk_word(w, p, "false");
    case 'n':
        return walk_word(w, p, "null");
    case 'N':
    case 'I':
        return w->flags & PFG_JSON_NONFINITE ? walk_nonfinite(w, p)
                                             : fail(w, p, PFG_WALK_VALUE, NULL);
    default:
        return *p == '-' || is_digit(*p) ? walk_number(w, p)
                                         : fail(w, p, PFG_WALK_VALUE, NULL);
    }
}

/* What a stranger's text takes is known as it is read. */
static bool is_too_large(const struct pfg_walk *w)
{
    return (w->flags & PFG_JSON_FRUGAL) &&
           (size_t)(w->end - w->begin) + w->growth->bytes > PFG_JSON_MEMORY;
}

/* Behind an array of nothing but numbers, of which no nodes are made; NULL
 * where it is none, or takes more than there may be. */
static const char *pack_numbers(struct pfg_walk *w, const char *opened,
                                cJSON *node)
{
    struct pfg_walk probe = {.end = w->end, .flags = w->flags};
    const char *p = opened;
    size_t n = 0;

    if (w->depth == PFG_JSON_DEPTH) {
        return NULL;
    }
    do {
        p = skip_blanks(&probe, p + 1);
        if (!is_digit(peek(&probe, p)) && peek(&probe, p) != '-') {
            return NULL;
        }
        p = walk_number(&probe, p);
        if (!p) {
            return NULL;
        }
        n++;
        p = skip_blanks(&probe, p);
    } while (peek(&probe, p) == ',');
    if (peek(&probe, p) != ']' || PFG_JSON_VALUES_MAX - w->growth->n < n) {
        return NULL;
    }
    pfg_growth_pack(w->growth, node, n);
    return p + 1;
}

bool pfg_walk_next_number(struct pfg_packed *packed, cJSON *number, int exp10,
                          double *value)
{
    struct pfg_walk *w = &packed->walk;
    const char *p = w->begin + number->valueint + (size_t)number->valuedouble;
    struct pfg_slice text;
    bool negative;

    p = skip_blanks(w, p);
    if (*p == ']') {
        return false;
    }
    p = skip_blanks(w, p + 1);
    negative = *p == '-';
    text = pfg_slice_range(p + negative, w->end);
    if (pfg_number_take_short(value, &text, exp10) &&
        (*text.ptr | 0x20) != 'e') {
        *value = negative ? -*value : *value;
    } else {
        text.ptr = walk_number(w, p);
        *value = NAN;
    }
    number->valueint = (int)(p - w->begin);
    number->valuedouble = (double)(text.ptr - p);
    return true;
}

static const char *grow_children(struct pfg_walk *w, const char *p, cJSON *node)
{
    struct pfg_growth *growth = w->growth;
    cJSON *parent = growth->parent;
    size_t first_key = growth->keys.n;
    const char *end;

    growth->parent = node;
    growth->last = NULL;
    end = walk_any(w, p, (struct wanted){0});
    if (end) {
        pfg_growth_close(growth, first_key);
    }
    growth->parent = parent;
    growth->last = node;
    return end;
}

static const char *grow_value(struct pfg_walk *w, const char *p)
{
    struct pfg_growth *growth = w->growth;
    const char *end;
    cJSON *node;

    if (growth->n == PFG_JSON_VALUES_MAX) {
        return fail(w, p, PFG_WALK_VALUES, NULL);
    }
    if (is_too_large(w)) {
        return fail(w, p, PFG_WALK_MEMORY, NULL);
    }
    node = pfg_growth_add(growth, (size_t)(p - w->begin));
    end = *p == '[' ? pack_numbers(w, p, node) : NULL;
    if (end) {
        return is_too_large(w) ? fail(w, p, PFG_WALK_MEMORY, NULL) : end;
    }
    if (*p == '{' || *p == '[') {
        return grow_children(w, p, node);
    }
    end = walk_any(w, p, (struct wanted){0});
    if (end && *p == '"') {
        node->valuestring =
            pfg_growth_string(growth, (size_t)(p - w->begin),
                              (size_t)(end - w->begin), w->escaped);
    } else if (end) {
        node->valuedouble = (double)(end - p);
    }
    return end;
}

/* Behind the value at `p`, which is not the end. */
static const char *walk_value(struct pfg_walk *w, const char *p,
                              struct wanted wanted)
{
    return w->growth ? grow_value(w, p) : walk_any(w, p, wanted);
}

const char *pfg_walk_start(const char *begin, const char *end)
{
    bool mark = end - begin >= 3 && !memcmp(begin, "\xef\xbb\xbf", 3);

    return begin + (mark ? 3 : 0);
}

int pfg_walk(struct pfg_walk *w)
{
    struct wanted wanted = {
        .live = w->n_picks < 64 ? (UINT64_C(1) << w->n_picks) - 1 : UINT64_MAX};
    const char *p = skip_blanks(w, pfg_walk_start(w->begin, w->end));

    assert(w->n_picks <= PFG_JSON_PICKS_MAX);
    if (p == w->end) {
        fail(w, p, PFG_WALK_EMPTY, NULL);
        return -1;
    }
    p = walk_value(w, p, wanted);
    if (!p) {
        return -1;
    }
    p = skip_blanks(w, p);
    if (p < w->end) {
        fail(w, p, PFG_WALK_TRAILING, NULL);
    }
    return w->problem ? -1 : 0;
}
