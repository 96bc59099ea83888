#ifndef PFG_BASE_ARENA_H
#define PFG_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/memory.h"
#include "base/slice.h"

/*
 * Objects with the same lifetime share an arena: a run, a report, a document.
 * They are freed together. Memory is zeroed and aligned for any type. With
 * PFG_ARENA_DEBUG every allocation is a malloc of its own, so that the
 * sanitizers see each object.
 */
struct pfg_arena;

struct pfg_arena *pfg_arena_new(void);
void pfg_arena_free(struct pfg_arena *arena); /* NULL is fine */

/* Adds an owner, who calls pfg_arena_free() as well; the last call frees it.
 * Returns `arena`. */
struct pfg_arena *pfg_arena_hold(struct pfg_arena *arena);

/* Frees all objects, but keeps a little memory for the next ones. */
void pfg_arena_clear(struct pfg_arena *arena);

void *pfg_arena_alloc(struct pfg_arena *arena, size_t size);

/* A zeroed array of `count` objects of type T. */
#define pfg_arena_new_array(arena, T, count)                                   \
    ((T *)pfg_arena_alloc((arena), pfg_array_size((count), sizeof(T))))

/* Copies that end with a NUL byte. */
char *pfg_arena_strdup(struct pfg_arena *arena, const char *text);
char *pfg_arena_slice(struct pfg_arena *arena, struct pfg_slice text);
struct pfg_slice pfg_arena_copy(struct pfg_arena *arena, struct pfg_slice text);
char *pfg_arena_printf(struct pfg_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *pfg_arena_vprintf(struct pfg_arena *arena, const char *format,
                        va_list args);
/* All the texts up to a NULL, one after the other; cheaper than printf(). */
char *pfg_arena_join(struct pfg_arena *arena, const char *first, ...)
    __attribute__((sentinel));
/* `text` with every `from` replaced by `to`; `text` itself if there is none. */
const char *pfg_arena_replace(struct pfg_arena *arena, const char *text,
                              const char *from, const char *to);
/* "1 round", "3 rounds". */
char *pfg_arena_counted(struct pfg_arena *arena, size_t n, const char *noun);

/*
 * A growable array: `PFG_VEC(double) values;` must start as all zeroes, and its
 * elements are values.at[0 .. values.n). It grows inside the arena given to
 * each push, which also keeps the outgrown copies, or on the heap if that is
 * NULL; then pfg_vec_free() frees it.
 */
#define PFG_VEC(T)                                                             \
    struct {                                                                   \
        T *at;                                                                 \
        size_t n, cap;                                                         \
    }

#define pfg_vec_push(vec, arena, item)                                         \
    ((vec)->n < (vec)->cap                                                     \
         ? (void)0                                                             \
         : (void)((vec)->at = pfg_vec_grow((vec)->at, &(vec)->cap,             \
                                           sizeof *(vec)->at, (arena))),       \
     (vec)->at[(vec)->n++] = (item))

#define pfg_vec_free(vec)                                                      \
    (free((vec)->at), (vec)->at = NULL, (vec)->n = (vec)->cap = 0)

/* Doubles the room; use pfg_vec_push(). */
void *pfg_vec_grow(void *old, size_t *cap, size_t size,
                   struct pfg_arena *arena);

#endif
