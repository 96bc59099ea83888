#ifndef PFG_JSON_WRITE_H
#define PFG_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/str.h"
#include "json/json.h"

/*
 * Writes JSON into a string: numbers with the fewest digits that read back as
 * the same double (cJSON's printer rounds to 15), control characters escaped,
 * invalid UTF-8 replaced, with commas and indentation.
 *
 *     struct pfg_json_writer w = {.out = &text, .indent = 2};
 *     pfg_json_begin(&w, NULL, '{');
 *     pfg_json_put_string(&w, "name", "x");
 *     pfg_json_end(&w, '}');
 *
 * `key` is NULL inside arrays and at the top.
 */
struct pfg_json_writer {
    struct pfg_str *out;
    int indent; /* blanks per level; 0: all on one line */
    int depth;
    bool not_first;
};

void pfg_json_begin(struct pfg_json_writer *w, const char *key, char bracket);
void pfg_json_end(struct pfg_json_writer *w, char bracket);
void pfg_json_put_string(struct pfg_json_writer *w, const char *key,
                         const char *value); /* NULL writes null */
void pfg_json_put_slice(struct pfg_json_writer *w, const char *key,
                        struct pfg_slice value);
/* NaN and infinities, which JSON does not have, become null. */
void pfg_json_put_number(struct pfg_json_writer *w, const char *key,
                         double value);
/* The same with `digits` significant digits, for estimates: takes a third of
 * the time and half of the room. */
void pfg_json_put_rounded(struct pfg_json_writer *w, const char *key,
                          double value, int digits);
void pfg_json_put_integer(struct pfg_json_writer *w, const char *key,
                          int64_t value);
void pfg_json_put_bool(struct pfg_json_writer *w, const char *key, bool value);
void pfg_json_put_null(struct pfg_json_writer *w, const char *key);
/* An array of numbers, on one line whatever the indentation. */
void pfg_json_put_numbers(struct pfg_json_writer *w, const char *key,
                          const double *values, size_t n);

/* Any value of a parsed document; numbers keep their digits. A NULL value
 * writes nothing. */
void pfg_json_put_value(struct pfg_json_writer *w, const char *key,
                        const struct pfg_json_document *document,
                        const struct pfg_json_value *value);

#endif
