#include "config/edit.h"

#include "config/config.h"
#include "json/json.h"
#include "json/write.h"

/* Where a value's insides begin: behind its bracket. */
static size_t inside(struct pfg_slice text, struct pfg_pos pos)
{
    size_t offset = 0;

    for (long line = 1; line < pos.line; line++) {
        offset += pfg_slice_find_byte(pfg_slice_from(text, offset), '\n') + 1;
    }
    return offset + (size_t)pos.column;
}

static void put_acceptance(struct pfg_str *out,
                           const struct pfg_config_acceptance *acceptance)
{
    const struct {
        const char *key, *value;
    } members[] = {
        {"benchmark", acceptance->benchmark},
        {"metric", acceptance->metric},
        {"until", acceptance->until},
        {"reason", acceptance->reason},
    };
    struct pfg_json_writer w = {.out = out};

    pfg_json_begin(&w, NULL, '{');
    for (size_t i = 0; i < PFG_COUNT(members); i++) {
        if (members[i].value) {
            pfg_json_put_string(&w, members[i].key, members[i].value);
        }
    }
    pfg_json_end(&w, '}');
}

static void insert(struct pfg_str *out, struct pfg_slice text,
                   const struct pfg_json_document *document,
                   const struct pfg_config_acceptance *acceptance)
{
    const struct pfg_json_value *root = pfg_json_root(document);
    const struct pfg_json_value *list = pfg_json_get(root, "accept");
    const struct pfg_json_value *into = list ? list : root;
    size_t at = inside(text, pfg_json_pos(document, into));

    pfg_str_add(out, pfg_slice_first(text, at));
    pfg_str_puts(out, list ? "\n    " : "\n  \"accept\": [\n    ");
    put_acceptance(out, acceptance);
    pfg_str_puts(out, list ? "" : "\n  ]");
    pfg_str_puts(out, pfg_json_count(into) ? "," : "\n");
    pfg_str_add(out, pfg_slice_from(text, at));
}

int pfg_config_add_acceptance(struct pfg_str *out, struct pfg_slice text,
                              const char *path,
                              const struct pfg_config_acceptance *acceptance,
                              struct pfg_error *err)
{
    struct pfg_json_document *document = NULL;
    struct pfg_config *config = NULL;
    size_t before = out->len;
    int failed;

    /* First as it is: an error in it is not ours. */
    if (pfg_config_parse(&config, text, path, err)) {
        return -1;
    }
    pfg_config_free(config);
    if (pfg_json_parse(&document, text, path, PFG_JSON_COMMENTS, err)) {
        return -1;
    }
    insert(out, text, document, acceptance);
    pfg_json_free(document);
    failed = pfg_config_parse(
        &config, pfg_slice_from(pfg_str_slice(out), before), path, err);
    pfg_config_free(config);
    return failed;
}
