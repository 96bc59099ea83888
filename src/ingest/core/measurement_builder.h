#ifndef PFG_INGEST_CORE_MEASUREMENT_BUILDER_H
#define PFG_INGEST_CORE_MEASUREMENT_BUILDER_H

#include "base/arena.h"
#include "ingest/core/ingest.h"
#include "unit/unit.h"

/*
 * A measurement that is put together from the values of a JSON document, in
 * four steps: begin, unit, values and summary in any order, send. Everything
 * lives in the reader's arena, and dies with the input; what was sent gets no
 * more values or parameters, because the next finding may have their room.
 *
 * A number may be a string ("NaN", "+INF", "12.5"), as JMH writes them; null
 * and other types are no number. Whole numbers that a double cannot hold
 * exactly make the finding an error, never another number.
 */
struct pfg_builder {
    struct pfg_reader *reader;
    const struct pfg_json_document *document;
    struct pfg_measurement m; /* suite, benchmark, metric, better: to be set */
    struct pfg_unit unit;
    struct pfg_summary summary;
    struct pfg_slice summary_written;
    PFG_VEC(struct pfg_param) params;
    PFG_VEC(double) values;
    PFG_VEC(struct pfg_slice) written;
};

/* `at` is the value that it is about: its place. Of a text both are NULL, and
 * the place is the reader's. */
struct pfg_builder pfg_builder_begin(struct pfg_reader *reader,
                                     const struct pfg_json_document *document,
                                     const struct pfg_json_value *at);

/* Says what the numbers are in. Metric and direction become what the unit
 * says, where it says something. */
void pfg_builder_unit(struct pfg_builder *finding, struct pfg_slice written);

/* A parameter of the benchmark. Both texts are borrowed. */
void pfg_builder_param(struct pfg_builder *finding, const char *key,
                       struct pfg_slice value);
/* Those of an object: strings, numbers, booleans and null as written. NULL is
 * fine. */
void pfg_builder_params(struct pfg_builder *finding,
                        const struct pfg_json_value *object);

/* Adds observations: a number, or all of an array. */
void pfg_builder_value(struct pfg_builder *finding,
                       const struct pfg_json_value *value);
void pfg_builder_values(struct pfg_builder *finding,
                        const struct pfg_json_value *array);

/* Adds an observation printed in a text; false if it is not a number. */
bool pfg_builder_read_value(struct pfg_builder *finding,
                            struct pfg_slice digits);

/* Makes it a summary of a number printed in a text, which was rounded to its
 * last digit; false if it is not a number. */
bool pfg_builder_read_summary(struct pfg_builder *finding,
                              struct pfg_slice digits);

/* A number printed in a text, in the base unit; NAN if it is not one. */
double pfg_builder_read_number(const struct pfg_builder *finding,
                               struct pfg_slice digits);

/* Splits a name at `at`, a separator of so many bytes, into suite and
 * benchmark. If either would be empty, all of it is the benchmark. Borrows. */
void pfg_builder_split_name(struct pfg_measurement *m, struct pfg_slice name,
                            size_t at, size_t separator);

/* Makes it a summary of `value`; the caller sets what else is known in
 * finding->summary, which this empties. */
void pfg_builder_summary(struct pfg_builder *finding,
                         const struct pfg_json_value *value);

/* The number of `value` in the base unit; NAN where there is none. */
double pfg_builder_number(const struct pfg_builder *finding,
                          const struct pfg_json_value *value);

/* Marks it as failed; the first reason stands. */
void pfg_builder_error(struct pfg_builder *finding, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Where observations and summary are both missing, and there is no error,
 * it sends nothing. A summary of a micro-benchmark whose spread and number of
 * observations are known gets its standard error. */
void pfg_builder_send(struct pfg_builder *finding);

/* The characters of a number, or of a string that is one; else empty. */
struct pfg_slice pfg_builder_digits(const struct pfg_json_document *document,
                                    const struct pfg_json_value *value);

/* What a string, number, boolean or null is in text. */
struct pfg_slice pfg_builder_text(const struct pfg_json_document *document,
                                  const struct pfg_json_value *value);

/* A text member of an object, empty where there is none. */
struct pfg_slice pfg_builder_member(const struct pfg_json_value *object,
                                    const char *key);

/* Tells the sink a fact, where the value is text or a number. */
void pfg_builder_fact(struct pfg_reader *reader, const char *key,
                      const struct pfg_json_document *document,
                      const struct pfg_json_value *value);

/* A text as pfg_time_parse() reads it, or milliseconds since 1970, as
 * JavaScript counts; 0 where it is neither. */
pfg_time pfg_builder_when(const struct pfg_json_document *document,
                          const struct pfg_json_value *value);

/* Tells the sink when the process began, where that is known. */
void pfg_builder_time(struct pfg_reader *reader, pfg_time time);

/* Tells the sink which commit what follows is of; `subject` may be of several
 * lines. */
void pfg_builder_revision(struct pfg_reader *reader, struct pfg_slice id,
                          pfg_time time, struct pfg_slice subject);

/* A warning at a value of the document. */
void pfg_builder_warn(struct pfg_reader *reader,
                      const struct pfg_json_document *document,
                      const struct pfg_json_value *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "a/b/c.exe", "a\\b\\c.exe": "c". */
struct pfg_slice pfg_builder_program(struct pfg_slice path);

#endif
