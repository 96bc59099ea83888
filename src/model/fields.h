#ifndef PFG_MODEL_FIELDS_H
#define PFG_MODEL_FIELDS_H

#include <stddef.h>

#include "base/error.h"
#include "model/run.h"
#include "json/json.h"
#include "json/write.h"

struct pfg_arena;

/*
 * Structs as JSON objects, both ways, by a table: one line a member. What is
 * unknown (NULL, "", 0, false, NAN, as its kind says) is not written, and what
 * is absent or null stays as it was when read; kinds that are always written
 * must be there. A member that the table does not have is an error, so that a
 * typing mistake in a hand-written file is found.
 */

/* What reading needs; strings are copied into the arena. */
struct pfg_reading {
    const struct pfg_json_document *document;
    struct pfg_arena *arena;
    struct pfg_error *err;
    size_t n_processes; /* of the run that is being read */
    size_t n_footnotes; /* of the report that is being read */
};

/* Whether a member may be absent or null where it is read. */
enum pfg_presence {
    PFG_WHERE_KNOWN, /* either */
    PFG_OR_NULL,     /* it must be there, and may be null */
    PFG_ALWAYS,      /* it must have a value */
};

struct pfg_field_kind {
    void (*put)(struct pfg_json_writer *w, const char *key, const void *at);
    int (*take)(struct pfg_reading *r, const struct pfg_json_value *value,
                void *at); /* -1 with an error that has a place */
    enum pfg_presence presence;
};

struct pfg_field {
    const char *key;
    size_t offset;
    const struct pfg_field_kind *kind;
};

extern const struct pfg_field_kind pfg_kind_text;     /* "" : unknown */
extern const struct pfg_field_kind pfg_kind_optional; /* NULL: unknown */
extern const struct pfg_field_kind pfg_kind_time;     /* 0: unknown */
extern const struct pfg_field_kind pfg_kind_bool;     /* false is left out */
extern const struct pfg_field_kind pfg_kind_int;      /* 0 is left out */
extern const struct pfg_field_kind pfg_kind_long;     /* 0 is left out */
extern const struct pfg_field_kind pfg_kind_size;     /* 0 is left out */
extern const struct pfg_field_kind pfg_kind_double;   /* NAN is left out */
extern const struct pfg_field_kind pfg_kind_amount;   /* 0 is left out */

/* Of a struct pfg_profile, series and piece. */
extern const struct pfg_field_kind pfg_kind_profile;
extern const struct pfg_field_kind pfg_kind_gpus;
extern const struct pfg_field_kind pfg_kind_recorded;
extern const struct pfg_field_kind pfg_kind_series;
extern const struct pfg_field_kind pfg_kind_values;
extern const struct pfg_field_kind pfg_kind_summary;
extern const struct pfg_field_kind pfg_kind_budget;
/* Of a report's rows, at the pointer to them. */
extern const struct pfg_field_kind pfg_kind_report_rows;
void pfg_fields_put_written(struct pfg_json_writer *w, const char *key,
                            const struct pfg_piece *piece);
/* Not written, and passed over: whoever needs more than its value reads it. */
extern const struct pfg_field_kind pfg_kind_elsewhere;

/* The members only, without the braces around them. */
void pfg_fields_put(struct pfg_json_writer *w, const struct pfg_field *fields,
                    size_t n, const void *object);
/* `value` must be an object. */
int pfg_fields_take(struct pfg_reading *r, const struct pfg_field *fields,
                    size_t n, const struct pfg_json_value *value, void *object);

/* An object of an array that stands on one line, so that a reviewer sees a
 * changed value as a changed line. `indent` is what the first one returned. */
int pfg_fields_begin_line(struct pfg_json_writer *w);
void pfg_fields_end_line(struct pfg_json_writer *w, int indent);

/* Fails where `value` is not of the type. */
int pfg_fields_expect(struct pfg_reading *r, const struct pfg_json_value *value,
                      enum pfg_json_type type);
/* A finite number. */
int pfg_fields_number(struct pfg_reading *r, const struct pfg_json_value *value,
                      double *out);
/* An array of strings. */
int pfg_fields_texts(struct pfg_reading *r, const struct pfg_json_value *value,
                     const char ***out, size_t *n);
/* As pfg_codec_write_facts() writes them; or sorted by key. */
int pfg_fields_facts(struct pfg_reading *r, const struct pfg_json_value *value,
                     struct pfg_fact **out, size_t *n);
int pfg_fields_sorted_facts(struct pfg_reading *r,
                            const struct pfg_json_value *value,
                            struct pfg_fact **out, size_t *n);

#endif
