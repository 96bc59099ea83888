#ifndef PFG_MODEL_SHAPE_H
#define PFG_MODEL_SHAPE_H

#include <stddef.h>

#include "model/codec/fields.h"

/*
 * More for tables of fields: kinds that are written whatever they hold, lists,
 * and structs within structs. For a format whose readers are other programs:
 * what is always there is easier for them than what is left out.
 */

/* Always written, and must be there: texts (NULL is ""), bools, size_t, int,
 * lists of texts, and of facts. */
extern const struct pfg_field_kind pfg_always_text;
extern const struct pfg_field_kind pfg_always_flag;
extern const struct pfg_field_kind pfg_always_count;
extern const struct pfg_field_kind pfg_always_whole;
extern const struct pfg_field_kind pfg_always_texts;
/* The same, or null: a text that is NULL, a double that is NAN, a pfg_time of
 * 0, and three doubles in a row: {"lower", "upper", "level"}. */
extern const struct pfg_field_kind pfg_null_text;
extern const struct pfg_field_kind pfg_null_number;
extern const struct pfg_field_kind pfg_null_time;
extern const struct pfg_field_kind pfg_null_interval;
extern const struct pfg_field_kind pfg_always_facts; /* sorted by key */

struct pfg_shape {
    const struct pfg_field *fields;
    size_t n, size;
    void (*clear)(void *object); /* beyond texts and numbers; NULL */
};

void pfg_shape_put(struct pfg_json_writer *w, const char *key,
                   const struct pfg_shape *shape, const void *at);
/* Clears the object, then reads it. */
int pfg_shape_take(struct pfg_reading *r, const struct pfg_json_value *value,
                   const struct pfg_shape *shape, void *at);
/* Makes every text "" and every number NAN. */
void pfg_shape_clear(const struct pfg_shape *shape, void *object);
void pfg_shape_put_list(struct pfg_json_writer *w, const char *key,
                        const struct pfg_shape *shape, const void *at);
int pfg_shape_take_list(struct pfg_reading *r,
                        const struct pfg_json_value *value,
                        const struct pfg_shape *shape, void *at);

/* Fails with "unknown WHAT 'text'"; `value` is a string. */
int pfg_shape_unknown_word(struct pfg_reading *r,
                           const struct pfg_json_value *value,
                           const char *what);

/* Defines `name_shape` from the table `name_fields`. */
#define PFG_SHAPE(name, type, clear)                                           \
    static const struct pfg_shape name##_shape = {                             \
        name##_fields, sizeof name##_fields / sizeof *name##_fields,           \
        sizeof(type), clear}

/* Defines `kind_name` for what `name_shape` is. */
#define PFG_SHAPE_KIND(name, presence)                                         \
    static void put_##name(struct pfg_json_writer *w, const char *key,         \
                           const void *at)                                     \
    {                                                                          \
        pfg_shape_put(w, key, &name##_shape, at);                              \
    }                                                                          \
    static int read_##name(struct pfg_reading *r,                              \
                           const struct pfg_json_value *value, void *at)       \
    {                                                                          \
        return pfg_shape_take(r, value, &name##_shape, at);                    \
    }                                                                          \
    static const struct pfg_field_kind kind_##name = {put_##name, read_##name, \
                                                      presence}

/* Defines `kind_name` for a list of what `name_shape` is. */
#define PFG_LIST_KIND(name, presence)                                          \
    static void put_##name(struct pfg_json_writer *w, const char *key,         \
                           const void *at)                                     \
    {                                                                          \
        if (presence != PFG_WHERE_KNOWN || PFG_LENGTH(at)) {                   \
            pfg_shape_put_list(w, key, &name##_shape, at);                     \
        }                                                                      \
    }                                                                          \
    static int read_##name(struct pfg_reading *r,                              \
                           const struct pfg_json_value *value, void *at)       \
    {                                                                          \
        return pfg_shape_take_list(r, value, &name##_shape, at);               \
    }                                                                          \
    static const struct pfg_field_kind kind_##name = {put_##name, read_##name, \
                                                      presence}

/* Defines `kind_name` for an enum of this type by its words, of which one that
 * `parse` does not know is an "unknown WHAT". */
#define PFG_WORD_KIND(name, type, what, to_name, parse)                        \
    static void put_##name(struct pfg_json_writer *w, const char *key,         \
                           const void *at)                                     \
    {                                                                          \
        pfg_json_put_string(w, key, to_name(*(const type *)at));               \
    }                                                                          \
    static int read_##name(struct pfg_reading *r,                              \
                           const struct pfg_json_value *value, void *at)       \
    {                                                                          \
        if (pfg_fields_expect(r, value, PFG_JSON_STRING)) {                    \
            return -1;                                                         \
        }                                                                      \
        return parse(at, pfg_slice_of(pfg_json_string(value)))                 \
                   ? pfg_shape_unknown_word(r, value, what)                    \
                   : 0;                                                        \
    }                                                                          \
    static const struct pfg_field_kind kind_##name = {put_##name, read_##name, \
                                                      PFG_ALWAYS}

#endif
