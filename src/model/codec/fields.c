#include "model/codec/fields.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/str.h"

static const char *const type_names[] = {
    [PFG_JSON_NOTHING] = "nothing",    [PFG_JSON_NULL] = "null",
    [PFG_JSON_BOOL] = "true or false", [PFG_JSON_NUMBER] = "a number",
    [PFG_JSON_STRING] = "a string",    [PFG_JSON_ARRAY] = "an array",
    [PFG_JSON_OBJECT] = "an object",
};

static int wrong_type(struct pfg_reading *r, const struct pfg_json_value *value,
                      const char *wanted)
{
    struct pfg_pos pos = pfg_json_pos(r->document, value);
    const char *key = pfg_json_key(value);
    const char *type = type_names[pfg_json_type(value)];

    if (key) {
        return pfg_fail_at(r->err, PFG_DATA, pos, "'%s' must be %s, not %s",
                           key, wanted, type);
    }
    return pfg_fail_at(r->err, PFG_DATA, pos, "expected %s, not %s", wanted,
                       type);
}

int pfg_fields_expect(struct pfg_reading *r, const struct pfg_json_value *value,
                      enum pfg_json_type type)
{
    return pfg_json_type(value) == type
               ? 0
               : wrong_type(r, value, type_names[type]);
}

int pfg_fields_number(struct pfg_reading *r, const struct pfg_json_value *value,
                      double *out)
{
    double number;

    if (pfg_fields_expect(r, value, PFG_JSON_NUMBER)) {
        return -1;
    }
    number = pfg_json_number(r->document, value);
    if (!isfinite(number)) {
        struct pfg_slice digits = pfg_json_digits(r->document, value);

        return pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, value),
                           "number '%.*s' is out of range", PFG_SLICE(digits));
    }
    *out = number;
    return 0;
}

/* A whole number from 0 to `max`. */
static int read_whole(struct pfg_reading *r, const struct pfg_json_value *value,
                      uint64_t max, uint64_t *out)
{
    if (pfg_json_type(value) != PFG_JSON_NUMBER) {
        return wrong_type(r, value, "a whole number");
    }
    if (pfg_json_u64(out, r->document, value) || *out > max) {
        struct pfg_slice digits = pfg_json_digits(r->document, value);
        const char *key = pfg_json_key(value);

        return pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, value),
                           "'%s' must be a whole number of at most %llu, not "
                           "'%.*s'",
                           key ? key : "value", (unsigned long long)max,
                           PFG_SLICE(digits));
    }
    return 0;
}

static void put_text(struct pfg_json_writer *w, const char *key, const void *at)
{
    const char *text = *(const char *const *)at;

    if (text && *text) {
        pfg_json_put_string(w, key, text);
    }
}

static void put_optional(struct pfg_json_writer *w, const char *key,
                         const void *at)
{
    const char *text = *(const char *const *)at;

    if (text) {
        pfg_json_put_string(w, key, text);
    }
}

static int read_text(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    if (pfg_fields_expect(r, value, PFG_JSON_STRING)) {
        return -1;
    }
    *(const char **)at = pfg_arena_strdup(r->arena, pfg_json_string(value));
    return 0;
}

/* pfg_time_iso() with what is below the second. */
static void put_time(struct pfg_json_writer *w, const char *key, const void *at)
{
    pfg_time time = *(const pfg_time *)at;
    char text[PFG_TIME_TEXT];
    size_t length;

    if (time <= 0) {
        return;
    }
    pfg_time_iso(text, time);
    length = strlen(text);
    if (time % PFG_SECOND && length) {
        snprintf(text + length - 1, sizeof text - length + 1, ".%09dZ",
                 (int)(time % PFG_SECOND));
    }
    pfg_json_put_string(w, key, text);
}

