#include "base/vec.h"

#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

void *pfg_vec_grow(void *old, size_t *cap, size_t size,
                   struct pfg_arena *arena)
{
    size_t before = pfg_array_size(*cap, size);
    size_t room = *cap ? *cap * 2 : 8;
    void *grown;

    if (arena) {
        grown = pfg_arena_alloc(arena, pfg_array_size(room, size));
        if (before) {
            memcpy(grown, old, before);
        }
    } else {
        grown = pfg_realloc(old, pfg_array_size(room, size));
    }
    *cap = room;
    return grown;
}
