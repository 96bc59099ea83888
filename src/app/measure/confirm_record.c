#include "app/measure/confirm_record.h"

#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "json/json.h"
#include "json/write.h"

#define MOST_BYTES ((size_t)1 << 20)

/* A text of the record, or an error: what cannot be read settles nothing. */
static const char *text_of(const struct pfg_json_document *record,
                           const char *key, struct pfg_error *err)
{
    const struct pfg_json_value *root = pfg_json_root(record);
    const char *text = pfg_json_string(pfg_json_get(root, key));

    if (!text) {
        pfg_fail_at(err, PFG_DATA, pfg_json_pos(record, root),
                    "this is no record of a confirmation: '%s' is missing",
                    key);
        pfg_hint(err, "remove it if it was not written by perfgate");
    }
    return text;
}

static int compare_record(const struct pfg_json_document *record,
                          const char *first, const char *digest,
                          struct pfg_error *err)
{
    const char *of = text_of(record, "first_digest", err);
    const char *outcome = text_of(record, "outcome", err);
    const char *second = text_of(record, "second", err);
    const char *when = text_of(record, "time", err);

    if (!of || !outcome || !second || !when) {
        return -1;
    }
    if (strcmp(of, digest)) {
        return 0;
    }
    pfg_fail(err, PFG_USAGE, "'%s' was settled by '%s' (%s): %s", first, second,
             when, outcome);
    return pfg_hint(err, "a decision is taken once; begin with a new first "
                         "look");
}

int pfg_settled_check(const char *first, const char *digest,
                      struct pfg_arena *arena, struct pfg_error *err)
{
    const char *path = pfg_arena_printf(arena, "%s.confirmed", first);
    struct pfg_json_document *record = NULL;
    struct pfg_str text;
    int failed;

    if (!pfg_file_exists(path)) {
        return 0;
    }
    pfg_str_init(&text, 0);
    failed =
        pfg_file_read(&text, path, MOST_BYTES, err) ||
        pfg_json_parse(&record, pfg_str_slice(&text), path, 0, NULL, err) ||
        compare_record(record, first, digest, err);
    pfg_json_free(record);
    pfg_str_free(&text);
    return failed ? -1 : 0;
}

int pfg_settled_write(const char *first, const struct pfg_settled *settled,
                      struct pfg_error *err)
{
    char time[PFG_TIME_TEXT];
    struct pfg_str text, path;
    struct pfg_json_writer w = {.out = &text, .indent = 1};
    int failed;

    pfg_str_init(&text, 0);
    pfg_str_init(&path, 0);
    pfg_json_begin(&w, NULL, '{');
    pfg_json_put_string(&w, "perfgate", "confirmation");
    pfg_json_put_integer(&w, "version", 1);
    pfg_json_put_string(&w, "time", pfg_time_iso(time, settled->time));
    pfg_json_put_string(&w, "first_digest", settled->first_digest);
    pfg_json_put_string(&w, "second", settled->second);
    pfg_json_put_string(&w, "second_digest", settled->second_digest);
    pfg_json_put_integer(&w, "status", settled->status);
    pfg_json_put_string(&w, "outcome", settled->outcome);
    pfg_json_end(&w, '}');
    pfg_str_putc(&text, '\n');
    pfg_str_printf(&path, "%s.confirmed", first);
    failed = pfg_file_write(path.ptr, pfg_str_slice(&text), err);
    pfg_str_free(&path);
    pfg_str_free(&text);
    return failed;
}
