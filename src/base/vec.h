#ifndef PFG_BASE_VEC_H
#define PFG_BASE_VEC_H

#include <stddef.h>

struct pfg_arena;

/*
 * A growable array: `PFG_VEC(double) values;` starts as all zeroes, elements
 * are values.at[0 .. values.n). It grows inside the arena given to each push
 * (what it leaves behind dies with the arena), or on the heap where that is
 * NULL; then pfg_vec_free() releases it.
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
