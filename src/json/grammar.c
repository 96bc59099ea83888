#include "json/grammar.h"

#include <assert.h>
#include <cJSON.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "json/tokens.h"

/* The picks that may lie below a value, a bit each, and how many characters of
 * their paths led there, which is the same for all of them. */
struct wanted {
    uint64_t live;
    size_t prefix;
};

static const char *walk_value(struct pfg_walk *w, const char *p,
                              struct wanted wanted);
static const char *read_item(struct pfg_walk *w, const char *p);

/* Whether the elements of the open array are to be read early. */
static bool has_items(const struct pfg_walk *w)
{
    const struct pfg_json_items *items = w->growth->items;
    const cJSON *array = w->growth->parent;

    return w->depth == items->depth && array->string &&
           !strcmp(array->string, items->key);
}

/* Skips the bracket of an array or object, and blanks. */
static inline const char *enter(struct pfg_walk *w, const char *opened)
{
    if (++w->depth > PFG_JSON_DEPTH) {
        return pfg_token_fail(w, opened, PFG_WALK_DEPTH, NULL);
    }
    return pfg_token_skip(w, opened + 1);
}

static inline const char *leave(struct pfg_walk *w, const char *p)
{
    w->depth--;
    return p + 1;
}

static const char *walk_array(struct pfg_walk *w, const char *opened)
{
    const char *p = enter(w, opened);
    bool early = w->growth && w->growth->items && has_items(w);

    if (p && pfg_token_peek(w, p) == ']') {
        return leave(w, p);
    }
    while (p) {
        if (p == w->end) {
            return pfg_token_fail(w, p, PFG_WALK_ENDS, opened);
        }
        p = early ? read_item(w, p) : walk_value(w, p, (struct wanted){0});
        if (!p) {
            return NULL;
        }
        p = pfg_token_skip(w, p);
        if (pfg_token_peek(w, p) == ']') {
            return leave(w, p);
        }
        if (pfg_token_peek(w, p) != ',') {
            return pfg_token_fail(w, p, PFG_WALK_COMMA_OR_BRACKET, opened);
        }
        p = pfg_token_skip(w, p + 1);
        if (pfg_token_peek(w, p) == ']') {
            return pfg_token_fail(w, p, PFG_WALK_TRAILING_COMMA, opened);
        }
    }
    return NULL;
}

/* The picks whose paths end with a key, and those whose paths go on. */
struct matches {
    uint64_t last, through;
};

/* A loop, because keys are short: memcmp() would cost more. */
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
    char type = value.ptr[0] == '-' || pfg_token_is_digit(value.ptr[0])
                    ? '0'
                    : value.ptr[0];

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

/* The members of one object and the picks. */
struct members {
    uint64_t initials; /* of wanted keys, a bit each */
    uint64_t seen;     /* picks that a key has matched so far */
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

/* Skips the object at `p` where it is the one that the pick knows; else NULL.
 */
static inline const char *skip_known(const struct pfg_walk *w, const char *p,
                                     uint64_t last)
{
    struct pfg_slice known = w->picks[__builtin_ctzll(last)].known;

    return known.len && (size_t)(w->end - p) >= known.len &&
                   !memcmp(p, known.ptr, known.len)
               ? p + known.len
               : NULL;
}

/* Skips the member whose key begins at `key`. */
static inline const char *walk_member(struct pfg_walk *w, const char *key,
                                      const char *opened, struct wanted wanted,
                                      struct members *members)
{
    struct matches found = {0};
    const char *value, *p;
    size_t len;

