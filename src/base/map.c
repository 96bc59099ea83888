#include "base/map.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

void pfg_map_init(struct pfg_map *map, struct pfg_arena *arena)
{
    *map = (struct pfg_map){.arena = arena};
}

static uint32_t hash_of(struct pfg_slice key)
{
    return (uint32_t)pfg_hash_bytes(key);
}

/* The slot of `key`, or the free slot where it belongs. */
static struct pfg_map_slot *find_slot(const struct pfg_map *map,
                                      struct pfg_slice key, uint32_t hash)
{
    size_t at = hash & (map->n_slots - 1);

    while (map->slots[at].entry &&
           (map->slots[at].hash != hash ||
            !pfg_slice_eq(map->entries[map->slots[at].entry - 1].key, key))) {
        at = (at + 1) & (map->n_slots - 1);
    }
    return &map->slots[at];
}

static void grow(struct pfg_map *map, size_t cap)
{
    const struct pfg_map_slot *slots = map->slots;
    size_t n_slots = map->n_slots;
    struct pfg_map_entry *entries =
        pfg_arena_new_array(map->arena, struct pfg_map_entry, cap);

    if (map->n) {
        memcpy(entries, map->entries, map->n * sizeof *entries);
    }
    map->entries = entries;
    map->cap = cap;
    map->n_slots = 16; /* a power of two, at most half used */
    while (map->n_slots < cap * 2) {
        map->n_slots *= 2;
    }
    map->slots =
        pfg_arena_new_array(map->arena, struct pfg_map_slot, map->n_slots);
    for (size_t i = 0; i < n_slots; i++) { /* their keys are all different */
        size_t at = slots[i].hash & (map->n_slots - 1);

        while (slots[i].entry && map->slots[at].entry) {
            at = (at + 1) & (map->n_slots - 1);
        }
        if (slots[i].entry) {
            map->slots[at] = slots[i];
        }
    }
}

void **pfg_map_find(const struct pfg_map *map, struct pfg_slice key)
{
    uint32_t entry =
        map->n_slots ? find_slot(map, key, hash_of(key))->entry : 0;

    return entry ? &map->entries[entry - 1].value : NULL;
}

void pfg_map_reserve(struct pfg_map *map, size_t n)
{
    if (n > map->cap) {
        grow(map, n);
    }
}

/* The place of the value, which is added if the key is new; `copy`: then copy
 * the key. */
static void **find_or_add(struct pfg_map *map, struct pfg_slice key, bool copy)
{
    uint32_t hash = hash_of(key);
    struct pfg_map_slot *slot = map->n_slots ? find_slot(map, key, hash) : NULL;

    if (slot && slot->entry) {
        return &map->entries[slot->entry - 1].value;
    }
    if (map->n == map->cap) {
        grow(map, map->cap ? map->cap * 2 : 8);
        slot = find_slot(map, key, hash);
    }
    if (copy) {
        key.ptr = pfg_arena_slice(map->arena, key);
    }
    map->entries[map->n].key = key;
    *slot = (struct pfg_map_slot){(uint32_t)(map->n + 1), hash};
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
