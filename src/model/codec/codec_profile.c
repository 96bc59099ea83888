#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec/codec.h"
#include "model/shape.h"

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

static int read_facts(struct pfg_reading *r, const struct pfg_json_value *value,
                      void *at)
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
    *(struct pfg_fact **)at = list.facts.at;
    PFG_LENGTH(at) = list.facts.n;
    return 0;
}

static void put_facts(struct pfg_json_writer *w, const char *key,
                      const void *at)
{
    pfg_codec_write_facts(w, key, *(const struct pfg_fact *const *)at,
                          PFG_LENGTH(at));
}

static void put_known_facts(struct pfg_json_writer *w, const char *key,
                            const void *at)
{
    if (PFG_LENGTH(at)) {
        put_facts(w, key, at);
    }
}

int pfg_codec_read_facts(void *list, const struct pfg_json_document *document,
                         struct pfg_arena *arena, struct pfg_error *err)
{
    struct pfg_reading r = {.document = document, .arena = arena, .err = err};

    return read_facts(&r, pfg_json_root(document), list);
}

static int compare_facts(const void *a, const void *b)
{
    const struct pfg_fact *left = a, *right = b;
    int order = strcmp(left->key, right->key);

    return order ? order : strcmp(left->value, right->value);
}

static int read_sorted_facts(struct pfg_reading *r,
                             const struct pfg_json_value *value, void *at)
{
    if (read_facts(r, value, at)) {
        return -1;
    }
    if (PFG_LENGTH(at)) {
        qsort(*(void **)at, PFG_LENGTH(at), sizeof(struct pfg_fact),
              compare_facts);
    }
    return 0;
}

const struct pfg_field_kind pfg_kind_facts = {
    put_known_facts, read_facts, PFG_WHERE_KNOWN, PFG_SCALAR_FACTS};
const struct pfg_field_kind pfg_kind_sorted_facts = {
    put_known_facts, read_sorted_facts, PFG_WHERE_KNOWN, PFG_SCALAR_FACTS};
const struct pfg_field_kind pfg_always_facts = {put_facts, read_sorted_facts,
                                                PFG_ALWAYS};

#define AT(member) offsetof(struct pfg_profile, member)
static const struct pfg_field identity_fields[] = {
    {"arch", AT(arch), &pfg_kind_optional, "hardware.arch"},
    {"cpu_vendor", AT(cpu_vendor), &pfg_kind_optional, "hardware.cpu_vendor"},
    {"cpu_family", AT(cpu_family), &pfg_kind_optional, "hardware.cpu_family"},
    {"cpu_model", AT(cpu_model), &pfg_kind_optional, "hardware.cpu_model"},
    {"cpu_stepping", AT(cpu_stepping), &pfg_kind_optional,
     "hardware.cpu_stepping"},
    {"cpu", AT(cpu_name), &pfg_kind_optional, "hardware.cpu_name"},
    {"cpus", AT(cpus), &pfg_kind_int, "hardware.cpus"},
    {"gpus", PFG_LIST(struct pfg_profile, gpus), &pfg_kind_sorted_texts,
     "hardware.gpus"},
};
PFG_OBJECT_KIND(identity);

static const struct pfg_field profile_fields[] = {
    {"name", AT(name), &pfg_kind_text, "hardware.name"},
    {"given", AT(name_given), &pfg_kind_bool, "hardware.name_given"},
    {"fingerprint", AT(fingerprint), &pfg_kind_text, "hardware.fingerprint"},
    {"identity", 0, &kind_identity},
    {"match", 0, &pfg_kind_elsewhere},
    {"recorded", PFG_LIST(struct pfg_profile, notes), &pfg_kind_sorted_facts,
     "run.recorded"},
};
#undef AT

static bool has_identity(const struct pfg_profile *p)
{
    return p->arch || p->cpu_vendor || p->cpu_family || p->cpu_model ||
           p->cpu_stepping || p->cpu_name || p->cpus || p->n_gpus;
}

void pfg_codec_write_identity(struct pfg_json_writer *w,
                              const struct pfg_profile *profile)
{
    /* All but what is recorded, which stands last. */
    pfg_fields_put(w, profile_fields, PFG_COUNT(profile_fields) - 1, profile);
}

static void put_profile(struct pfg_json_writer *w, const char *key,
                        const void *at)
{
    pfg_json_begin(w, key, '{');
    pfg_fields_put(w, profile_fields, PFG_COUNT(profile_fields), at);
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
    if (pfg_fields_take(r, profile_fields, PFG_COUNT(profile_fields), value,
                        profile)) {
        return -1;
    }
    complete_profile(profile, r->arena);
    return 0;
}

const struct pfg_field_kind pfg_kind_profile = {
    put_profile,     read_profile,   PFG_WHERE_KNOWN,
    PFG_SCALAR_NONE, profile_fields, PFG_COUNT(profile_fields)};
