#include "model/codec/fields.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

int pfg_fields_begin_line(struct pfg_json_writer *w)
{
    int indent = w->indent;

    pfg_json_begin(w, NULL, '{');
    w->indent = 0;
    return indent;
}

void pfg_fields_end_line(struct pfg_json_writer *w, int indent)
{
    pfg_json_end(w, '}');
    w->indent = indent;
}

/* --- writing --- */

void pfg_kind_put_members(struct pfg_json_writer *w,
                          const struct pfg_field_kind *kind, const void *at)
{
    for (size_t i = 0; i < kind->n; i++) {
        const struct pfg_field *field = &kind->fields[i];
        const char *base = at;
        bool there = !field->flag || *(const bool *)(base + field->flag - 1);

        if (field->key && there) {
            pfg_kind_put(w, field->key, field->kind, base + field->offset);
        } else if (field->key && field->kind->presence == PFG_OR_NULL) {
            pfg_json_put_null(w, field->key);
        }
    }
}

static void put_list(struct pfg_json_writer *w, const char *key,
                     const struct pfg_field_kind *kind, const void *at)
{
    const char *item = *(const char *const *)at;
    int indent = 0;

    pfg_json_begin(w, key, '[');
    for (size_t i = 0; i < PFG_LENGTH(at); i++, item += kind->size) {
        if (kind->lined) {
            indent = pfg_fields_begin_line(w);
        } else {
            pfg_json_begin(w, NULL, '{');
        }
        pfg_kind_put_members(w, kind, item);
        if (kind->lined) {
            pfg_fields_end_line(w, indent);
        } else {
            pfg_json_end(w, '}');
        }
    }
    pfg_json_end(w, ']');
}

static void put_struct(struct pfg_json_writer *w, const char *key,
                       const struct pfg_field_kind *kind, const void *at)
{
    struct pfg_json_writer before = *w;
    size_t length = w->out->len, begun;

    pfg_json_begin(w, key, '{');
    begun = w->out->len;
    pfg_kind_put_members(w, kind, at);
    if (kind->sparse && w->out->len == begun) {
        pfg_str_cut(w->out, length);
        *w = before;
    } else {
        pfg_json_end(w, '}');
    }
}

static bool is_known(const struct pfg_field_kind *kind, const void *at)
{
    return kind->known    ? kind->known(at)
           : kind->size   ? PFG_LENGTH(at) > 0
           : kind->fields ? true
                          : pfg_value_is_known(kind, at);
}

void pfg_kind_put(struct pfg_json_writer *w, const char *key,
                  const struct pfg_field_kind *kind, const void *at)
{
    if (kind->put) {
        kind->put(w, key, at);
    } else if (kind->presence != PFG_ALWAYS && kind->presence != PFG_WRITTEN &&
               !is_known(kind, at)) {
        if (kind->presence == PFG_OR_NULL) {
            pfg_json_put_null(w, key);
        }
    } else if (kind->size) {
        put_list(w, key, kind, at);
    } else if (kind->fields) {
        put_struct(w, key, kind, at);
    } else {
        pfg_value_put(w, key, kind, at);
    }
}

/* --- reading --- */

static int unknown_key(struct pfg_reading *r, const struct pfg_field_kind *kind,
                       const struct pfg_json_value *member)
{
    struct pfg_str known;

    pfg_str_init(&known, sizeof r->err->hint);
    for (size_t i = 0; i < kind->n; i++) {
        if (kind->fields[i].key) {
            pfg_str_printf(&known, "%s'%s'", known.len ? ", " : "",
                           kind->fields[i].key);
        }
    }
    pfg_fail_at(r->err, PFG_DATA, pfg_json_key_pos(r->document, member),
                "unknown key '%s'", pfg_json_key(member));
    pfg_hint(r->err, "known here: %s", known.ptr);
    pfg_str_free(&known);
    return -1;
}

/* `seen` has a bit for each field that was there. */
static int check_complete(struct pfg_reading *r,
                          const struct pfg_field_kind *kind, uint64_t seen,
                          const struct pfg_json_value *value)
{
    for (size_t i = 0; i < kind->n; i++) {
        if (kind->fields[i].kind->presence >= PFG_OR_NULL && !(seen >> i & 1)) {
            return pfg_fail_at(r->err, PFG_DATA,
                               pfg_json_pos(r->document, value), "missing '%s'",
                               kind->fields[i].key);
        }
    }
    return 0;
}

/* The field of a key, or kind->n. Searches from `i` on and then from the first,
 * because members usually come in the order of the table. */
