#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "model/codec/fields.h"

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

/* --- numbers --- */

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

int pfg_fields_numbers(struct pfg_reading *r,
                       const struct pfg_json_value *value, double **out,
                       size_t *n)
{
    struct pfg_json_cursor items = {value};
    const struct pfg_json_value *item;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    *out = pfg_arena_new_array(r->arena, double, pfg_json_count(value));
    *n = 0;
    while ((item = pfg_json_each(&items))) {
        double *number = &(*out)[(*n)++];

        *number = items.number;
        if (isnan(*number) && pfg_fields_number(r, item, number)) {
            return -1;
        }
    }
    return 0;
}

/* A whole number from 0 to `max`. */
static int take_whole(struct pfg_reading *r, const struct pfg_json_value *value,
                      uint64_t max, const struct pfg_field_kind *kind, void *at)
{
    uint64_t number;

    if (pfg_json_type(value) != PFG_JSON_NUMBER) {
        return wrong_type(r, value, "a whole number");
    }
    if (pfg_json_u64(&number, r->document, value) || number > max) {
        struct pfg_slice digits = pfg_json_digits(r->document, value);
        const char *key = pfg_json_key(value);

        return pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, value),
                           "'%s' must be a whole number of at most %llu, not "
                           "'%.*s'",
                           key ? key : "value", (unsigned long long)max,
                           PFG_SLICE(digits));
    }
    pfg_value_set_integer(kind, at, (int64_t)number);
    return 0;
}

/* --- texts and words --- */

int pfg_fields_text(struct pfg_reading *r, const struct pfg_json_value *value,
                    const char **out)
{
    if (pfg_fields_expect(r, value, PFG_JSON_STRING)) {
        return -1;
    }
    *out = pfg_arena_strdup(r->arena, pfg_json_string(value));
    return 0;
}

/* pfg_time_iso() with fractions of a second. */
static void put_time(struct pfg_json_writer *w, const char *key, pfg_time time)
{
    char text[PFG_TIME_TEXT];
    size_t length;

    pfg_time_iso(text, time);
    length = strlen(text);
    if (time % PFG_SECOND && length) {
        snprintf(text + length - 1, sizeof text - length + 1, ".%09dZ",
                 (int)(time % PFG_SECOND));
    }
    pfg_json_put_string(w, key, text);
}

static int take_time(struct pfg_reading *r, const struct pfg_json_value *value,
                     pfg_time *out)
{
    if (pfg_fields_expect(r, value, PFG_JSON_STRING)) {
        return -1;
    }
    if (pfg_time_parse(out, pfg_slice_of(pfg_json_string(value)))) {
        return pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, value),
                           "'%s' must be a time such as "
                           "'2026-11-21T07:49:48Z', not '%s'",
                           pfg_json_key(value), pfg_json_string(value));
    }
    return 0;
}

static int take_word(struct pfg_reading *r, const struct pfg_json_value *value,
                     const struct pfg_enum_words *words, void *out)
{
    struct pfg_str known;

    if (pfg_fields_expect(r, value, PFG_JSON_STRING)) {
        return -1;
    }
    if (!pfg_enum_find(words, pfg_slice_of(pfg_json_string(value)), out)) {
        return 0;
    }
    pfg_str_init(&known, sizeof r->err->hint);
    for (size_t i = 0; i < words->n; i++) {
        pfg_str_printf(&known, "%s'%s'", i ? ", " : "", words->at[i]);
    }
    pfg_fail_at(r->err, PFG_DATA, pfg_json_pos(r->document, value),
                "unknown %s '%s'", words->what, pfg_json_string(value));
    pfg_hint(r->err, "known here: %s", known.ptr);
    pfg_str_free(&known);
    return -1;
}

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

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int take_texts(struct pfg_reading *r, const struct pfg_json_value *value,
                      bool sorted, void *at)
{
    const struct pfg_json_value *item;
    const char **texts;
    size_t n = 0;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    texts = pfg_arena_new_array(r->arena, const char *, pfg_json_count(value));
    for (item = pfg_json_first(value); item; item = pfg_json_next(item)) {
        if (pfg_fields_text(r, item, &texts[n++])) {
            return -1;
        }
    }
    if (sorted && n) {
        qsort(texts, n, sizeof *texts, compare_texts);
    }
    *(const char ***)at = texts;
    PFG_LENGTH(at) = n;
    return 0;
}

/* --- all of them --- */

bool pfg_value_integer(const struct pfg_field_kind *kind, const void *at,
                       int64_t *out)
{
    switch (kind->scalar) {
    case PFG_SCALAR_TIME:
        *out = *(const pfg_time *)at;
        return true;
    case PFG_SCALAR_BOOL:
        *out = *(const bool *)at;
        return true;
    case PFG_SCALAR_INT:
        *out = *(const int *)at;
        return true;
    case PFG_SCALAR_LONG:
        *out = *(const long *)at;
        return true;
    case PFG_SCALAR_SIZE:
        *out = (int64_t) * (const size_t *)at;
        return true;
    default:
        return false;
    }
}

