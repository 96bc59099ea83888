#ifndef PFG_JSON_WRITE_H
#define PFG_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/str.h"
#include "json/json.h"

/*
 * Writes JSON into a string: numbers with the fewest digits that read back
 * the same, control characters and invalid UTF-8 escaped or replaced, commas
 * and indentation looked after. cJSON's printer rounds doubles to 15 digits.
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
    int indent; /* blanks a level; 0: one line */
    int depth;
    bool not_first;
};

void pfg_json_begin(struct pfg_json_writer *w, const char *key, char bracket);
void pfg_json_end(struct pfg_json_writer *w, char bracket);
void pfg_json_put_string(struct pfg_json_writer *w, const char *key,
                         const char *value); /* NULL writes null */
void pfg_json_put_slice(struct pfg_json_writer *w, const char *key,
                        struct pfg_slice value);
/* NaN and infinities become null: JSON has no number for them. */
void pfg_json_put_number(struct pfg_json_writer *w, const char *key,
                         double value);
/* The same with so many significant digits: of what is an estimate, and for a
 * third of the time and half of the room. */
void pfg_json_put_rounded(struct pfg_json_writer *w, const char *key,
                          double value, int digits);
void pfg_json_put_integer(struct pfg_json_writer *w, const char *key,
                          int64_t value);
void pfg_json_put_bool(struct pfg_json_writer *w, const char *key, bool value);
void pfg_json_put_null(struct pfg_json_writer *w, const char *key);
/* An array of numbers, on one line whatever the indentation. */
void pfg_json_put_numbers(struct pfg_json_writer *w, const char *key,
                          const double *values, size_t n);

/* A value of a parsed document, whatever it is; numbers with the digits they
 * have there. A NULL value writes nothing. */
void pfg_json_put_value(struct pfg_json_writer *w, const char *key,
                        const struct pfg_json_document *document,
                        const struct pfg_json_value *value);

#endif
