#ifndef PFG_BASE_STR_H
#define PFG_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/slice.h"

/*
 * A growable string. After pfg_str_init() `ptr` is never NULL and always
 * terminated, though it may hold NUL bytes. Text beyond the limit is dropped
 * and sets `overflowed`, which the caller checks once at the end.
 */
struct pfg_str {
    char *ptr;
    size_t len, cap, limit;
    bool overflowed;
    struct pfg_arena *arena; /* NULL: on the heap */
};

void pfg_str_init(struct pfg_str *s, size_t limit); /* 0: no limit */
/* Without a limit, in an arena: nothing to free; `ptr` lives as long as the
 * arena. */
struct pfg_str pfg_str_in(struct pfg_arena *arena);
void pfg_str_free(struct pfg_str *s); /* usable again after pfg_str_init() */
void pfg_str_clear(struct pfg_str *s);
void pfg_str_cut(struct pfg_str *s, size_t length); /* to that many bytes */

/* Room for exactly `more` bytes, as far as the limit permits. */
void pfg_str_reserve(struct pfg_str *s, size_t more);
void pfg_str_add_slowly(struct pfg_str *s, struct pfg_slice text);
static inline void pfg_str_add(struct pfg_str *s, struct pfg_slice text)
{
    if (text.len && text.len < s->cap - s->len &&
        text.len <= s->limit - s->len) {
        memcpy(s->ptr + s->len, text.ptr, text.len);
        s->len += text.len;
        s->ptr[s->len] = '\0';
    } else {
        pfg_str_add_slowly(s, text);
    }
}
void pfg_str_puts(struct pfg_str *s, const char *text);
void pfg_str_putc(struct pfg_str *s, char c);
void pfg_str_repeat(struct pfg_str *s, const char *text, size_t times);
void pfg_str_printf(struct pfg_str *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

struct pfg_slice pfg_str_slice(const struct pfg_str *s);

#endif
