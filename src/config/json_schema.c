#include "config/config.h"
#include "config/keys.h"
#include "json/write.h"

/* The table of keys as a JSON Schema. */

static void put_record(struct pfg_json_writer *w, const char *key,
                       const struct pfg_config_record *record);

static void put_types(struct pfg_json_writer *w, const char *const *names)
{
    if (!names[1]) {
        pfg_json_put_string(w, "type", names[0]);
        return;
    }
    pfg_json_begin(w, "type", '[');
    for (size_t i = 0; names[i]; i++) {
        pfg_json_put_string(w, NULL, names[i]);
    }
    pfg_json_end(w, ']');
}

static void put_words(struct pfg_json_writer *w, const char *const *words)
{
    pfg_json_begin(w, "enum", '[');
    for (size_t i = 0; words[i]; i++) {
        if (*words[i]) {
            pfg_json_put_string(w, NULL, words[i]);
        }
    }
    pfg_json_end(w, ']');
}

static void put_verdicts(struct pfg_json_writer *w)
{
    pfg_json_begin(w, "items", '{');
    pfg_json_begin(w, "enum", '[');
    for (enum pfg_verdict v = 0; v < PFG_N_VERDICTS; v++) {
        pfg_json_put_string(w, NULL, pfg_verdict_name(v));
    }
    pfg_json_end(w, ']');
    pfg_json_end(w, '}');
}

static void put_values(struct pfg_json_writer *w, const char *const *names)
{
    pfg_json_begin(w, "additionalProperties", '{');
    put_types(w, names);
    pfg_json_end(w, '}');
}

/* The JSON types of a key, and their contents. */
static void put_value(struct pfg_json_writer *w,
                      const struct pfg_config_key *key)
{
    static const char *const string[] = {"string", NULL};
    static const char *const field[] = {"string", "number", "null", NULL};
    static const struct {
        const char *names[4];
    } names[PFG_N_CONFIG_TYPES] = {
        [PFG_CONFIG_TEXT] = {{"string"}},
        [PFG_CONFIG_WORD] = {{"string"}},
        [PFG_CONFIG_PERCENT] = {{"number", "string"}},
        [PFG_CONFIG_FLAG] = {{"boolean"}},
        [PFG_CONFIG_COUNT] = {{"integer"}},
        [PFG_CONFIG_PATTERN] = {{"string"}},
        [PFG_CONFIG_PATTERNS] = {{"object"}},
        [PFG_CONFIG_FIELD] = {{"string", "number", "null"}},
        [PFG_CONFIG_QUANTITY] = {{"string", "number"}},
        [PFG_CONFIG_BOUND] = {{"string"}},
        [PFG_CONFIG_VERDICTS] = {{"array", "string"}},
        [PFG_CONFIG_RECORDS] = {{"array"}},
        [PFG_CONFIG_NAMED] = {{"object"}},
        [PFG_CONFIG_RENAMES] = {{"object"}},
        [PFG_CONFIG_NAMES] = {{"array", "string"}},
        [PFG_CONFIG_TEXTS] = {{"array", "string"}},
        [PFG_CONFIG_IGNORED] = {{"string"}},
    };

    put_types(w, names[key->type].names);
    switch (key->type) {
    case PFG_CONFIG_WORD:
        put_words(w, key->words);
        break;
    case PFG_CONFIG_COUNT:
        pfg_json_put_integer(w, "minimum", 1);
        break;
    case PFG_CONFIG_PATTERNS:
        put_values(w, field);
        break;
    case PFG_CONFIG_VERDICTS:
        put_verdicts(w);
        break;
    case PFG_CONFIG_NAMES:
    case PFG_CONFIG_TEXTS:
        pfg_json_begin(w, "items", '{');
        put_types(w, string);
        pfg_json_end(w, '}');
        break;
    case PFG_CONFIG_RECORDS:
        put_record(w, "items", key->record);
        break;
    case PFG_CONFIG_NAMED:
        put_record(w, "additionalProperties", key->record);
        break;
    case PFG_CONFIG_RENAMES:
        put_values(w, string);
        break;
    default:
        break;
    }
}

static void put_key(struct pfg_json_writer *w, const struct pfg_config_key *key,
                    const char *name)
{
    pfg_json_begin(w, name, '{');
    pfg_json_put_string(w, "description", key->help);
    put_value(w, key);
    pfg_json_end(w, '}');
}

static bool is_open(const struct pfg_config_key *key)
{
    return pfg_slice_has(pfg_slice_of(key->name), "*");
}

/* Keys with a common beginning: "env.*" becomes the pattern "^env\\.". */
static void put_open_keys(struct pfg_json_writer *w,
                          const struct pfg_config_record *record)
{
    bool begun = false;

    for (size_t i = 0; i < record->n_keys; i++) {
        if (!is_open(&record->keys[i])) {
            continue;
        }
        if (!begun) {
            pfg_json_begin(w, "patternProperties", '{');
            begun = true;
        }
        put_key(w, &record->keys[i], "^env\\.");
    }
    if (begun) {
        pfg_json_end(w, '}');
    }
}

static void put_keys(struct pfg_json_writer *w,
                     const struct pfg_config_record *record)
{
    bool required = false;

    pfg_json_put_string(w, "type", "object");
    pfg_json_put_bool(w, "additionalProperties", false);
    for (size_t i = 0; i < record->n_keys; i++) {
        required |= record->keys[i].required;
    }
    if (required) {
        pfg_json_begin(w, "required", '[');
        for (size_t i = 0; i < record->n_keys; i++) {
            if (record->keys[i].required) {
                pfg_json_put_string(w, NULL, record->keys[i].name);
            }
        }
        pfg_json_end(w, ']');
    }
    pfg_json_begin(w, "properties", '{');
    for (size_t i = 0; i < record->n_keys; i++) {
        if (!is_open(&record->keys[i])) {
            put_key(w, &record->keys[i], record->keys[i].name);
        }
    }
    pfg_json_end(w, '}');
    put_open_keys(w, record);
}

static void put_record(struct pfg_json_writer *w, const char *key,
                       const struct pfg_config_record *record)
{
    pfg_json_begin(w, key, '{');
    put_keys(w, record);
    pfg_json_end(w, '}');
}

void pfg_config_schema(struct pfg_str *out)
{
    struct pfg_json_writer w = {.out = out, .indent = 2};

    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "$schema",
                        "http://json-schema.org/draft-07/schema#");
    pfg_json_put_string(&w, "title", "perfgate.json");
    put_keys(&w, &pfg_config_top);
    pfg_json_end(&w, '}');
    pfg_str_putc(out, '\n');
}
