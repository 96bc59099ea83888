#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#ifdef PFG_ARENA_DEBUG
#define FIRST_SIZE 0
#define BLOCK_SIZE 0 /* one block per allocation */
#else
/* The first block is small, because most arenas hold a line or two. */
#define FIRST_SIZE 2048
#define BLOCK_SIZE 32768
#endif

struct block {
    struct block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

struct pfg_arena {
    struct block *blocks;
    size_t others; /* further owners: see pfg_arena_hold() */
};

/* Unused blocks of BLOCK_SIZE, so that the memory of one input serves the next
 * without new page faults. */
static struct block *spare;

struct pfg_arena *pfg_arena_new(void)
{
    return pfg_alloc(sizeof(struct pfg_arena));
}

/* A large object has a block of its own. calloc() zeroes it where that is asked
 * for: it knows what comes from the kernel as zeros. */
static bool is_large(size_t size)
{
    return size > BLOCK_SIZE;
}

static struct block *new_block(size_t size, bool zeroed)
{
    struct block *block = spare;

    if (zeroed) {
        block = pfg_alloc(sizeof *block + size);
    } else if (size == BLOCK_SIZE && block) {
        spare = block->next;
    } else {
        block = pfg_realloc(NULL, sizeof *block + size);
    }
    block->next = NULL;
    block->used = 0;
    block->size = size;
    return block;
}

static void free_blocks(struct block *block)
{
    struct block *next;

    for (; block; block = next) {
        next = block->next;
        if (BLOCK_SIZE && block->size == BLOCK_SIZE) {
            block->next = spare;
            spare = block;
        } else {
            free(block);
        }
    }
}

struct pfg_arena *pfg_arena_hold(struct pfg_arena *arena)
{
    arena->others++;
    return arena;
}

void pfg_arena_free(struct pfg_arena *arena)
{
    if (arena && !arena->others--) {
        free_blocks(arena->blocks);
        free(arena);
    }
}

void pfg_arena_clear(struct pfg_arena *arena)
{
    struct block *kept = arena->blocks;

    if (kept && kept->size <= BLOCK_SIZE) {
        free_blocks(kept->next);
        kept->next = NULL;
        kept->used = 0;
    } else {
        free_blocks(kept);
        arena->blocks = NULL;
    }
}

static struct block *add_block(struct pfg_arena *arena, size_t least,
                               bool zeroed)
{
    size_t usual = arena->blocks ? BLOCK_SIZE : FIRST_SIZE;
    size_t size = least > usual ? least : usual;
    struct block *block = new_block(size, zeroed);

    /* A large object gets a block of its own, linked after the current one, so
     * that the rest of the current block stays usable. */
    if (arena->blocks && size > usual) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
    }
    return block;
}

/* Reserves `size` bytes at a multiple of `align` from the block's start, not
 * zeroed. */
static char *place(struct pfg_arena *arena, size_t size, size_t align)
{
    struct block *block = arena->blocks;
    size_t begin = block ? (block->used + align - 1) & ~(align - 1) : 0;

    if (!block || block->size < begin || block->size - begin < size) {
        block = add_block(arena, size, false);
        begin = 0;
    }
    block->used = begin + size;
    return block->bytes + begin;
}

void *pfg_arena_alloc(struct pfg_arena *arena, size_t size)
{
    if (is_large(size)) {
        struct block *block = add_block(arena, size, true);

        block->used = size;
        return block->bytes;
    }
    return memset(place(arena, size, alignof(max_align_t)), 0, size);
}

/* Text needs no alignment. */
char *pfg_arena_slice(struct pfg_arena *arena, struct pfg_slice text)
{
    char *copy = place(arena, text.len + 1, 1);

    if (text.len) {
        memcpy(copy, text.ptr, text.len);
    }
    copy[text.len] = '\0';
    return copy;
}

struct pfg_slice pfg_arena_copy(struct pfg_arena *arena, struct pfg_slice text)
{
    return pfg_slice_make(pfg_arena_slice(arena, text), text.len);
}

char *pfg_arena_strdup(struct pfg_arena *arena, const char *text)
{
    return pfg_arena_slice(arena, pfg_slice_of(text));
}

char *pfg_arena_vprintf(struct pfg_arena *arena, const char *format,
                        va_list args)
{
    va_list again;
    char usual[256], *text;
    int length;

    va_copy(again, args);
    length = vsnprintf(usual, sizeof usual, format, again);
    va_end(again);
    text = place(arena, (size_t)length + 1, 1);
    if ((size_t)length < sizeof usual) {
        memcpy(text, usual, (size_t)length + 1);
    } else {
        vsnprintf(text, (size_t)length + 1, format, args);
    }
    return text;
}

char *pfg_arena_printf(struct pfg_arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = pfg_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

char *pfg_arena_join(struct pfg_arena *arena, const char *first, ...)
{
    size_t len = 0;
    va_list parts;
    char *text, *end;

    va_start(parts, first);
    for (const char *part = first; part; part = va_arg(parts, const char *)) {
        len += strlen(part);
    }
    va_end(parts);
    text = end = place(arena, len + 1, 1);
    va_start(parts, first);
    for (const char *part = first; part; part = va_arg(parts, const char *)) {
        end = stpcpy(end, part);
    }
    va_end(parts);
    *end = '\0';
    return text;
}

const char *pfg_arena_replace(struct pfg_arena *arena, const char *text,
                              const char *from, const char *to)
{
    const char *at;
    size_t done = 0;

    while ((at = strstr(text + done, from))) {
        done = (size_t)(at - text) + strlen(to);
        text = pfg_arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to,
                                at + strlen(from));
    }
    return text;
}

char *pfg_arena_counted(struct pfg_arena *arena, size_t n, const char *noun)
{
    return pfg_arena_printf(arena, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

void *pfg_vec_grow(void *old, size_t *cap, size_t size, struct pfg_arena *arena)
{
    size_t before = pfg_array_size(*cap, size);
    size_t room = *cap ? *cap * 2 : 8;
    void *grown;

    if (arena) {
        grown = place(arena, pfg_array_size(room, size), alignof(max_align_t));
        if (before) {
            memcpy(grown, old, before);
        }
    } else {
        grown = pfg_realloc(old, pfg_array_size(room, size));
    }
    *cap = room;
    return grown;
}
