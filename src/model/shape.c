#include "model/shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"

/* --- kinds that are always written --- */

static void put_string(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    const char *text = *(const char *const *)at;

    pfg_json_put_string(w, key, text ? text : "");
}

static int read_string(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    return pfg_kind_text.take(r, value, at);
}

static void put_nullable(struct pfg_json_writer *w, const char *key,
                         const void *at)
{
    pfg_json_put_string(w, key, *(const char *const *)at);
}

static void put_number(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    pfg_json_put_number(w, key, *(const double *)at);
}

static int read_number(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    return pfg_kind_double.take(r, value, at);
}

static void put_flag(struct pfg_json_writer *w, const char *key, const void *at)
{
    pfg_json_put_bool(w, key, *(const bool *)at);
}

static int read_flag(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    return pfg_kind_bool.take(r, value, at);
}

static void put_count(struct pfg_json_writer *w, const char *key,
                      const void *at)
{
    pfg_json_put_integer(w, key, (int64_t) * (const size_t *)at);
}

static int read_count(struct pfg_reading *r, const struct pfg_json_value *value,
                      void *at)
{
    return pfg_kind_size.take(r, value, at);
}

static void put_whole(struct pfg_json_writer *w, const char *key,
                      const void *at)
{
    pfg_json_put_integer(w, key, *(const int *)at);
}

static int read_whole(struct pfg_reading *r, const struct pfg_json_value *value,
                      void *at)
{
    return pfg_kind_int.take(r, value, at);
}

static void put_moment(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    if (*(const pfg_time *)at > 0) {
        pfg_kind_time.put(w, key, at);
    } else {
        pfg_json_put_null(w, key);
    }
}

static int read_moment(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    return pfg_kind_time.take(r, value, at);
}

const struct pfg_field_kind pfg_always_text = {put_string, read_string,
                                               PFG_ALWAYS};
const struct pfg_field_kind pfg_null_text = {put_nullable, read_string,
                                             PFG_OR_NULL};
const struct pfg_field_kind pfg_null_number = {put_number, read_number,
                                               PFG_OR_NULL};
const struct pfg_field_kind pfg_always_flag = {put_flag, read_flag, PFG_ALWAYS};
const struct pfg_field_kind pfg_always_count = {put_count, read_count,
                                                PFG_ALWAYS};
const struct pfg_field_kind pfg_always_whole = {put_whole, read_whole,
                                                PFG_ALWAYS};
const struct pfg_field_kind pfg_null_time = {put_moment, read_moment,
                                             PFG_OR_NULL};

/* --- lists of texts --- */

static void put_texts(struct pfg_json_writer *w, const char *key,
                      const void *at)
{
    const char *const *texts = *(const char *const *const *)at;

    pfg_json_begin(w, key, '[');
    for (size_t i = 0; i < PFG_LENGTH(at); i++) {
        pfg_json_put_string(w, NULL, texts[i]);
    }
    pfg_json_end(w, ']');
}

static int read_texts(struct pfg_reading *r, const struct pfg_json_value *value,
                      void *at)
{
    const struct pfg_json_value *item;
    const char **texts;
    size_t n = 0;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    texts = pfg_arena_new_array(r->arena, const char *, pfg_json_count(value));
    for (item = pfg_json_first(value); item; item = pfg_json_next(item)) {
        if (pfg_kind_text.take(r, item, &texts[n++])) {
            return -1;
        }
    }
    *(const char ***)at = texts;
    PFG_LENGTH(at) = n;
    return 0;
}