    if (pfg_token_peek(w, key) != '"') {
        return pfg_token_fail(w, key, PFG_WALK_KEY, opened);
    }
    w->escaped = false;
    p = pfg_token_string(w, key);
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
    p = pfg_token_skip(w, p);
    if (pfg_token_peek(w, p) != ':') {
        return pfg_token_fail(w, p, PFG_WALK_COLON, opened);
    }
    value = pfg_token_skip(w, p + 1);
    if (value == w->end) {
        return pfg_token_fail(w, value, PFG_WALK_ENDS, opened);
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

    if (p && pfg_token_peek(w, p) == '}') {
        return leave(w, p);
    }
    while (p) {
        p = walk_member(w, p, opened, wanted, &members);
        if (!p) {
            return NULL;
        }
        p = pfg_token_skip(w, p);
        if (pfg_token_peek(w, p) == '}') {
            return leave(w, p);
        }
        if (pfg_token_peek(w, p) != ',') {
            return pfg_token_fail(w, p, PFG_WALK_COMMA_OR_BRACE, opened);
        }
        p = pfg_token_skip(w, p + 1);
        if (pfg_token_peek(w, p) == '}') {
            return pfg_token_fail(w, p, PFG_WALK_TRAILING_COMMA, opened);
        }
    }
    return NULL;
}

static inline const char *walk_any(struct pfg_walk *w, const char *p,
                                   struct wanted wanted)
{
    switch (pfg_token_peek(w, p)) {
    case '"':
        return pfg_token_string(w, p);
    case '{':
        return walk_object(w, p, wanted);
    case '[':
        return walk_array(w, p);
    case 't':
        return pfg_token_word(w, p, "true");
    case 'f':
        return pfg_token_word(w, p, "false");
    case 'n':
        return pfg_token_word(w, p, "null");
    case 'N':
    case 'I':
        return w->flags & PFG_JSON_NONFINITE
                   ? pfg_token_nonfinite(w, p)
                   : pfg_token_fail(w, p, PFG_WALK_VALUE, NULL);
    default:
        return *p == '-' || pfg_token_is_digit(*p)
                   ? pfg_token_number(w, p)
                   : pfg_token_fail(w, p, PFG_WALK_VALUE, NULL);
    }
}

/* Checked at each value, so that a stranger's text cannot take more first. */
static bool is_too_large(const struct pfg_walk *w)
{
    return (w->flags & PFG_JSON_FRUGAL) &&
           (size_t)(w->end - w->begin) + w->growth->bytes > PFG_JSON_MEMORY;
}

/* Skips an array that holds only numbers and makes no nodes of them; NULL
 * where it holds anything else, or too many. */
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
        p = pfg_token_skip(&probe, p + 1);
        if (!pfg_token_is_digit(pfg_token_peek(&probe, p)) &&
            pfg_token_peek(&probe, p) != '-') {
            return NULL;
        }
        p = pfg_token_number(&probe, p);
        if (!p) {
            return NULL;
        }
        n++;
        p = pfg_token_skip(&probe, p);
    } while (pfg_token_peek(&probe, p) == ',');
    if (pfg_token_peek(&probe, p) != ']' ||
        PFG_JSON_VALUES_MAX - w->growth->n < n) {
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

    p = pfg_token_skip(w, p);
    if (*p == ']') {
        return false;
    }
    p = pfg_token_skip(w, p + 1);
    negative = *p == '-';
    text = pfg_slice_range(p + negative, w->end);
    if (pfg_number_take_short(value, &text, exp10) &&
        (*text.ptr | 0x20) != 'e') {
        *value = negative ? -*value : *value;
    } else {
        text.ptr = pfg_token_number(w, p);
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
        return pfg_token_fail(w, p, PFG_WALK_VALUES, NULL);
    }
    if (is_too_large(w)) {
        return pfg_token_fail(w, p, PFG_WALK_MEMORY, NULL);
    }
    node = pfg_growth_add(growth, (size_t)(p - w->begin));
    end = *p == '[' ? pack_numbers(w, p, node) : NULL;
    if (end) {
        return is_too_large(w) ? pfg_token_fail(w, p, PFG_WALK_MEMORY, NULL)
                               : end;
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

/* The memory of an item serves for the next one. It counts all the same, as a
 * reader makes something of each. */
static const char *read_item(struct pfg_walk *w, const char *p)
{
    struct pfg_growth *growth = w->growth;
    const struct pfg_json_items *items = growth->items;
    struct pfg_arena *arena = growth->arena;
    cJSON *array = growth->parent;
    const char *end;

    growth->arena = growth->items_arena;
    growth->n_spare = 0;
    end = grow_value(w, p);
    if (end && (growth->twice ||
                items->read(items->context, growth->document,
                            (const void *)array, (const void *)growth->last))) {
        end = pfg_token_fail(w, end, PFG_WALK_ITEM, NULL);
    }
    pfg_arena_clear(growth->items_arena);
    growth->arena = arena;
    growth->n_spare = 0;
    growth->last = array->child = NULL;
    return end;
}

/* Skips the value at `p`, which is not the end. */
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
    const char *p = pfg_token_skip(w, pfg_walk_start(w->begin, w->end));

    assert(w->n_picks <= PFG_JSON_PICKS_MAX);
    if (p == w->end) {
        pfg_token_fail(w, p, PFG_WALK_EMPTY, NULL);
        return -1;
    }
    p = walk_value(w, p, wanted);
    if (!p) {
        return -1;
    }
    p = pfg_token_skip(w, p);
    if (p < w->end) {
        pfg_token_fail(w, p, PFG_WALK_TRAILING, NULL);
    }
    return w->problem ? -1 : 0;
}
