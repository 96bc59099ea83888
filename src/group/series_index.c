#include "group/series_index.h"

#include <stdint.h>
#include <string.h>

void pfg_series_index_begin(struct pfg_series_index *index,
                            struct pfg_arena *arena)
{
    *index = (struct pfg_series_index){.next = 0};
    pfg_map_init(&index->numbers, arena);
}

/* The number of texts that identify a series. */
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

/* Joins the parts, each with its length in front, so that different lists of
 * parts give different bytes. */
static struct pfg_slice join_parts(struct pfg_series_index *index,
                                   const struct pfg_measurement *m)
{
    size_t n = n_parts(m), size = n * sizeof(size_t);
    char *to;

    for (size_t i = 0; i < n; i++) {
        size += part_of(m, i).len;
    }
    while (index->bytes.cap < size) {
        index->bytes.at = pfg_vec_grow(index->bytes.at, &index->bytes.cap, 1,
                                       index->numbers.arena);
    }
    to = index->bytes.at;
    for (size_t i = 0; i < n; i++) {
        struct pfg_slice part = part_of(m, i);

        memcpy(to, &part.len, sizeof part.len);
        to += sizeof part.len;
        if (part.len) {
            memcpy(to, part.ptr, part.len);
        }
        to += part.len;
    }
    index->bytes.n = size;
    return pfg_slice_make(index->bytes.at, size);
}

size_t pfg_series_index_find(struct pfg_series_index *index,
                             const struct pfg_measurement *m)
{
    struct pfg_map_entry *entries = index->numbers.entries;
    struct pfg_slice bytes = join_parts(index, m);
    size_t at = index->next;
    void **number;

    if (at >= index->numbers.n || !pfg_slice_eq(entries[at].key, bytes)) {
        number = pfg_map_find(&index->numbers, bytes);
        if (!number) {
            return SIZE_MAX;
        }
        at = (size_t)((char *)number - (char *)&entries->value) /
             sizeof *entries;
    }
    index->next = at + 1;
    return (uintptr_t)entries[at].value - 1;
}

void pfg_series_index_add(struct pfg_series_index *index, size_t series)
{
    *pfg_map_at(&index->numbers,
                pfg_slice_make(index->bytes.at, index->bytes.n)) =
        (void *)(uintptr_t)(series + 1);
    index->next = index->numbers.n;
}
