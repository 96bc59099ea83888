#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec.h"
#include "model/fields.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool stands_before(const struct pfg_fact *facts, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (!strcmp(facts[j].key, facts[i].key)) {
            return true;
        }
    }
    return false;
}

/* All values of the i-th fact's key. */
static void put_values_of(struct pfg_json_writer *w,
                          const struct pfg_fact *facts, size_t n, size_t i)
{
    size_t same = 0;

    for (size_t j = i; j < n; j++) {
        same += !strcmp(facts[j].key, facts[i].key);
    }
    if (same == 1) {
        pfg_json_put_string(w, facts[i].key, facts[i].value);
        return;
    }
    pfg_json_begin(w, facts[i].key, '[');
    for (size_t j = i; j < n; j++) {
        if (!strcmp(facts[j].key, facts[i].key)) {
            pfg_json_put_string(w, NULL, facts[j].value);
        }
    }
    pfg_json_end(w, ']');
}

void pfg_codec_write_facts(struct pfg_json_writer *w, const char *key,
                           const struct pfg_fact *facts, size_t n)
{
    pfg_json_begin(w, key, '{');
    for (size_t i = 0; i < n; i++) {
        if (!stands_before(facts, i)) {
            put_values_of(w, facts, n, i);
        }
    }
    pfg_json_end(w, '}');
}

struct fact_list {
    PFG_VEC(struct pfg_fact) facts;
};

static int read_fact(struct pfg_reading *r, struct fact_list *list,
                     const char *key, const struct pfg_json_value *value)
{
    struct pfg_fact fact = {.key = pfg_arena_strdup(r->arena, key)};

    if (pfg_fields_expect(r, value, PFG_JSON_STRING)) {
        return -1;
    }
    fact.value = pfg_arena_strdup(r->arena, pfg_json_string(value));
    pfg_vec_push(&list->facts, r->arena, fact);
    return 0;
}

int pfg_fields_facts(struct pfg_reading *r, const struct pfg_json_value *value,
                     struct pfg_fact **out, size_t *n)
{
    struct fact_list list = {.facts = {.at = NULL}};

    if (pfg_fields_expect(r, value, PFG_JSON_OBJECT)) {
        return -1;
    }
    for (const struct pfg_json_value *member = pfg_json_first(value); member;
         member = pfg_json_next(member)) {
        bool many = pfg_json_type(member) == PFG_JSON_ARRAY;
        const struct pfg_json_value *one =
            many ? pfg_json_first(member) : member;

        for (; one; one = many ? pfg_json_next(one) : NULL) {
            if (read_fact(r, &list, pfg_json_key(member), one)) {
                return -1;
            }
        }
    }
    *out = list.facts.at;
    *n = list.facts.n;
    return 0;
}

int pfg_codec_read_facts(struct pfg_fact **out, size_t *n,
                         const struct pfg_json_document *document,
                         const struct pfg_json_value *value,
                         struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_reading r = {.document = document, .arena = arena, .err = err};

    return pfg_fields_facts(&r, value, out, n);
}

static int compare_facts(const void *a, const void *b)
{
    const struct pfg_fact *left = a, *right = b;
    int order = strcmp(left->key, right->key);

    return order ? order : strcmp(left->value, right->value);
}

int pfg_fields_sorted_facts(struct pfg_reading *r,
                            const struct pfg_json_value *value,
                            struct pfg_fact **out, size_t *n)
{
    if (pfg_fields_facts(r, value, out, n)) {
        return -1;
    }
    if (*n) {
        qsort(*out, *n, sizeof **out, compare_facts);
    }
    return 0;
}

int pfg_fields_texts(struct pfg_reading *r, const struct pfg_json_value *value,
                     const char ***out, size_t *n)
{
    const struct pfg_json_value *item;

    if (pfg_fields_expect(r, value, PFG_JSON_ARRAY)) {
        return -1;
    }
    *out = pfg_arena_new_array(r->arena, const char *, pfg_json_count(value));
    *n = 0;
    for (item = pfg_json_first(value); item; item = pfg_json_next(item)) {
        if (pfg_kind_text.take(r, item, *out + *n)) {
            return -1;
        }
        ++*n;
    }
    return 0;
}

