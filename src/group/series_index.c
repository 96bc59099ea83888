#include "group/series_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/memory.h"

void pfg_series_index_begin(struct pfg_series_index *index)
{
    *index = (struct pfg_series_index){.arena = pfg_arena_new()};
}

void pfg_series_index_end(struct pfg_series_index *index)
{
    pfg_arena_free(index->arena);
    pfg_vec_free(&index->entries);
    free(index->slots);
    *index = (struct pfg_series_index){0};
}

/* What identifies a series, part by part. */
static size_t n_parts(const struct pfg_measurement *m)
{
    return 3 + 2 * m->n_params;
}

static struct pfg_slice part_of(const struct pfg_measurement *m, size_t i)
{
    if (i < 3) {
        return i == 0 ? m->benchmark : i == 1 ? m->metric : m->suite;
    }
    i -= 3;
    return i % 2 ? m->params[i / 2].value : m->params[i / 2].key;
}

static uint64_t hash_of(const struct pfg_measurement *m)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < n_parts(m); i++) {
        /* An odd multiplier: the order of the parts counts. */
        hash = (hash ^ pfg_hash_bytes(part_of(m, i))) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    }
    return hash;
}

static inline bool take_length(const char **bytes, size_t length)
{
    size_t here;

    memcpy(&here, *bytes, sizeof here);
    *bytes += sizeof here;
    return here == length;
}

static inline bool take_part(const char **bytes, struct pfg_slice part)
{
    if (!take_length(bytes, part.len) ||
        (part.len && memcmp(*bytes, part.ptr, part.len) != 0)) {
        return false;
    }
    *bytes += part.len;
    return true;
}

/* The parts' lengths stand before them, so that no two lists look alike. */
static bool is_of(const struct pfg_series_entry *entry,
                  const struct pfg_measurement *m)
{
    const char *bytes = entry->bytes;

    if (!take_length(&bytes, n_parts(m)) || !take_part(&bytes, m->benchmark) ||
        !take_part(&bytes, m->metric) || !take_part(&bytes, m->suite)) {
        return false;
    }
    for (size_t i = 0; i < m->n_params; i++) {
        if (!take_part(&bytes, m->params[i].key) ||
            !take_part(&bytes, m->params[i].value)) {
            return false;
        }
    }
    return true;
}

static const char *copy_parts(struct pfg_arena *arena,
                              const struct pfg_measurement *m)
{
    size_t n = n_parts(m), size = (n + 1) * sizeof(size_t);
    char *bytes, *to;

    for (size_t i = 0; i < n; i++) {
        size += part_of(m, i).len;
    }
    bytes = to = pfg_arena_alloc(arena, size);
    memcpy(to, &n, sizeof n);
    to += sizeof n;
    for (size_t i = 0; i < n; i++) {
        struct pfg_slice part = part_of(m, i);

        memcpy(to, &part.len, sizeof part.len);
        to += sizeof part.len;
        if (part.len) {
            memcpy(to, part.ptr, part.len);
        }
        to += part.len;
    }
    return bytes;
}

/* The slot that holds it, or the free one where it belongs. */
static size_t find_slot(const struct pfg_series_index *index, uint64_t hash,
                        const struct pfg_measurement *m)
{
    size_t at = (size_t)hash & (index->n_slots - 1);

    while (index->slots[at]) {
        const struct pfg_series_entry *entry =
            &index->entries.at[index->slots[at] - 1];

        if (entry->hash == hash && is_of(entry, m)) {
            break;
        }
        at = (at + 1) & (index->n_slots - 1);
    }
    return at;
}

const size_t *pfg_series_index_find(struct pfg_series_index *index,
                                    const struct pfg_measurement *m)
{
    size_t at = index->next;

    if (at >= index->entries.n || !is_of(&index->entries.at[at], m)) {
        at = index->n_slots ? index->slots[find_slot(index, hash_of(m), m)] : 0;
        if (!at) {
            return NULL;
        }
        at--;
    }
    index->next = at + 1;
    return &index->entries.at[at].series;
}

/* At most half full, and a power of two. */
static void grow(struct pfg_series_index *index)
{
    size_t n = index->n_slots ? 2 * index->n_slots : 16;

    free(index->slots);
    index->slots = pfg_alloc(pfg_array_size(n, sizeof *index->slots));
    index->n_slots = n;
    for (size_t i = 0; i < index->entries.n; i++) {
        size_t at = (size_t)index->entries.at[i].hash & (n - 1);

        while (index->slots[at]) {
            at = (at + 1) & (n - 1);
        }
        index->slots[at] = (uint32_t)(i + 1);
    }
}

void pfg_series_index_add(struct pfg_series_index *index,
                          const struct pfg_measurement *m, size_t series)
{
    struct pfg_series_entry entry = {
        .hash = hash_of(m),
        .bytes = copy_parts(index->arena, m),
        .series = series,
    };

    if (2 * (index->entries.n + 1) > index->n_slots) {
        grow(index);
    }
    pfg_vec_push(&index->entries, NULL, entry);
    index->slots[find_slot(index, entry.hash, m)] = (uint32_t)index->entries.n;
    index->next = index->entries.n;
}
