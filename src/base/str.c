#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void pfg_str_init(struct pfg_str *s, size_t limit)
{
    *s = (struct pfg_str){.cap = 64, .limit = limit ? limit : SIZE_MAX / 2};
    s->ptr = pfg_alloc(s->cap);
}

struct pfg_str pfg_str_in(struct pfg_arena *arena)
{
    enum { CAP = 64 };

    return (struct pfg_str){.ptr = pfg_arena_alloc(arena, CAP),
                            .cap = CAP,
                            .limit = SIZE_MAX / 2,
                            .arena = arena};
}

void pfg_str_free(struct pfg_str *s)
{
    if (!s->arena) {
        free(s->ptr);
    }
    *s = (struct pfg_str){0};
}

void pfg_str_clear(struct pfg_str *s)
{
    s->len = 0;
    s->ptr[0] = '\0';
    s->overflowed = false;
}

void pfg_str_cut(struct pfg_str *s, size_t length)
{
    s->len = length;
    s->ptr[length] = '\0';
}

static void grow(struct pfg_str *s, size_t cap)
{
    if (s->arena) {
        s->ptr = memcpy(pfg_arena_alloc(s->arena, cap), s->ptr, s->len + 1);
    } else {
        s->ptr = pfg_realloc(s->ptr, cap);
    }
    s->cap = cap;
}

/* Room for `more` bytes and the terminator; false beyond the limit. */
static bool reserve(struct pfg_str *s, size_t more)
{
    if (more > s->limit - s->len) {
        s->overflowed = true;
        return false;
    }
    if (s->len + more + 1 > s->cap) {
        grow(s, (s->len + more + 1) * 2);
    }
    return true;
}

void pfg_str_reserve(struct pfg_str *s, size_t more)
{
    if (more <= s->limit - s->len && s->len + more + 1 > s->cap) {
        grow(s, s->len + more + 1);
    }
}

void pfg_str_add_slowly(struct pfg_str *s, struct pfg_slice text)
{
    if (!text.len || !reserve(s, text.len)) {
        return;
    }
    memcpy(s->ptr + s->len, text.ptr, text.len);
    s->len += text.len;
    s->ptr[s->len] = '\0';
}

void pfg_str_puts(struct pfg_str *s, const char *text)
{
    pfg_str_add(s, pfg_slice_of(text));
}

void pfg_str_putc(struct pfg_str *s, char c)
{
    pfg_str_add(s, pfg_slice_make(&c, 1));
}

void pfg_str_repeat(struct pfg_str *s, const char *text, size_t times)
{
    struct pfg_slice once = pfg_slice_of(text);

    if (once.len == 1 && reserve(s, times)) {
        memset(s->ptr + s->len, *text, times);
        pfg_str_cut(s, s->len + times);
        return;
    }
    while (times--) {
        pfg_str_add(s, once);
    }
}

void pfg_str_printf(struct pfg_str *s, const char *format, ...)
{
    const size_t room = s->cap - s->len;
    va_list args, again;
    int length;

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(s->ptr + s->len, room, format, args);
    va_end(args);
    if (length > 0 && (size_t)length < room &&
        (size_t)length <= s->limit - s->len) {
        s->len += (size_t)length;
    } else if (length > 0 && reserve(s, (size_t)length)) {
        vsnprintf(s->ptr + s->len, (size_t)length + 1, format, again);
        s->len += (size_t)length;
    } else {
        s->ptr[s->len] = '\0';
    }
    va_end(again);
}

struct pfg_slice pfg_str_slice(const struct pfg_str *s)
{
    return pfg_slice_make(s->ptr, s->len);
}