static void put_gpus(struct pfg_json_writer *w, const char *key, const void *at)
{
    const struct pfg_profile *profile = at;

    if (profile->n_gpus) {
        pfg_json_begin(w, key, '[');
        for (size_t i = 0; i < profile->n_gpus; i++) {
            pfg_json_put_string(w, NULL, profile->gpus[i]);
        }
        pfg_json_end(w, ']');
    }
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int read_gpus(struct pfg_reading *r, const struct pfg_json_value *value,
                     void *at)
{
    struct pfg_profile *profile = at;

    if (pfg_fields_texts(r, value, &profile->gpus, &profile->n_gpus)) {
        return -1;
    }
    if (profile->n_gpus) {
        qsort(profile->gpus, profile->n_gpus, sizeof *profile->gpus,
              compare_texts);
    }
    return 0;
}

const struct pfg_field_kind pfg_kind_gpus = {put_gpus, read_gpus,
                                             PFG_WHERE_KNOWN};

#define AT(member) offsetof(struct pfg_profile, member)
static const struct pfg_field identity_fields[] = {
    {"arch", AT(arch), &pfg_kind_optional},
    {"cpu_vendor", AT(cpu_vendor), &pfg_kind_optional},
    {"cpu_family", AT(cpu_family), &pfg_kind_optional},
    {"cpu_model", AT(cpu_model), &pfg_kind_optional},
    {"cpu_stepping", AT(cpu_stepping), &pfg_kind_optional},
    {"cpu", AT(cpu_name), &pfg_kind_optional},
    {"cpus", AT(cpus), &pfg_kind_int},
    {"gpus", 0, &pfg_kind_gpus},
};

static bool has_identity(const struct pfg_profile *p)
{
    return p->arch || p->cpu_vendor || p->cpu_family || p->cpu_model ||
           p->cpu_stepping || p->cpu_name || p->cpus || p->n_gpus;
}

static void put_identity(struct pfg_json_writer *w, const char *key,
                         const void *at)
{
    if (has_identity(at)) {
        pfg_json_begin(w, key, '{');
        pfg_fields_put(w, identity_fields, COUNT(identity_fields), at);
        pfg_json_end(w, '}');
    }
}

static int read_identity(struct pfg_reading *r,
                         const struct pfg_json_value *value, void *at)
{
    return pfg_fields_take(r, identity_fields, COUNT(identity_fields), value,
                           at);
}

static void put_recorded(struct pfg_json_writer *w, const char *key,
                         const void *at)
{
    const struct pfg_profile *profile = at;

    if (profile->n_notes) {
        pfg_json_begin(w, key, '{');
        for (size_t i = 0; i < profile->n_notes; i++) {
            const struct pfg_profile_note *note = &profile->notes[i];

            /* Sorted: one key's notes stand together, and one is enough. */
            if (!i || strcmp(note[-1].key, note->key) != 0) {
                pfg_json_put_string(w, note->key, note->value);
            }
        }
        pfg_json_end(w, '}');
    }
}

static int read_recorded(struct pfg_reading *r,
                         const struct pfg_json_value *value, void *at)
{
    struct pfg_profile *profile = at;
    struct pfg_fact *facts;

    if (pfg_fields_sorted_facts(r, value, &facts, &profile->n_notes)) {
        return -1;
    }
    profile->notes = pfg_arena_new_array(r->arena, struct pfg_profile_note,
                                         profile->n_notes);
    for (size_t i = 0; i < profile->n_notes; i++) {
        profile->notes[i].key = facts[i].key;
        profile->notes[i].value = facts[i].value;
    }
    return 0;
}

static const struct pfg_field_kind kind_identity = {put_identity, read_identity,
                                                    PFG_WHERE_KNOWN};
const struct pfg_field_kind pfg_kind_recorded = {put_recorded, read_recorded,
                                                 PFG_WHERE_KNOWN};

static const struct pfg_field profile_fields[] = {
    {"name", AT(name), &pfg_kind_text},
    {"given", AT(name_given), &pfg_kind_bool},
    {"fingerprint", AT(fingerprint), &pfg_kind_text},
    {"identity", 0, &kind_identity},
    {"match", 0, &pfg_kind_elsewhere},
    {"recorded", 0, &pfg_kind_recorded},
};
#undef AT

void pfg_codec_write_identity(struct pfg_json_writer *w,
                              const struct pfg_profile *profile)
{
    /* All but what is recorded, which stands last. */
    pfg_fields_put(w, profile_fields, COUNT(profile_fields) - 1, profile);
}

static void put_profile(struct pfg_json_writer *w, const char *key,
                        const void *at)
{
    pfg_json_begin(w, key, '{');
    pfg_fields_put(w, profile_fields, COUNT(profile_fields), at);
    pfg_json_end(w, '}');
}

void pfg_codec_write_profile(struct pfg_json_writer *w, const char *key,
                             const struct pfg_profile *profile)
{
    put_profile(w, key, profile);
}

/* What a hand left out. A name that was written stays, though another version
 * would derive another one. */
static void complete_profile(struct pfg_profile *profile,
                             struct pfg_arena *arena)
{
    const char *name = profile->name;

    if (*profile->fingerprint || (!*name && !has_identity(profile))) {
        return;
    }
    profile->name_given = profile->name_given || !has_identity(profile);
    pfg_profile_finish(profile, arena);
    if (*name) {
        profile->name = name;
    }
}

static int read_profile(struct pfg_reading *r,
                        const struct pfg_json_value *value, void *at)
{
    struct pfg_profile *profile = at;

    *profile = (struct pfg_profile){.name = "", .fingerprint = ""};
    if (pfg_fields_take(r, profile_fields, COUNT(profile_fields), value,
                        profile)) {
        return -1;
    }
    complete_profile(profile, r->arena);
    return 0;
}

const struct pfg_field_kind pfg_kind_profile = {put_profile, read_profile,
                                                PFG_WHERE_KNOWN};

int pfg_codec_read_profile(struct pfg_profile *out,
                           const struct pfg_json_document *document,
                           const struct pfg_json_value *value,
                           struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_reading r = {.document = document, .arena = arena, .err = err};

    return read_profile(&r, value, out);
}
