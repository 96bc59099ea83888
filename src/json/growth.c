#include <cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "json/grammar.h"
#include "json/scan.h"

/* Nodes are allocated in groups of this size. */
#define SPARE_NODES 16

/* Up to this many keys of an object are compared pairwise; more are sorted. The
 * rows of a report have up to 37. */
#define FEW_KEYS 64

static int type_of(char first)
{
    switch (first) {
    case '{':
        return cJSON_Object;
    case '[':
        return cJSON_Array;
    case '"':
        return cJSON_String;
    case 't':
        return cJSON_True;
    case 'f':
        return cJSON_False;
    case 'n':
        return cJSON_NULL;
    default:
        return cJSON_Number;
    }
}

cJSON *pfg_growth_add(struct pfg_growth *growth, size_t offset)
{
    cJSON *node;

    if (!growth->n_spare) {
        growth->spare = pfg_arena_new_array(growth->arena, cJSON, SPARE_NODES);
        growth->n_spare = SPARE_NODES;
    }
    growth->n_spare--;
    node = growth->spare++;
    node->type = type_of(growth->text[offset]);
    node->valueint = (int)offset;
    node->string = growth->key;
    node->prev = growth->last;
    if (growth->last) {
        growth->last->next = node;
    } else if (growth->parent) {
        growth->parent->child = node;
    } else {
        growth->root = node;
    }
    growth->last = node;
    growth->key = NULL;
    growth->n++;
    growth->bytes += sizeof *node;
    return node;
}

/* A decoded string may be a key, whose place is asked for: its offset is kept
 * in front of it. */
static char *decode(struct pfg_growth *growth, size_t offset,
                    struct pfg_slice raw)
{
    uint32_t place = (uint32_t)offset;
    char *copy = pfg_arena_alloc(growth->arena, sizeof place + raw.len + 1);

    memcpy(copy, &place, sizeof place);
    pfg_json_unescape(copy + sizeof place, raw);
    growth->bytes += sizeof place + raw.len + 1;
    return copy + sizeof place;
}

char *pfg_growth_string(struct pfg_growth *growth, size_t offset, size_t end,
                        bool escaped)
{
    char *begin = growth->text + offset + 1, *quote = growth->text + end - 1;

    if (escaped) {
        return decode(growth, offset, pfg_slice_range(begin, quote));
    }
    *quote = '\0';
    return begin;
}

size_t pfg_growth_key_offset(const char *key, const char *text, size_t len)
{
    uint32_t offset;

    if (key > text && key < text + len) {
        return (size_t)(key - text) - 1;
    }
    memcpy(&offset, key - sizeof offset, sizeof offset);
    return offset;
}

void pfg_growth_key(struct pfg_growth *growth, size_t offset, size_t end,
                    bool escaped)
{
    struct pfg_slice key;

    growth->key = pfg_growth_string(growth, offset, end, escaped);
    key = escaped ? pfg_slice_of(growth->key)
                  : pfg_slice_make(growth->key, end - offset - 2);
    pfg_vec_push(&growth->keys, NULL, (uint32_t)pfg_hash_bytes(key));
}

static int by_key_and_place(const void *a, const void *b)
{
    const cJSON *left = *(const cJSON *const *)a;
    const cJSON *right = *(const cJSON *const *)b;
    int order = strcmp(left->string, right->string);

    return order ? order : left->valueint - right->valueint;
}

/* The first member with a key that an earlier member has, or NULL. */
static cJSON *find_twice(const cJSON *object, size_t n)
{
    cJSON **members = pfg_alloc(pfg_array_size(n, sizeof *members));
    cJSON *twice = NULL;
    size_t i = 0;

    for (cJSON *at = object->child; at; at = at->next) {
        members[i++] = at;
    }
    qsort(members, n, sizeof *members, by_key_and_place);
    for (i = 1; i < n; i++) {
        if (!strcmp(members[i]->string, members[i - 1]->string) &&
            (!twice || members[i]->valueint < twice->valueint)) {
            twice = members[i];
        }
    }
    free(members);
    return twice;
}

static bool may_stand_twice(const uint32_t *hashes, size_t n)
{
    for (size_t i = 1; n <= FEW_KEYS && i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (hashes[i] == hashes[j]) {
                return true;
            }
        }
    }
    return n > FEW_KEYS;
}

void pfg_growth_close(struct pfg_growth *growth, size_t first_key)
{
    size_t n = growth->keys.n - first_key;

    if (growth->parent->child) {
        growth->parent->child->prev = growth->last; /* cJSON's convention */
    }
    if (!growth->twice && n > 1 &&
        may_stand_twice(growth->keys.at + first_key, n)) {
        growth->twice = find_twice(growth->parent, n);
    }
    growth->keys.n = first_key;
}

void pfg_growth_pack(struct pfg_growth *growth, cJSON *array, size_t n)
{
    array->type |= PFG_PACKED;
    array->valuedouble = (double)n;
    array->valuestring = (char *)(void *)growth->packed;
    growth->n += n;
    growth->bytes += n * sizeof *array; /* in case they are unpacked */
}

void pfg_growth_unpack(cJSON *array)
{
    struct pfg_packed *packed = (void *)array->valuestring;
    size_t n = (size_t)array->valuedouble;
    cJSON *nodes = pfg_arena_new_array(packed->arena, cJSON, n);
    cJSON number = {.type = cJSON_Number, .valueint = array->valueint};
    double value;

    for (size_t i = 0; pfg_walk_next_number(packed, &number, 0, &value); i++) {
        nodes[i] = number;
        nodes[i].prev = &nodes[i ? i - 1 : n - 1]; /* cJSON's convention */
        nodes[i].next = i + 1 < n ? &nodes[i + 1] : NULL;
    }
    array->child = nodes;
    array->type &= ~PFG_PACKED;
    array->valuestring = NULL;
}
