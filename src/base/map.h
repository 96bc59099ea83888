#ifndef PFG_BASE_MAP_H
#define PFG_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct pfg_arena;

/*
 * Byte strings to pointers. Keys are copied into the arena, nothing is ever
 * removed, and `entries` keeps the order of insertion, which is how a map is
 * walked. Starts with pfg_map_init(); dies with its arena.
 */
struct pfg_map_entry {
    struct pfg_slice key; /* terminated as well */
    void *value;
};

/* The hash is kept here, so that the key of another entry is rarely read. */
struct pfg_map_slot {
    uint32_t entry; /* index + 1 into entries, 0 when free */
    uint32_t hash;
};

struct pfg_map {
    struct pfg_arena *arena;
    struct pfg_map_entry *entries;
    size_t n, cap;
    struct pfg_map_slot *slots;
    size_t n_slots;
};

void pfg_map_init(struct pfg_map *map, struct pfg_arena *arena);

/* The value's place, or NULL where the key is not in the map. */
void **pfg_map_find(const struct pfg_map *map, struct pfg_slice key);

/* The value's place, made with a NULL value where there was none. Valid until
 * the next insertion. */
void **pfg_map_at(struct pfg_map *map, struct pfg_slice key);

/* The same of a terminated key that outlives the map, which is not copied. */
void **pfg_map_borrow(struct pfg_map *map, struct pfg_slice key);

/* Makes room for `n` entries at once. */
void pfg_map_reserve(struct pfg_map *map, size_t n);

#endif
