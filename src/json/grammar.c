#include "json/grammar.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "json/lex.h"

/* cJSON reads numbers through a buffer of 64 bytes. */
#define CJSON_NUMBER_MAX 60

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

/* The place of `p` in the copy that cJSON will read, made when it first has
 * to differ from the text. */
static char *edit(struct pfg_walk *w, const char *p)
{
    if (!w->edited) {
        size_t len = (size_t)(w->end - w->begin);

        w->edited = pfg_alloc(len + 1);
        memcpy(w->edited, w->begin, len);
    }
    return w->edited + (p - w->begin);
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
    if (w->keep) {
        memset(edit(w, p), ' ', (size_t)(end - p));
    }
    return end;
}

static inline const char *skip_blanks(struct pfg_walk *w, const char *p)
{
    for (; p < w->end; p++) {
        if (*p == '/' && (w->flags & PFG_JSON_COMMENTS)) {
            const char *behind = skip_comment(w, p);

            if (behind == p || behind == w->end) {
                return behind;
            }
            p = behind - 1;
        } else if (*p != ' ' && *p != '\n' && *p != '\r' && *p != '\t') {
            break;
        }
    }
    return p;
}

/* Behind the \uXXXX at `p`. Half a surrogate pair means nothing, but writers
 * that cut strings leave them: it reads as U+FFFD. */
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
    if (pfg_lex_is_high(unit) && pfg_lex_low_half(p + 6, w->end) >= 0) {
        return p + 12;
    }
    if (w->keep && (pfg_lex_is_high(unit) || pfg_lex_is_low(unit))) {
        memcpy(edit(w, p), "\\ufffd", 6);
    }
    return p + 6;
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

/* For cJSON a zero: the characters are looked up in the text itself. */
static const char *disguise_number(struct pfg_walk *w, const char *begin,
                                   const char *end)
{
    if (end && w->keep) {
        char *copy = edit(w, begin);

        memset(copy, ' ', (size_t)(end - begin));
        copy[0] = '0';
    }
    return end;
}

static const char *walk_nonfinite(struct pfg_walk *w, const char *begin)
{
    const char *p = begin + (*begin == '-');
    const char *end = walk_word(w, p, *p == 'N' ? "NaN" : "Infinity");

    return disguise_number(w, begin, end);
}

/* Behind one or more digits. */
static inline const char *walk_digits(struct pfg_walk *w, const char *p)
{
    if (!is_digit(peek(w, p))) {
        return fail(w, p, PFG_WALK_DIGIT, NULL);
    }
    while (is_digit(peek(w, p))) {
        p++;
    }
    return p;
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
    return p && p - begin > CJSON_NUMBER_MAX ? disguise_number(w, begin, p) : p;
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
        w->key = NULL;
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
    w->key = key;
    p = walk_value(w, value,
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

static const char *walk_kept(struct pfg_walk *w, const char *p,
                             struct wanted wanted)
{
    struct pfg_token token = {.offset = (uint32_t)(p - w->begin)};
    size_t index = w->tokens.n;
    const char *end;

    if (index == PFG_JSON_VALUES_MAX) {
        return fail(w, p, PFG_WALK_VALUES, NULL);
    }
    if ((w->flags & PFG_JSON_FRUGAL) &&
        index == PFG_JSON_MEMORY / PFG_JSON_NODE_BYTES) {
        return fail(w, p, PFG_WALK_MEMORY, NULL);
    }
    token.key = w->key ? (uint32_t)(w->key - w->begin) : token.offset;
    pfg_vec_push(&w->tokens, NULL, token);
    end = walk_any(w, p, wanted);
    if (end) {
        w->tokens.at[index].length = (uint32_t)(end - p);
    }
    return end;
}

/* Behind the value at `p`, which is not the end. */
static const char *walk_value(struct pfg_walk *w, const char *p,
                              struct wanted wanted)
{
    return w->keep ? walk_kept(w, p, wanted) : walk_any(w, p, wanted);
}

const char *pfg_walk_start(const char *begin, const char *end)
{
    bool mark = end - begin >= 3 && !memcmp(begin, "\xef\xbb\xbf", 3);

    return begin + (mark ? 3 : 0);
}

const char *pfg_walk(struct pfg_walk *w)
{
    struct wanted wanted = {
        .live = w->n_picks < 64 ? (UINT64_C(1) << w->n_picks) - 1 : UINT64_MAX};
    const char *p = skip_blanks(w, pfg_walk_start(w->begin, w->end));

    assert(w->n_picks <= PFG_JSON_PICKS_MAX);
    if (p == w->end) {
        return fail(w, p, PFG_WALK_EMPTY, NULL);
    }
    p = walk_value(w, p, wanted);
    if (!p || (w->flags & PFG_JSON_PREFIX)) {
        return p;
    }
    p = skip_blanks(w, p);
    if (p < w->end) {
        return fail(w, p, PFG_WALK_TRAILING, NULL);
    }
    return w->problem ? NULL : p;
}