bool pfg_value_set_integer(const struct pfg_field_kind *kind, void *at,
                           int64_t number)
{
    switch (kind->scalar) {
    case PFG_SCALAR_TIME:
        *(pfg_time *)at = number;
        return true;
    case PFG_SCALAR_BOOL:
        *(bool *)at = number != 0;
        return true;
    case PFG_SCALAR_INT:
        *(int *)at = (int)number;
        return true;
    case PFG_SCALAR_LONG:
        *(long *)at = (long)number;
        return true;
    case PFG_SCALAR_SIZE:
        *(size_t *)at = (size_t)number;
        return true;
    default:
        return false;
    }
}

bool pfg_value_is_known(const struct pfg_field_kind *kind, const void *at)
{
    const char *text;
    int64_t number;

    if (pfg_value_integer(kind, at, &number)) {
        return kind->scalar == PFG_SCALAR_TIME ? number > 0 : number != 0;
    }
    switch (kind->scalar) {
    case PFG_SCALAR_TEXT:
        text = *(const char *const *)at;
        return text && *text;
    case PFG_SCALAR_OPTIONAL:
        return *(const char *const *)at != NULL;
    case PFG_SCALAR_DOUBLE:
        return isfinite(*(const double *)at);
    case PFG_SCALAR_AMOUNT:
        return isfinite(*(const double *)at) && *(const double *)at != 0;
    case PFG_SCALAR_WORD:
        return *(const unsigned *)at != 0;
    case PFG_SCALAR_NONE:
        return false;
    default: /* a list */
        return PFG_LENGTH(at) > 0;
    }
}

void pfg_value_put(struct pfg_json_writer *w, const char *key,
                   const struct pfg_field_kind *kind, const void *at)
{
    const char *text;
    int64_t number = 0;

    switch (kind->scalar) {
    case PFG_SCALAR_TEXT:
    case PFG_SCALAR_OPTIONAL:
        text = *(const char *const *)at;
        pfg_json_put_string(w, key, text ? text : "");
        break;
    case PFG_SCALAR_TIME:
        put_time(w, key, *(const pfg_time *)at);
        break;
    case PFG_SCALAR_BOOL:
        pfg_json_put_bool(w, key, *(const bool *)at);
        break;
    case PFG_SCALAR_INT:
    case PFG_SCALAR_LONG:
    case PFG_SCALAR_SIZE:
        pfg_value_integer(kind, at, &number);
        pfg_json_put_integer(w, key, number);
        break;
    case PFG_SCALAR_DOUBLE:
    case PFG_SCALAR_AMOUNT:
        pfg_json_put_number(w, key, *(const double *)at);
        break;
    case PFG_SCALAR_WORD:
        pfg_json_put_string(w, key, kind->words->at[*(const unsigned *)at]);
        break;
    case PFG_SCALAR_TEXTS:
    case PFG_SCALAR_LINES:
        put_texts(w, key, at);
        break;
    case PFG_SCALAR_FACTS:
        pfg_facts_put(w, key, at);
        break;
    case PFG_SCALAR_NUMBERS:
        pfg_json_put_numbers(w, key, *(const double *const *)at,
                             PFG_LENGTH(at));
        break;
    case PFG_SCALAR_NONE: /* not written */
        break;
    }
}

int pfg_value_take(struct pfg_reading *r, const struct pfg_json_value *value,
                   const struct pfg_field_kind *kind, void *at)
{
    switch (kind->scalar) {
    case PFG_SCALAR_TEXT:
    case PFG_SCALAR_OPTIONAL:
        return pfg_fields_text(r, value, at);
    case PFG_SCALAR_TIME:
        return take_time(r, value, at);
    case PFG_SCALAR_BOOL:
        *(bool *)at = pfg_json_is_true(value);
        return pfg_fields_expect(r, value, PFG_JSON_BOOL);
    case PFG_SCALAR_INT:
        return take_whole(r, value, INT_MAX, kind, at);
    case PFG_SCALAR_LONG:
        return take_whole(r, value, LONG_MAX, kind, at);
    case PFG_SCALAR_SIZE:
        return take_whole(r, value, INT64_MAX, kind, at);
    case PFG_SCALAR_DOUBLE:
    case PFG_SCALAR_AMOUNT:
        return pfg_fields_number(r, value, at);
    case PFG_SCALAR_WORD:
        return take_word(r, value, kind->words, at);
    case PFG_SCALAR_TEXTS:
    case PFG_SCALAR_LINES:
        return take_texts(r, value, kind->sorted, at);
    case PFG_SCALAR_FACTS:
        return pfg_facts_take(r, value, kind->sorted, at);
    case PFG_SCALAR_NUMBERS:
        return pfg_fields_numbers(r, value, at, &PFG_LENGTH(at));
    case PFG_SCALAR_NONE: /* read elsewhere */
        break;
    }
    return 0;
}

