#include "config/keys.h"

#include <string.h>

#include "base/error.h"
#include "policy/policy.h"

#define MAX_KEYS 32

typedef int read_value(struct pfg_config_reader *r, void *out,
                       const struct pfg_config_key *key,
                       const struct pfg_json_value *value);

static const struct type {
    const char *name;
    unsigned takes; /* 1 << JSON type */
    read_value *read;
} types[PFG_N_CONFIG_TYPES];

static const char *const json_names[] = {
    [PFG_JSON_NOTHING] = "nothing",    [PFG_JSON_NULL] = "null",
    [PFG_JSON_BOOL] = "true or false", [PFG_JSON_NUMBER] = "a number",
    [PFG_JSON_STRING] = "a string",    [PFG_JSON_ARRAY] = "a list",
    [PFG_JSON_OBJECT] = "an object",
};

const char *pfg_config_place(const struct pfg_config_reader *r,
                             const struct pfg_json_value *value)
{
    return pfg_arena_printf(r->config->arena, "%s:%ld", r->file,
                            pfg_json_pos(r->document, value).line);
}

/* --- errors --- */

static int wrong_type(struct pfg_config_reader *r, const char *name,
                      const char *wanted, const struct pfg_json_value *value)
{
    return pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, value),
                       "'%s' must be %s, not %s", name, wanted,
                       json_names[pfg_json_type(value)]);
}

/* Adds the position of the value to an error. */
static int fail_here(struct pfg_config_reader *r,
                     const struct pfg_json_value *value)
{
    struct pfg_error made = *r->err;

    pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, value), "%s",
                made.message);
    return *made.hint ? pfg_hint(r->err, "%s", made.hint) : -1;
}

static int unknown_key(struct pfg_config_reader *r,
                       const struct pfg_config_record *record,
                       const struct pfg_json_value *member)
{
    const char *names[MAX_KEYS];
    const char *meant;
    struct pfg_str list = pfg_str_in(r->config->arena);
    size_t n = record->n_keys < MAX_KEYS ? record->n_keys : MAX_KEYS;

    for (size_t i = 0; i < n; i++) {
        names[i] = record->keys[i].name;
        pfg_str_printf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    meant = pfg_suggest(pfg_json_key(member), names, n);
    pfg_fail_at(r->err, PFG_USAGE, pfg_json_key_pos(r->document, member),
                "unknown key '%s' in a %s", pfg_json_key(member), record->name);
    if (meant) {
        pfg_hint(r->err, "did you mean '%s'?", meant);
    } else {
        pfg_hint(r->err, "keys are %s", list.ptr);
    }
    return -1;
}

/* --- values --- */

static int read_text(struct pfg_config_reader *r, void *out,
                     const struct pfg_config_key *key,
                     const struct pfg_json_value *value)
{
    (void)key;
    *(const char **)out =
        pfg_arena_strdup(r->config->arena, pfg_json_string(value));
    return 0;
}

static int unknown_word(struct pfg_config_reader *r,
                        const struct pfg_config_key *key,
                        const struct pfg_json_value *value)
{
    struct pfg_str list = pfg_str_in(r->config->arena);
    const char *const *words = key->words + !*key->words[0];

    for (size_t i = 0; words[i]; i++) {
        pfg_str_printf(&list, "%s%s",
                       !i             ? ""
                       : words[i + 1] ? ", "
                                      : " or ",
                       words[i]);
    }
    pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, value),
                "'%s' is %s, not '%s'", key->name, list.ptr,
                pfg_json_string(value));
    return -1;
}

static int read_word(struct pfg_config_reader *r, void *out,
                     const struct pfg_config_key *key,
                     const struct pfg_json_value *value)
{
    const char *text = pfg_json_string(value);

    for (int i = 0; *text && key->words[i]; i++) {
        if (!strcmp(key->words[i], text)) {
            *(int *)out = i;
            return 0;
        }
    }
    return unknown_word(r, key, value);
}

/* The digits of a number, or of a string with one, as written. */
static struct pfg_slice digits(const struct pfg_config_reader *r,
                               const struct pfg_json_value *value)
{
    const char *text = pfg_json_string(value);

    return text ? pfg_slice_of(text) : pfg_json_digits(r->document, value);
}