static void put_known_texts(struct pfg_json_writer *w, const char *key,
                            const void *at)
{
    if (PFG_LENGTH(at)) {
        put_texts(w, key, at);
    }
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int read_sorted_texts(struct pfg_reading *r,
                             const struct pfg_json_value *value, void *at)
{
    if (read_texts(r, value, at)) {
        return -1;
    }
    if (PFG_LENGTH(at)) {
        qsort(*(void **)at, PFG_LENGTH(at), sizeof(char *), compare_texts);
    }
    return 0;
}

const struct pfg_field_kind pfg_always_texts = {put_texts, read_texts,
                                                PFG_ALWAYS};
const struct pfg_field_kind pfg_kind_texts = {put_known_texts, read_texts,
                                              PFG_WHERE_KNOWN};
const struct pfg_field_kind pfg_kind_sorted_texts = {
    put_known_texts, read_sorted_texts, PFG_WHERE_KNOWN, PFG_SCALAR_TEXTS};
const struct pfg_field_kind pfg_kind_lines = {
    put_texts, read_texts, PFG_WHERE_KNOWN, PFG_SCALAR_LINES};

/* --- structs --- */

void pfg_shape_put(struct pfg_json_writer *w, const char *key,
                   const struct pfg_shape *shape, const void *at)
{
    pfg_json_begin(w, key, '{');
    pfg_fields_put(w, shape->fields, shape->n, at);
    pfg_json_end(w, '}');
}

void pfg_shape_put_list(struct pfg_json_writer *w, const char *key,
                        const struct pfg_shape *shape, const void *at)
{
    const char *items = *(const char *const *)at;

    pfg_json_begin(w, key, '[');
    for (size_t i = 0; i < PFG_LENGTH(at); i++) {
        pfg_shape_put(w, NULL, shape, items + i * shape->size);
    }
    pfg_json_end(w, ']');
}

int pfg_shape_take(struct pfg_reading *r, const struct pfg_json_value *value,
                   const struct pfg_shape *shape, void *at)
{
    pfg_shape_clear(shape, at);
    return pfg_fields_take(r, shape->fields, shape->n, value, at);
}

int pfg_shape_take_list(struct pfg_reading *r,
                        const struct pfg_json_value *value,
                        const struct pfg_shape *shape, void *at)
{
    const struct pfg_json_value *item;
    char *items;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    items = pfg_arena_alloc(r->arena,
                            pfg_array_size(pfg_json_count(value), shape->size));
    *(void **)at = items;
    for (item = pfg_json_first(value); item; item = pfg_json_next(item)) {
        if (pfg_shape_take(r, item, shape,
                           items + shape->size * (PFG_LENGTH(at))++)) {
            return -1;
        }
    }
    return 0;
}

/* Lower, upper and level: three doubles in a row. */
static const struct pfg_field interval_fields[] = {
    {"lower", 0, &pfg_null_number},
    {"upper", sizeof(double), &pfg_null_number},
    {"level", 2 * sizeof(double), &pfg_null_number},
};
static const struct pfg_shape interval_shape = {
    interval_fields, PFG_COUNT(interval_fields), sizeof(double[3]), NULL};

/* What is unknown until it is read: texts are "", numbers NAN. */
void pfg_shape_clear(const struct pfg_shape *shape, void *object)
{
    for (size_t i = 0; i < shape->n; i++) {
        const struct pfg_field_kind *kind = shape->fields[i].kind;
        void *at = (char *)object + shape->fields[i].offset;

        if (kind == &pfg_always_text || kind == &pfg_kind_text) {
            *(const char **)at = "";
        } else if (kind == &pfg_null_number || kind == &pfg_kind_double) {
            *(double *)at = NAN;
        } else if (kind == &pfg_null_interval) {
            pfg_shape_clear(&interval_shape, at);
        }
    }
    if (shape->clear) {
        shape->clear(object);
    }
}

static void put_interval(struct pfg_json_writer *w, const char *key,
                         const void *at)
{
    const double *bounds = at;

    if (isfinite(bounds[0]) || isfinite(bounds[1])) {
        pfg_shape_put(w, key, &interval_shape, at);
    } else {
        pfg_json_put_null(w, key);
    }
}

static int read_interval(struct pfg_reading *r,
                         const struct pfg_json_value *value, void *at)
{
    return pfg_shape_take(r, value, &interval_shape, at);
}

const struct pfg_field_kind pfg_null_interval = {put_interval, read_interval,
                                                 PFG_OR_NULL};

int pfg_shape_unknown_word(struct pfg_reading *r,
                           const struct pfg_json_value *value, const char *what)
{
    return pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, value),
                       "unknown %s '%s'", what, pfg_json_string(value));
}
