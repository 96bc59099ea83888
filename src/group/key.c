#include "group/key.h"

#include <string.h>

/* Separate fields, and the items inside a field. */
#define FIELD "\x1f"
#define ITEM  "\x1e"

/* Names come from the input, so separators and the escape character in them are
 * escaped. */
static void put_escaped(struct pfg_str *out, const char *text)
{
    for (;;) {
        size_t plain = strcspn(text, "\\" FIELD ITEM);

        pfg_str_add(out, pfg_slice_make(text, plain));
        text += plain;
        if (!*text) {
            return;
        }
        pfg_str_printf(out, "\\%02x", (unsigned)*text++);
    }
}

static void put_facts(struct pfg_str *out, const struct pfg_fact *facts,
                      size_t n)
{
    pfg_str_puts(out, FIELD);
    for (size_t i = 0; i < n; i++) {
        put_escaped(out, facts[i].key);
        pfg_str_putc(out, '=');
        put_escaped(out, facts[i].value);
        pfg_str_puts(out, ITEM);
    }
}

struct pfg_fact *pfg_key_variant_with(struct pfg_arena *arena,
                                      const struct pfg_fact *variant, size_t n,
                                      struct pfg_fact one)
{
    struct pfg_fact *all = pfg_arena_new_array(arena, struct pfg_fact, n + 1);
    size_t i = 0;

    for (; i < n && strcmp(variant[i].key, one.key) < 0; i++) {
        all[i] = variant[i];
    }
    all[i] = one;
    for (; i < n; i++) {
        all[i + 1] = variant[i];
    }
    return all;
}

const char *pfg_key_make(struct pfg_arena *arena,
                         const struct pfg_series *series)
{
    struct pfg_str text;
    const char *key;

    pfg_str_init(&text, 0);
    put_escaped(&text, series->suite);
    pfg_str_puts(&text, FIELD);
    put_escaped(&text, series->benchmark);
    put_facts(&text, series->params, series->n_params);
    put_facts(&text, series->variant, series->n_variant);
    pfg_str_puts(&text, FIELD);
    put_escaped(&text, series->metric);
    key = pfg_arena_slice(arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return key;
}

static void put_pair(struct pfg_str *out, const char *before,
                     const struct pfg_fact *fact)
{
    pfg_str_puts(out, before);
    pfg_str_puts(out, fact->key);
    pfg_str_putc(out, '=');
    pfg_str_puts(out, fact->value);
}

static bool is_length(const struct pfg_fact *variant)
{
    return !strcmp(variant->key, PFG_VARIANT_LENGTH);
}

static void put_label(struct pfg_str *out, const struct pfg_series *series,
                      bool in_full)
{
    size_t n = 0;

    pfg_str_puts(out, series->benchmark);
    for (size_t i = 0; i < series->n_params; i++) {
        put_pair(out, " ", &series->params[i]);
    }
    for (size_t i = 0; i < series->n_variant; i++) {
        if (in_full || !is_length(&series->variant[i])) {
            put_pair(out, n++ ? " " : " [", &series->variant[i]);
        }
    }
    pfg_str_puts(out, n ? "]" : "");
}

void pfg_key_put_label(struct pfg_str *out, const struct pfg_series *series)
{
    put_label(out, series, false);
}

static const char *make_label(struct pfg_arena *arena,
                              const struct pfg_series *series, bool in_full)
{
    struct pfg_str text;
    const char *label;

    pfg_str_init(&text, 0);
    put_label(&text, series, in_full);
    label = pfg_arena_slice(arena, pfg_str_slice(&text));
    pfg_str_free(&text);
    return label;
}

const char *pfg_key_label(struct pfg_arena *arena,
                          const struct pfg_series *series)
{
    return make_label(arena, series, false);
}

const char *pfg_key_label_in_full(struct pfg_arena *arena,
                                  const struct pfg_series *series)
{
    return make_label(arena, series, true);
}