void pfg_value_clear(const struct pfg_field_kind *kind, void *at)
{
    if (pfg_value_set_integer(kind, at, 0)) {
        return;
    }
    switch (kind->scalar) {
    case PFG_SCALAR_TEXT:
        *(const char **)at = "";
        break;
    case PFG_SCALAR_OPTIONAL:
        *(const char **)at = NULL;
        break;
    case PFG_SCALAR_DOUBLE:
        *(double *)at = NAN;
        break;
    case PFG_SCALAR_AMOUNT:
        *(double *)at = 0;
        break;
    case PFG_SCALAR_WORD:
        *(unsigned *)at = 0;
        break;
    case PFG_SCALAR_NONE:
        break;
    default: /* a list */
        *(void **)at = NULL;
        PFG_LENGTH(at) = 0;
        break;
    }
}

static const char *copy_text(const char *text, struct pfg_arena *arena)
{
    return text ? pfg_arena_strdup(arena, text) : NULL;
}

void pfg_value_copy(const struct pfg_field_kind *kind, void *at,
                    struct pfg_arena *arena)
{
    const char *const *from;
    const char **texts;
    size_t n;

    switch (kind->scalar) {
    case PFG_SCALAR_TEXT:
    case PFG_SCALAR_OPTIONAL:
        *(const char **)at = copy_text(*(const char *const *)at, arena);
        break;
    case PFG_SCALAR_TEXTS:
    case PFG_SCALAR_LINES:
    case PFG_SCALAR_FACTS: /* two texts each */
        n = PFG_LENGTH(at) * (kind->scalar == PFG_SCALAR_FACTS ? 2 : 1);
        from = *(const char *const *const *)at;
        texts = pfg_arena_new_array(arena, const char *, n);
        for (size_t i = 0; i < n; i++) {
            texts[i] = copy_text(from[i], arena);
        }
        *(const char ***)at = texts;
        break;
    default:
        break;
    }
}

#define KIND(name, ...) const struct pfg_field_kind name = {__VA_ARGS__}

KIND(pfg_kind_text, PFG_WHERE_KNOWN, PFG_SCALAR_TEXT);
KIND(pfg_kind_optional, PFG_WHERE_KNOWN, PFG_SCALAR_OPTIONAL);
KIND(pfg_kind_time, PFG_WHERE_KNOWN, PFG_SCALAR_TIME);
KIND(pfg_kind_bool, PFG_WHERE_KNOWN, PFG_SCALAR_BOOL);
KIND(pfg_kind_int, PFG_WHERE_KNOWN, PFG_SCALAR_INT);
KIND(pfg_kind_long, PFG_WHERE_KNOWN, PFG_SCALAR_LONG);
KIND(pfg_kind_size, PFG_WHERE_KNOWN, PFG_SCALAR_SIZE);
KIND(pfg_kind_double, PFG_WHERE_KNOWN, PFG_SCALAR_DOUBLE);
KIND(pfg_kind_amount, PFG_WHERE_KNOWN, PFG_SCALAR_AMOUNT);
KIND(pfg_kind_numbers, PFG_WHERE_KNOWN, PFG_SCALAR_NUMBERS);
KIND(pfg_kind_texts, PFG_WHERE_KNOWN, PFG_SCALAR_TEXTS);
KIND(pfg_kind_sorted_texts, PFG_WHERE_KNOWN, PFG_SCALAR_TEXTS, true);
KIND(pfg_kind_facts, PFG_WHERE_KNOWN, PFG_SCALAR_FACTS);
KIND(pfg_kind_sorted_facts, PFG_WHERE_KNOWN, PFG_SCALAR_FACTS, true);
KIND(pfg_always_text, PFG_ALWAYS, PFG_SCALAR_TEXT);
KIND(pfg_always_bool, PFG_ALWAYS, PFG_SCALAR_BOOL);
KIND(pfg_always_size, PFG_ALWAYS, PFG_SCALAR_SIZE);
KIND(pfg_always_int, PFG_ALWAYS, PFG_SCALAR_INT);
KIND(pfg_always_texts, PFG_ALWAYS, PFG_SCALAR_TEXTS);
KIND(pfg_always_facts, PFG_ALWAYS, PFG_SCALAR_FACTS, true);
KIND(pfg_null_text, PFG_OR_NULL, PFG_SCALAR_OPTIONAL);
KIND(pfg_null_double, PFG_OR_NULL, PFG_SCALAR_DOUBLE);
KIND(pfg_null_time, PFG_OR_NULL, PFG_SCALAR_TIME);
KIND(pfg_kind_elsewhere, PFG_WHERE_KNOWN);

static bool has_bound(const void *at)
{
    const double *bounds = at;

    return isfinite(bounds[0]) || isfinite(bounds[1]);
}

static const struct pfg_field interval_fields[] = {
    {"lower", 0, &pfg_null_double},
    {"upper", sizeof(double), &pfg_null_double},
    {"level", 2 * sizeof(double), &pfg_null_double},
};
KIND(pfg_null_interval, PFG_OR_NULL, PFG_STRUCT(interval_fields),
     .known = has_bound);
