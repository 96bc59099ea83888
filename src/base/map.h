#ifndef PFG_BASE_MAP_H
#define PFG_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct pfg_arena;

/*
 * A map from byte strings to pointers. Keys are copied into the arena, nothing
 * is ever removed, and `entries` keeps the order of insertion for walking the
 * map. Starts with pfg_map_init(); lives as long as its arena.
 */
struct pfg_map_entry {
    struct pfg_slice key; /* followed by a NUL byte */
    void *value;
};

/* The hash is stored here, so that other entries' keys are rarely read. */
struct pfg_map_slot {
    uint32_t entry; /* index + 1 into entries; 0: free */
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

/* The place of the value, or NULL if the key is not in the map. */
void **pfg_map_find(const struct pfg_map *map, struct pfg_slice key);

/* The place of the value, which is added as NULL if the key is new. Valid until
 * the next insertion. */
void **pfg_map_at(struct pfg_map *map, struct pfg_slice key);

/* The same for a key that ends with a NUL byte and outlives the map: it is not
 * copied. */
void **pfg_map_borrow(struct pfg_map *map, struct pfg_slice key);

/* The index of an entry, given the place of its value. */
static inline size_t pfg_map_index(const struct pfg_map *map, void **value)
{
    const struct pfg_map_entry *entry =
        (const void *)((char *)value - offsetof(struct pfg_map_entry, value));

    return (size_t)(entry - map->entries);
}

/* Makes room for `n` entries at once. */
void pfg_map_reserve(struct pfg_map *map, size_t n);

#endif
