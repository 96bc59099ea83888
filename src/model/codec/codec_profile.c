#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec/codec.h"
#include "model/codec/fields.h"

static bool stands_before(const struct pfg_fact *facts, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (!strcmp(facts[j].key, facts[i].key)) {
            return true;
        }
    }
    return false;
}

/* All values of the key of the i-th fact. */
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

void pfg_facts_put(struct pfg_json_writer *w, const char *key, const void *at)
{
    const struct pfg_fact *facts = *(const struct pfg_fact *const *)at;

    pfg_json_begin(w, key, '{');
    for (size_t i = 0; i < PFG_LENGTH(at); i++) {
        if (!stands_before(facts, i)) {
            put_values_of(w, facts, PFG_LENGTH(at), i);
        }
    }
    pfg_json_end(w, '}');
}

static int compare_facts(const void *a, const void *b)
{
    const struct pfg_fact *left = a, *right = b;
    int order = strcmp(left->key, right->key);

    return order ? order : strcmp(left->value, right->value);
}

int pfg_facts_take(struct pfg_reading *r, const struct pfg_json_value *value,
                   bool sorted, void *at)
{
    PFG_VEC(struct pfg_fact) facts = {0};

    if (pfg_fields_expect(r, value, PFG_JSON_OBJECT)) {
        return -1;
    }
    for (const struct pfg_json_value *member = pfg_json_first(value); member;
         member = pfg_json_next(member)) {
        bool many = pfg_json_type(member) == PFG_JSON_ARRAY;
        const struct pfg_json_value *one =
            many ? pfg_json_first(member) : member;

        for (; one; one = many ? pfg_json_next(one) : NULL) {
            struct pfg_fact fact = {
                .key = pfg_arena_strdup(r->arena, pfg_json_key(member))};

            if (pfg_fields_text(r, one, &fact.value)) {
                return -1;
            }
            pfg_vec_push(&facts, r->arena, fact);
        }
    }
    if (sorted && facts.n) {
        qsort(facts.at, facts.n, sizeof *facts.at, compare_facts);
    }
    *(struct pfg_fact **)at = facts.at;
    PFG_LENGTH(at) = facts.n;
    return 0;
}

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
static const struct pfg_field_kind kind_identity = {PFG_STRUCT(identity_fields),
                                                    .sparse = true};

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

struct pfg_profile pfg_profile_copy(const struct pfg_profile *profile,
                                    struct pfg_arena *arena)
{
    struct pfg_profile copy = *profile;

    pfg_kind_copy(&pfg_kind_profile, &copy, arena);
    return copy;
}

void pfg_codec_write_identity(struct pfg_json_writer *w,
                              const struct pfg_profile *profile)
{
    /* All but "recorded", which comes last. */
    static const struct pfg_field_kind identified = {
        .fields = profile_fields, .n = PFG_COUNT(profile_fields) - 1};

    pfg_kind_put_members(w, &identified, profile);
}

void pfg_codec_write_profile(struct pfg_json_writer *w, const char *key,
                             const struct pfg_profile *profile)
{
    pfg_kind_put(w, key, &pfg_kind_profile, profile);
}

/* Derives what is missing in a file written by hand. A name that is there
 * stays, even if another version would derive another. */
static int complete_profile(struct pfg_reading *r,
                            const struct pfg_json_value *value, void *at)
{
    struct pfg_profile *profile = at;
    const char *name = profile->name;

    (void)value;
    if (*profile->fingerprint || (!*name && !has_identity(profile))) {
        return 0;
    }
    profile->name_given = profile->name_given || !has_identity(profile);
    pfg_profile_finish(profile, r->arena);
    if (*name) {
        profile->name = name;
    }
    return 0;
}

const struct pfg_field_kind pfg_kind_profile = {PFG_STRUCT(profile_fields),
                                                .check = complete_profile};
