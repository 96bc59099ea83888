#include "group/key.h"

#include <string.h>

/* Separate fields, and the items inside a field. */
#define FIELD "\x1f"
#define ITEM  "\x1e"

/* Names come from the input, so separators and the escape character in them are
 * escaped. */
static void put_escaped(struct pfg_str *out, struct pfg_slice text)
{
    static const bool special[256] = {
        ['\\'] = true, [0x1e] = true, [0x1f] = true};

    while (text.len) {
        size_t plain = 0;

        while (plain < text.len && !special[(unsigned char)text.ptr[plain]]) {
            plain++;
        }
        if (plain) {
            pfg_str_add(out, pfg_slice_first(text, plain));
        } else {
            pfg_str_printf(out, "\\%02x", (unsigned)*text.ptr);
            plain = 1;
        }
        text = pfg_slice_from(text, plain);
    }
}

static void put_item(struct pfg_str *out, struct pfg_slice key,
                     struct pfg_slice value)
{
    put_escaped(out, key);
    pfg_str_add(out, PFG_LIT("="));
    put_escaped(out, value);
    pfg_str_add(out, PFG_LIT(ITEM));
}

void pfg_key_put(struct pfg_str *out, const struct pfg_identity *of)
{
    put_escaped(out, of->suite);
    pfg_str_add(out, PFG_LIT(FIELD));
    put_escaped(out, of->benchmark);
    pfg_str_add(out, PFG_LIT(FIELD));
    for (size_t i = 0; i < of->n_params; i++) {
        put_item(out, of->params[i].key, of->params[i].value);
    }
    pfg_str_add(out, PFG_LIT(FIELD));
    for (size_t i = 0; i < of->n_variant; i++) {
        put_item(out, pfg_slice_of(of->variant[i].key),
                 pfg_slice_of(of->variant[i].value));
    }
    pfg_str_add(out, PFG_LIT(FIELD));
    put_escaped(out, of->metric);
}

const char *pfg_key_make(struct pfg_arena *arena,
                         const struct pfg_series *series)
{
    struct pfg_param *params =
        pfg_arena_new_array(arena, struct pfg_param, series->n_params);
    struct pfg_str key = pfg_str_in(arena);

    for (size_t i = 0; i < series->n_params; i++) {
        params[i].key = pfg_slice_of(series->params[i].key);
        params[i].value = pfg_slice_of(series->params[i].value);
    }
    pfg_key_put(&key, &(struct pfg_identity){
                          .suite = pfg_slice_of(series->suite),
                          .benchmark = pfg_slice_of(series->benchmark),
                          .metric = pfg_slice_of(series->metric),
                          .params = params,
                          .n_params = series->n_params,
                          .variant = series->variant,
                          .n_variant = series->n_variant,
                      });
    return key.ptr;
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
