#ifndef PFG_INGEST_CORE_MEASUREMENT_BUILDER_H
#define PFG_INGEST_CORE_MEASUREMENT_BUILDER_H

#include "base/arena.h"
#include "ingest/core/ingest.h"
#include "unit/unit.h"

/*
 * Builds a measurement from the values of a JSON document in four steps: begin,
 * unit, values and summary in any order, send. Everything lives in the reader's
 * arena until the input ends. Add no values or parameters after sending,
 * because the next finding may reuse the memory.
 *
 * A number may be a string ("NaN", "+INF", "12.5"), as JMH writes it; null and
 * other types are not numbers. A whole number that a double cannot hold exactly
 * makes the finding an error; it is never rounded.
 */
struct pfg_builder {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    struct pfg_measurement m; /* set by the caller: suite, benchmark, metric,
                                 better */
    struct pfg_unit unit;
    struct pfg_summary summary;
    struct pfg_slice summary_written;
    PFG_VEC(struct pfg_param) params;
    PFG_VEC(double) values;
    PFG_VEC(struct pfg_slice) written;
};

/* `at` gives the position of the finding. For a text, `document` and `at` are
 * NULL and the position is the reader's. */
struct pfg_builder pfg_builder_begin(struct pfg_reader *reader,
                                     const struct pfg_json_document *document,
                                     const struct pfg_json_value *at);

/* Sets the unit of the numbers that follow. If the unit implies a metric or a
 * direction, sets that too. */
void pfg_builder_unit(struct pfg_builder *finding, struct pfg_slice written);

/* Adds a parameter of the benchmark. Both texts are borrowed. */
void pfg_builder_param(struct pfg_builder *finding, const char *key,
                       struct pfg_slice value);
/* Adds each member of an object: strings, numbers, booleans and null as
 * written. `object` may be NULL. */
void pfg_builder_params(struct pfg_builder *finding,
                        const struct pfg_json_value *object);

/* For a finding that is to be copied and sent several times: gives it, before
 * it has values, parameters that the next finding does not overwrite. */
void pfg_builder_own_params(struct pfg_builder *finding);

/* Adds one value, or all values of an array. */
void pfg_builder_value(struct pfg_builder *finding,
                       const struct pfg_json_value *value);
void pfg_builder_values(struct pfg_builder *finding,
                        const struct pfg_json_value *array);

/* Adds a value printed in a text; false if it is not a number. */
bool pfg_builder_read_value(struct pfg_builder *finding,
                            struct pfg_slice digits);

/* Makes the finding a summary of a number printed in a text, rounded to its
 * last digit; false if it is not a number. */
bool pfg_builder_read_summary(struct pfg_builder *finding,
                              struct pfg_slice digits);

/* A number printed in a text, in the base unit; NAN if it is not one. */
double pfg_builder_read_number(const struct pfg_builder *finding,
                               struct pfg_slice digits);

/* Splits a name at the separator at index `at`, `separator` bytes long, into
 * suite and benchmark. If either would be empty, the whole name is the
 * benchmark. Borrows. */
void pfg_builder_split_name(struct pfg_measurement *m, struct pfg_slice name,
                            size_t at, size_t separator);

/* Makes the finding a summary of `value`. Resets finding->summary; the caller
 * then sets what else is known. */
void pfg_builder_summary(struct pfg_builder *finding,
                         const struct pfg_json_value *value);

/* The number in `value` in the base unit; NAN if there is none. */
double pfg_builder_number(const struct pfg_builder *finding,
                          const struct pfg_json_value *value);

/* Marks the finding as failed. The first reason is kept. */
void pfg_builder_error(struct pfg_builder *finding, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Sends the finding, unless it has neither values, summary nor error. A summary
 * with a known spread and count gets its standard error. */
void pfg_builder_send(struct pfg_builder *finding);

/* The digits of a number, or of a string that holds one; empty for anything
 * else. */
struct pfg_slice pfg_builder_digits(const struct pfg_json_document *document,
                                    const struct pfg_json_value *value);

/* The text of a string, number, boolean or null; empty for other types. */
struct pfg_slice pfg_builder_text(const struct pfg_json_document *document,
                                  const struct pfg_json_value *value);

/* A string member of an object; empty if there is none. */
struct pfg_slice pfg_builder_member(const struct pfg_json_value *object,
                                    const char *key);

/* Sends a fact if the value is text or a number. */
void pfg_builder_fact(struct pfg_reader *reader, const char *key,
                      const struct pfg_json_document *document,
                      const struct pfg_json_value *value);

/* Reads a time, either as text for pfg_time_parse() or in milliseconds since
 * 1970, as in JavaScript. Returns 0 for anything else. */
pfg_time pfg_builder_when(const struct pfg_json_document *document,
                          const struct pfg_json_value *value);

/* Tells the sink when the process began, if that is known. */
void pfg_builder_time(struct pfg_reader *reader, pfg_time time);

/* Tells the sink the commit of what follows. Only the first line of `subject`
 * is used. */
void pfg_builder_revision(struct pfg_reader *reader, struct pfg_slice id,
                          pfg_time time, struct pfg_slice subject);

/* Reports a warning at a value of the document. */
void pfg_builder_warn(struct pfg_reader *reader,
                      const struct pfg_json_document *document,
                      const struct pfg_json_value *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The name of a program without folder and ".exe": "c" for "a/b/c.exe" or
 * "a\\b\\c.exe". */
struct pfg_slice pfg_builder_program(struct pfg_slice path);

#endif