static int read_percent(struct pfg_config_reader *r, void *out,
                        const struct pfg_config_key *key,
                        const struct pfg_json_value *value)
{
    return pfg_policy_parse_percent(out, digits(r, value), key->name, r->err)
               ? fail_here(r, value)
               : 0;
}

static int read_flag(struct pfg_config_reader *r, void *out,
                     const struct pfg_config_key *key,
                     const struct pfg_json_value *value)
{
    (void)r;
    (void)key;
    *(bool *)out = pfg_json_is_true(value);
    return 0;
}

static int read_count(struct pfg_config_reader *r, void *out,
                      const struct pfg_config_key *key,
                      const struct pfg_json_value *value)
{
    uint64_t count;

    if (pfg_json_u64(&count, r->document, value) || !count) {
        return pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, value),
                           "'%s' must be a whole number of at least 1",
                           key->name);
    }
    *(size_t *)out = (size_t)count;
    return 0;
}

static int new_pattern(struct pfg_config_reader *r,
                       const struct pfg_pattern **out, struct pfg_slice text,
                       const struct pfg_json_value *value)
{
    return pfg_pattern_new(out, &r->config->patterns,
                           pfg_arena_slice(r->config->arena, text), r->err)
               ? fail_here(r, value)
               : 0;
}

static int read_pattern(struct pfg_config_reader *r, void *out,
                        const struct pfg_config_key *key,
                        const struct pfg_json_value *value)
{
    (void)key;
    return new_pattern(r, out, digits(r, value), value);
}

/* Adds a named pattern to a list; null means that the name must be absent. */
static int read_field(struct pfg_config_reader *r, void *list,
                      const struct pfg_config_key *key,
                      const struct pfg_json_value *value)
{
    struct pfg_arena *arena = r->config->arena;
    struct pfg_named_patterns *out = list;
    struct pfg_named_pattern *grown =
        pfg_arena_new_array(arena, struct pfg_named_pattern, out->n + 1);

    if (out->n) {
        memcpy(grown, out->at, out->n * sizeof *grown);
    }
    (void)key;
    grown[out->n].name = pfg_arena_strdup(arena, pfg_json_key(value));
    if (pfg_json_type(value) != PFG_JSON_NULL &&
        new_pattern(r, &grown[out->n].pattern, digits(r, value), value)) {
        return -1;
    }
    out->at = grown;
    out->n++;
    return 0;
}

static int read_patterns(struct pfg_config_reader *r, void *out,
                         const struct pfg_config_key *key,
                         const struct pfg_json_value *value)
{
    unsigned takes = types[PFG_CONFIG_FIELD].takes;

    for (const struct pfg_json_value *v = pfg_json_first(value); v;
         v = pfg_json_next(v)) {
        if (!(takes >> pfg_json_type(v) & 1)) {
            return wrong_type(r, pfg_json_key(v), "a pattern", v);
        }
        if (read_field(r, out, key, v)) {
            return -1;
        }
    }
    return 0;
}

static int read_quantity(struct pfg_config_reader *r, void *out,
                         const struct pfg_config_key *key,
                         const struct pfg_json_value *value)
{
    (void)key;
    return pfg_quantity_parse(out, digits(r, value), r->config->arena, r->err)
               ? fail_here(r, value)
               : 0;
}

static int read_bound(struct pfg_config_reader *r, void *out,
                      const struct pfg_config_key *key,
                      const struct pfg_json_value *value)
{
    (void)key;
    return pfg_bound_parse(out, pfg_slice_of(pfg_json_string(value)),
                           r->config->arena, r->err)
               ? fail_here(r, value)
               : 0;
}

static int read_verdicts(struct pfg_config_reader *r, void *out,
                         const struct pfg_config_key *key,
                         const struct pfg_json_value *value)
{
    const struct pfg_json_value *one = value;
    unsigned mask = 0;

    if (pfg_json_type(value) == PFG_JSON_ARRAY) {
        one = pfg_json_first(value);
    }
    if (!one) {
        return pfg_fail_at(r->err, PFG_USAGE, pfg_json_pos(r->document, value),
                           "'%s' is empty, so nothing could ever fail",
                           key->name);
    }
    for (; one; one = one == value ? NULL : pfg_json_next(one)) {
        unsigned some;

        if (!pfg_json_string(one)) {
            return wrong_type(r, key->name, "verdicts", one);
        }
        if (pfg_policy_parse_fail_on(&some, pfg_slice_of(pfg_json_string(one)),
                                     r->err)) {
            return fail_here(r, one);
        }
        mask |= some;
    }
    *(unsigned *)out = mask;
    return 0;
}

