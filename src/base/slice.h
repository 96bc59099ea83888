#ifndef PFG_BASE_SLICE_H
#define PFG_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * Bytes borrowed from somebody: input, a literal, a string. Not terminated, may
 * hold NUL bytes. `ptr` is never read if `len` is 0.
 *
 * Printing: printf("%.*s", PFG_SLICE(s)).
 */
struct pfg_slice {
    const char *ptr;
    size_t len;
};

#define PFG_SLICE(s)  (int)(s).len, (s).ptr
#define PFG_LIT(text) ((struct pfg_slice){"" text, sizeof(text) - 1})
/* The number of elements of an array, not of a pointer. */
#define PFG_COUNT(array) (sizeof(array) / sizeof *(array))

static inline struct pfg_slice pfg_slice_make(const char *ptr, size_t len)
{
    return (struct pfg_slice){ptr, len};
}

/* NULL gives an empty one. */
static inline struct pfg_slice pfg_slice_of(const char *text)
{
    return pfg_slice_make(text, text ? strlen(text) : 0);
}

static inline struct pfg_slice pfg_slice_range(const char *begin,
                                               const char *end)
{
    return pfg_slice_make(begin, (size_t)(end - begin));
}

static inline bool pfg_slice_eq(struct pfg_slice a, struct pfg_slice b)
{
    return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

static inline bool pfg_slice_is(struct pfg_slice s, const char *text)
{
    return pfg_slice_eq(s, pfg_slice_of(text));
}

int pfg_slice_cmp(struct pfg_slice a, struct pfg_slice b); /* as memcmp */
bool pfg_slice_starts(struct pfg_slice s, const char *prefix);
bool pfg_slice_ends(struct pfg_slice s, const char *suffix);

/* The offset of the first `text` or `byte`, or s.len if there is none. */
size_t pfg_slice_find(struct pfg_slice s, const char *text);
size_t pfg_slice_find_byte(struct pfg_slice s, char byte);
size_t pfg_slice_find_last_byte(struct pfg_slice s, char byte);
bool pfg_slice_has(struct pfg_slice s, const char *text);

/* Whether a byte is a control character: below 0x20, or 0x7f. */
bool pfg_slice_has_control(struct pfg_slice s);

/* Without the first `n` bytes (empty if it is shorter); the first `n`. */
static inline struct pfg_slice pfg_slice_from(struct pfg_slice s, size_t n)
{
    n = n < s.len ? n : s.len;
    return n ? pfg_slice_make(s.ptr + n, s.len - n) : s;
}

static inline struct pfg_slice pfg_slice_first(struct pfg_slice s, size_t n)
{
    return pfg_slice_make(s.ptr, n < s.len ? n : s.len);
}

/* Without whitespace (space, tab, CR, LF) at both ends, or at one. */
struct pfg_slice pfg_slice_trim(struct pfg_slice s);
struct pfg_slice pfg_slice_trim_left(struct pfg_slice s);
struct pfg_slice pfg_slice_trim_right(struct pfg_slice s);

/*
 * Takers cut something off the front of *s and return it. If it is not there,
 * they leave *s alone and return an empty slice, or false.
 */
bool pfg_take(struct pfg_slice *s, const char *literal);
static inline bool pfg_take_slice(struct pfg_slice *s, struct pfg_slice text)
{
    if (s->len < text.len || memcmp(s->ptr, text.ptr, text.len) != 0) {
        return false;
    }
    s->ptr += text.len;
    s->len -= text.len;
    return true;
}
struct pfg_slice pfg_take_word(struct pfg_slice *s); /* skips whitespace
                                                        first */
struct pfg_slice pfg_take_digits(struct pfg_slice *s);
struct pfg_slice pfg_take_number(struct pfg_slice *s); /* [+-]d[.d][e[+-]d] */
/* Up to the separator, which is dropped; all of *s if there is none. */
struct pfg_slice pfg_take_until(struct pfg_slice *s, char separator);

/* The words of an enum, by value from 0. */
struct pfg_enum_words {
    const char *what; /* what they name: "verdict" */
    const char *const *at;
    size_t n;
};

/* Sets *out, an enum, to the value of a word; -1 if the word is unknown. */
int pfg_enum_find(const struct pfg_enum_words *words, struct pfg_slice word,
                  void *out);

#endif