static int read_time(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    if (pfg_fields_expect(r, value, PFG_JSON_STRING)) {
        return -1;
    }
    if (pfg_time_parse(at, pfg_slice_of(pfg_json_string(value)))) {
        return pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, value),
                           "'%s' must be a time such as "
                           "'2026-11-21T07:49:48Z', not '%s'",
                           pfg_json_key(value), pfg_json_string(value));
    }
    return 0;
}

static void put_bool(struct pfg_json_writer *w, const char *key, const void *at)
{
    if (*(const bool *)at) {
        pfg_json_put_bool(w, key, true);
    }
}

static int read_bool(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    if (pfg_fields_expect(r, value, PFG_JSON_BOOL)) {
        return -1;
    }
    *(bool *)at = pfg_json_is_true(value);
    return 0;
}

static void put_int(struct pfg_json_writer *w, const char *key, const void *at)
{
    if (*(const int *)at) {
        pfg_json_put_integer(w, key, *(const int *)at);
    }
}

static int read_int(struct pfg_reading *r, const struct pfg_json_value *value,
                    void *at)
{
    uint64_t number;

    if (read_whole(r, value, INT_MAX, &number)) {
        return -1;
    }
    *(int *)at = (int)number;
    return 0;
}

static void put_long(struct pfg_json_writer *w, const char *key, const void *at)
{
    if (*(const long *)at) {
        pfg_json_put_integer(w, key, *(const long *)at);
    }
}

static int read_long(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    uint64_t number;

    if (read_whole(r, value, LONG_MAX, &number)) {
        return -1;
    }
    *(long *)at = (long)number;
    return 0;
}

static void put_size(struct pfg_json_writer *w, const char *key, const void *at)
{
    if (*(const size_t *)at) {
        pfg_json_put_integer(w, key, (int64_t) * (const size_t *)at);
    }
}

static int read_size(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    uint64_t number;

    if (read_whole(r, value, INT64_MAX, &number)) {
        return -1;
    }
    *(size_t *)at = (size_t)number;
    return 0;
}

static void put_double(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    double number = *(const double *)at;

    if (isfinite(number)) {
        pfg_json_put_number(w, key, number);
    }
}

static void put_amount(struct pfg_json_writer *w, const char *key,
                       const void *at)
{
    if (*(const double *)at != 0) {
        put_double(w, key, at);
    }
}

static int read_double(struct pfg_reading *r,
                       const struct pfg_json_value *value, void *at)
{
    return pfg_fields_number(r, value, at);
}

static void put_nothing(struct pfg_json_writer *w, const char *key,
                        const void *at)
{
    (void)w, (void)key, (void)at;
}

static int pass_over(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    (void)r, (void)value, (void)at;
    return 0;
}

const struct pfg_field_kind pfg_kind_text = {put_text, read_text,
                                             PFG_WHERE_KNOWN, PFG_SCALAR_TEXT};
const struct pfg_field_kind pfg_kind_optional = {
    put_optional, read_text, PFG_WHERE_KNOWN, PFG_SCALAR_OPTIONAL};
const struct pfg_field_kind pfg_kind_time = {put_time, read_time,
                                             PFG_WHERE_KNOWN, PFG_SCALAR_TIME};
const struct pfg_field_kind pfg_kind_bool = {put_bool, read_bool,
                                             PFG_WHERE_KNOWN, PFG_SCALAR_BOOL};
const struct pfg_field_kind pfg_kind_int = {put_int, read_int, PFG_WHERE_KNOWN,
                                            PFG_SCALAR_INT};
const struct pfg_field_kind pfg_kind_long = {put_long, read_long,
                                             PFG_WHERE_KNOWN, PFG_SCALAR_LONG};
const struct pfg_field_kind pfg_kind_size = {put_size, read_size,
                                             PFG_WHERE_KNOWN, PFG_SCALAR_SIZE};
const struct pfg_field_kind pfg_kind_double = {
    put_double, read_double, PFG_WHERE_KNOWN, PFG_SCALAR_DOUBLE};