static int read_renames(struct pfg_config_reader *r, void *out,
                        const struct pfg_config_key *key,
                        const struct pfg_json_value *value)
{
    struct pfg_arena *arena = r->config->arena;
    struct pfg_rename *list =
        pfg_arena_new_array(arena, struct pfg_rename, pfg_json_count(value));
    struct pfg_config_list made = {list, 0};

    for (const struct pfg_json_value *v = pfg_json_first(value); v;
         v = pfg_json_next(v)) {
        if (!pfg_json_string(v)) {
            return wrong_type(r, key->name, "new names", v);
        }
        list[made.n].from = pfg_arena_strdup(arena, pfg_json_key(v));
        list[made.n++].to = pfg_arena_strdup(arena, pfg_json_string(v));
    }
    memcpy(out, &made, sizeof made);
    return 0;
}

/* One name, or a list of names. */
static int read_names(struct pfg_config_reader *r, void *out,
                      const struct pfg_config_key *key,
                      const struct pfg_json_value *value)
{
    bool list = pfg_json_type(value) == PFG_JSON_ARRAY;
    const struct pfg_json_value *one = list ? pfg_json_first(value) : value;
    struct pfg_named_pattern *at =
        pfg_arena_new_array(r->config->arena, struct pfg_named_pattern,
                            list ? pfg_json_count(value) : 1);
    struct pfg_named_patterns made = {at, 0};

    for (; one; one = list ? pfg_json_next(one) : NULL) {
        const char *name = pfg_json_string(one);

        if (!name || !*name) {
            return wrong_type(r, key->name, "names", one);
        }
        at[made.n].name = pfg_arena_strdup(r->config->arena, name);
        if (new_pattern(r, &at[made.n++].pattern, pfg_slice_of(name), one)) {
            return -1;
        }
    }
    memcpy(out, &made, sizeof made);
    return 0;
}

static int read_texts(struct pfg_config_reader *r, void *out,
                      const struct pfg_config_key *key,
                      const struct pfg_json_value *value)
{
    bool list = pfg_json_type(value) == PFG_JSON_ARRAY;
    const struct pfg_json_value *one = list ? pfg_json_first(value) : value;
    const char **at = pfg_arena_new_array(r->config->arena, const char *,
                                          list ? pfg_json_count(value) : 1);
    struct pfg_texts made = {at, 0};

    for (; one; one = list ? pfg_json_next(one) : NULL) {
        if (!pfg_json_string(one)) {
            return wrong_type(r, key->name, "strings", one);
        }
        at[made.n++] = pfg_arena_strdup(r->config->arena, pfg_json_string(one));
    }
    memcpy(out, &made, sizeof made);
    return 0;
}

/* --- records --- */

static int read_records(struct pfg_config_reader *r, void *out,
                        const struct pfg_config_key *key,
                        const struct pfg_json_value *value)
{
    const struct pfg_config_record *record = key->record;
    size_t n = pfg_json_count(value);
    char *list =
        pfg_arena_alloc(r->config->arena, pfg_array_size(n + 1, record->size));
    struct pfg_config_list made = {list, 0};

    for (const struct pfg_json_value *v = pfg_json_first(value); v;
         v = pfg_json_next(v)) {
        if (pfg_json_type(v) != PFG_JSON_OBJECT) {
            return wrong_type(r, pfg_json_key(pfg_json_key(v) ? v : value),
                              "objects", v);
        }
        if (pfg_config_record(r, list + made.n++ * record->size, record, v)) {
            return -1;
        }
    }
    memcpy(out, &made, sizeof made);
    return 0;
}

static int check_required(struct pfg_config_reader *r,
                          const struct pfg_config_record *record,
                          const struct pfg_json_value *object)
{
    for (size_t i = 0; i < record->n_keys; i++) {
        const struct pfg_config_key *key = &record->keys[i];

        if (key->required && !pfg_json_get(object, key->name)) {
            return pfg_fail_at(r->err, PFG_USAGE,
                               pfg_json_pos(r->document, object),
                               "the %s has no '%s'", record->name, key->name);
        }
    }
    return 0;
}

