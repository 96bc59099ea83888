#include "base/map.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

void pfg_map_init(struct pfg_map *map, struct pfg_arena *arena)
{
    *map = (struct pfg_map){.arena = arena};
}

/* The slot that holds `key`, or the free one where it belongs. */
static size_t find_slot(const struct pfg_map *map, struct pfg_slice key)
{
    size_t at = (size_t)pfg_hash_bytes(key) & (map->n_slots - 1);

    while (map->slots[at] &&
           !pfg_slice_eq(map->entries[map->slots[at] - 1].key, key)) {
        at = (at + 1) & (map->n_slots - 1);
    }
    return at;
}

static void grow(struct pfg_map *map, size_t cap)
{
    struct pfg_map_entry *entries =
        pfg_arena_new_array(map->arena, struct pfg_map_entry, cap);

    if (map->n) {
        memcpy(entries, map->entries, map->n * sizeof *entries);
    }
    map->entries = entries;
    map->cap = cap;
    map->n_slots = 16; /* at most half full, and a power of two */
    while (map->n_slots < cap * 2) {
        map->n_slots *= 2;
    }
    map->slots = pfg_arena_new_array(map->arena, uint32_t, map->n_slots);
    for (size_t i = 0; i < map->n; i++) { /* no two of which are equal */
        size_t at = (size_t)pfg_hash_bytes(map->entries[i].key);

        while (map->slots[at & (map->n_slots - 1)]) {
            at++;
        }
        map->slots[at & (map->n_slots - 1)] = (uint32_t)(i + 1);
    }
}

void **pfg_map_find(const struct pfg_map *map, struct pfg_slice key)
{
    size_t slot = map->n_slots ? map->slots[find_slot(map, key)] : 0;

    return slot ? &map->entries[slot - 1].value : NULL;
}

void pfg_map_reserve(struct pfg_map *map, size_t n)
{
    if (n > map->cap) {
        grow(map, n);
    }
}

/* The value's place, made where there was none; `copy`: the key then is. */
static void **find_or_add(struct pfg_map *map, struct pfg_slice key, bool copy)
{
    size_t slot = map->n_slots ? find_slot(map, key) : 0;

    if (map->n_slots && map->slots[slot]) {
        return &map->entries[map->slots[slot] - 1].value;
    }
    if (map->n == map->cap) {
        grow(map, map->cap ? map->cap * 2 : 8);
        slot = find_slot(map, key);
    }
    if (copy) {
        key.ptr = pfg_arena_slice(map->arena, key);
    }
    map->entries[map->n].key = key;
    map->slots[slot] = (uint32_t)(map->n + 1);
    return &map->entries[map->n++].value;
}

void **pfg_map_at(struct pfg_map *map, struct pfg_slice key)
{
    return find_or_add(map, key, true);
}

void **pfg_map_borrow(struct pfg_map *map, struct pfg_slice key)
{
    return find_or_add(map, key, false);
}