const struct pfg_field_kind pfg_kind_amount = {
    put_amount, read_double, PFG_WHERE_KNOWN, PFG_SCALAR_DOUBLE};
const struct pfg_field_kind pfg_kind_elsewhere = {put_nothing, pass_over,
                                                  PFG_WHERE_KNOWN};

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

void pfg_fields_put(struct pfg_json_writer *w, const struct pfg_field *fields,
                    size_t n, const void *object)
{
    for (size_t i = 0; i < n; i++) {
        if (fields[i].key) {
            fields[i].kind->put(w, fields[i].key,
                                (const char *)object + fields[i].offset);
        }
    }
}

void pfg_fields_put_known(struct pfg_json_writer *w, const char *key,
                          const struct pfg_field *fields, size_t n,
                          const void *object)
{
    struct pfg_json_writer before = *w;
    size_t length = w->out->len, begun;

    pfg_json_begin(w, key, '{');
    begun = w->out->len;
    pfg_fields_put(w, fields, n, object);
    if (w->out->len > begun) {
        pfg_json_end(w, '}');
    } else {
        pfg_str_cut(w->out, length);
        *w = before;
    }
}

static int unknown_key(struct pfg_reading *r, const struct pfg_field *fields,
                       size_t n, const struct pfg_json_value *member)
{
    struct pfg_str known;

    pfg_str_init(&known, sizeof r->err->hint);
    for (size_t i = 0; i < n; i++) {
        if (fields[i].key) {
            pfg_str_printf(&known, "%s'%s'", known.len ? ", " : "",
                           fields[i].key);
        }
    }
    pfg_fail_at(r->err, PFG_DATA, pfg_json_key_pos(r->document, member),
                "unknown key '%s'", pfg_json_key(member));
    pfg_hint(r->err, "known here: %s", known.ptr);
    pfg_str_free(&known);
    return -1;
}

/* What is always written must be there; `seen` is a set of fields. */
static int check_complete(struct pfg_reading *r, const struct pfg_field *fields,
                          size_t n, uint64_t seen,
                          const struct pfg_json_value *value)
{
    for (size_t i = 0; i < n; i++) {
        if (fields[i].kind->presence != PFG_WHERE_KNOWN && !(seen >> i & 1)) {
            return pfg_fail_at(r->err, PFG_DATA,
                               pfg_json_pos(r->document, value), "missing '%s'",
                               fields[i].key);
        }
    }
    return 0;
}

/* The field of the key, looked for from `i` on and then from the first: members
 * mostly come in the order of the table. `n`: there is none. */
static size_t find_field(const struct pfg_field *fields, size_t n, size_t i,
                         const char *key)
{
    for (size_t tried = 0; tried < n; tried++, i++) {
        i = i < n ? i : 0;
        if (fields[i].key && !strcmp(fields[i].key, key)) {
            return i;
        }
    }
    return n;
}

int pfg_fields_take(struct pfg_reading *r, const struct pfg_field *fields,
                    size_t n, const struct pfg_json_value *value, void *object)
{
    uint64_t seen = 0;
    size_t next = 0, i;

    assert(n <= 64);
    if (pfg_fields_expect(r, value, PFG_JSON_OBJECT)) {
        return -1;
    }
    for (const struct pfg_json_value *member = pfg_json_first(value); member;
         member = pfg_json_next(member)) {
        i = find_field(fields, n, next, pfg_json_key(member));
        next = i + 1;
        if (i == n) {
            return unknown_key(r, fields, n, member);
        }
        seen |= UINT64_C(1) << i;
        if ((pfg_json_type(member) != PFG_JSON_NULL ||
             fields[i].kind->presence == PFG_ALWAYS) &&
            fields[i].kind->take(r, member,
                                 (char *)object + fields[i].offset)) {
            return -1;
        }
    }
    return check_complete(r, fields, n, seen, value);
}