/* Sets the position, and all texts to "". */
static void start_record(struct pfg_config_reader *r, char *out,
                         const struct pfg_config_record *record,
                         const struct pfg_json_value *object)
{
    for (size_t i = 0; i < record->n_keys; i++) {
        if (record->keys[i].type == PFG_CONFIG_TEXT) {
            *(const char **)(void *)(out + record->keys[i].offset) = "";
        }
    }
    if (record->source != PFG_CONFIG_NO_PLACE) {
        *(const char **)(void *)(out + record->source) =
            pfg_config_place(r, object);
    }
    if (record->pos != PFG_CONFIG_NO_PLACE) {
        struct pfg_pos pos = pfg_json_pos(r->document, object);

        pos.file = r->config->path; /* the document's copy is freed with it */
        *(struct pfg_pos *)(void *)(out + record->pos) = pos;
    }
    if (record->name_at != PFG_CONFIG_NO_PLACE) {
        *(const char **)(void *)(out + record->name_at) =
            pfg_arena_strdup(r->config->arena, pfg_json_key(object));
    }
}

int pfg_config_value(struct pfg_config_reader *r, void *out,
                     const struct pfg_config_record *record,
                     const struct pfg_config_key *key,
                     const struct pfg_json_value *value)
{
    const struct type *type = &types[key->type];
    char *bytes = out;

    if (!(type->takes >> pfg_json_type(value) & 1)) {
        return wrong_type(r, pfg_json_key(value), type->name, value);
    }
    if (type->read && type->read(r, bytes + key->offset, key, value)) {
        return -1;
    }
    if (key->bit) {
        *(unsigned *)(void *)(bytes + record->sets) |= key->bit;
    }
    return 0;
}

int pfg_config_record(struct pfg_config_reader *r, void *out,
                      const struct pfg_config_record *record,
                      const struct pfg_json_value *object)
{
    start_record(r, out, record, object);
    for (const struct pfg_json_value *v = pfg_json_first(object); v;
         v = pfg_json_next(v)) {
        const struct pfg_config_key *key =
            pfg_config_key(record, pfg_json_key(v));

        if (!key) {
            return unknown_key(r, record, v);
        }
        if (pfg_config_value(r, out, record, key, v)) {
            return -1;
        }
    }
    return check_required(r, record, object);
}

#define STRING (1u << PFG_JSON_STRING)
#define NUMBER (1u << PFG_JSON_NUMBER)
#define ARRAY  (1u << PFG_JSON_ARRAY)
#define OBJECT (1u << PFG_JSON_OBJECT)

static const struct type types[PFG_N_CONFIG_TYPES] = {
    [PFG_CONFIG_TEXT] = {"a string", STRING, read_text},
    [PFG_CONFIG_WORD] = {"a word", STRING, read_word},
    [PFG_CONFIG_PERCENT] = {"a percentage", STRING | NUMBER, read_percent},
    [PFG_CONFIG_FLAG] = {"true or false", 1u << PFG_JSON_BOOL, read_flag},
    [PFG_CONFIG_COUNT] = {"a whole number", NUMBER, read_count},
    [PFG_CONFIG_PATTERN] = {"a glob or a /regular expression/", STRING,
                            read_pattern},
    [PFG_CONFIG_PATTERNS] = {"an object of patterns", OBJECT, read_patterns},
    [PFG_CONFIG_FIELD] = {"a pattern, a number or null",
                          STRING | NUMBER | 1u << PFG_JSON_NULL, read_field},
    [PFG_CONFIG_QUANTITY] = {"an amount with its unit, \"50ns\"",
                             STRING | NUMBER, read_quantity},
    [PFG_CONFIG_BOUND] = {"a limit, \"< 8ms\"", STRING, read_bound},
    [PFG_CONFIG_VERDICTS] = {"a list of verdicts", STRING | ARRAY,
                             read_verdicts},
    [PFG_CONFIG_RECORDS] = {"a list of objects", ARRAY, read_records},
    [PFG_CONFIG_NAMED] = {"an object of objects", OBJECT, read_records},
    [PFG_CONFIG_RENAMES] = {"an object of names", OBJECT, read_renames},
    [PFG_CONFIG_NAMES] = {"a name or a list of names", STRING | ARRAY,
                          read_names},
    [PFG_CONFIG_TEXTS] = {"a string or a list of strings", STRING | ARRAY,
                          read_texts},
    [PFG_CONFIG_IGNORED] = {"a string", STRING, NULL},
};