static size_t find_field(const struct pfg_field_kind *kind, size_t i,
                         const char *key)
{
    for (size_t tried = 0; tried < kind->n; tried++, i++) {
        i = i < kind->n ? i : 0;
        const char *known = kind->fields[i].key;

        /* Most keys differ in their first character. */
        if (known && *known == *key && !strcmp(known, key)) {
            return i;
        }
    }
    return kind->n;
}

/* Reads a struct that pfg_kind_clear() has cleared. */
static int take_members(struct pfg_reading *r,
                        const struct pfg_json_value *value,
                        const struct pfg_field_kind *kind, void *at)
{
    if (pfg_kind_take_members(r, value, kind, at)) {
        return -1;
    }
    return kind->check ? kind->check(r, value, at) : 0;
}

/* A struct in the object is as clear as the object. */
static int take_member(struct pfg_reading *r,
                       const struct pfg_json_value *member,
                       const struct pfg_field *field, char *object)
{
    const struct pfg_field_kind *kind = field->kind;
    bool is_struct = kind->fields && !kind->size && !kind->take;
    char *at = object + field->offset;

    if (pfg_json_type(member) == PFG_JSON_NULL &&
        kind->presence != PFG_ALWAYS) {
        return 0;
    }
    if (is_struct ? take_members(r, member, kind, at)
                  : pfg_kind_take(r, member, kind, at)) {
        return -1;
    }
    if (field->flag) {
        *(bool *)(object + field->flag - 1) = true;
    }
    return 0;
}

int pfg_kind_take_members(struct pfg_reading *r,
                          const struct pfg_json_value *value,
                          const struct pfg_field_kind *kind, void *at)
{
    uint64_t seen = 0;
    size_t next = 0;

    assert(kind->n <= 64);
    if (pfg_fields_expect(r, value, PFG_JSON_OBJECT)) {
        return -1;
    }
    for (const struct pfg_json_value *member = pfg_json_first(value); member;
         member = pfg_json_next(member)) {
        size_t i = find_field(kind, next, pfg_json_key(member));

        if (i == kind->n) {
            return unknown_key(r, kind, member);
        }
        if (take_member(r, member, &kind->fields[i], at)) {
            return -1;
        }
        seen |= UINT64_C(1) << i;
        next = i + 1;
    }
    return check_complete(r, kind, seen, value);
}

static int take_struct(struct pfg_reading *r,
                       const struct pfg_json_value *value,
                       const struct pfg_field_kind *kind, void *at)
{
    pfg_kind_clear(kind, at);
    return take_members(r, value, kind, at);
}

static int take_list(struct pfg_reading *r, const struct pfg_json_value *value,
                     const struct pfg_field_kind *kind, void *at)
{
    const struct pfg_json_value *item;
    size_t n = pfg_json_count(value);
    char *items, *next, *last;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    items = next = pfg_arena_alloc(r->arena, pfg_array_size(n, kind->size));
    last = n ? items + kind->size * (n - 1) : items;
    if (n) {
        pfg_kind_clear(kind, last);
    }
    for (item = pfg_json_first(value); item; item = pfg_json_next(item)) {
        if (next < last) {
            memcpy(next, last, kind->size); /* still clear */
        }
        if (take_members(r, item, kind, next)) {
            return -1;
        }
        next += kind->size;
    }
    *(void **)at = items;
    PFG_LENGTH(at) = n;
    return 0;
}

int pfg_kind_take(struct pfg_reading *r, const struct pfg_json_value *value,
                  const struct pfg_field_kind *kind, void *at)
{
    return kind->take     ? kind->take(r, value, at)
           : kind->size   ? take_list(r, value, kind, at)
           : kind->fields ? take_struct(r, value, kind, at)
                          : pfg_value_take(r, value, kind, at);
}

/* --- in memory --- */

void pfg_kind_clear(const struct pfg_field_kind *kind, void *at)
{
    for (size_t i = 0; i < kind->n; i++) {
        const struct pfg_field *field = &kind->fields[i];
        char *member = (char *)at + field->offset;

        if (field->flag) {
            *((bool *)at + field->flag - 1) = false;
        }
        if (field->kind->size) {
            *(void **)member = NULL;
            PFG_LENGTH(member) = 0;
        } else if (field->kind->fields) {
            pfg_kind_clear(field->kind, member);
        } else {
            pfg_value_clear(field->kind, member);
        }
    }
}

void pfg_kind_copy(const struct pfg_field_kind *kind, void *at,
                   struct pfg_arena *arena)
{
    for (size_t i = 0; i < kind->n; i++) {
        const struct pfg_field *field = &kind->fields[i];
        char *member = (char *)at + field->offset;

        if (field->kind->fields && !field->kind->size) {
            pfg_kind_copy(field->kind, member, arena);
        } else if (!field->kind->fields) {
            pfg_value_copy(field->kind, member, arena);
        }
    }
}
