#ifndef PFG_MODEL_CODEC_FIELDS_H
#define PFG_MODEL_CODEC_FIELDS_H

#include <stddef.h>

#include "base/error.h"
#include "model/run.h"
#include "json/json.h"
#include "json/write.h"

struct pfg_arena;

/*
 * Structs as JSON objects, both ways, by a table: one line a member, which also
 * says in which column a database keeps it (store/columns.h). What is
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

/* What a member is in memory, where a column of a database can hold it. */
enum pfg_scalar {
    PFG_SCALAR_NONE,
    PFG_SCALAR_TEXT,     /* NULL is "" */
    PFG_SCALAR_OPTIONAL, /* a text or NULL */
    PFG_SCALAR_TIME,
    PFG_SCALAR_BOOL,
    PFG_SCALAR_INT,
    PFG_SCALAR_LONG,
    PFG_SCALAR_SIZE,
    PFG_SCALAR_DOUBLE,    /* NAN is null */
    PFG_SCALAR_TEXTS,     /* PFG_LIST, a line each; none is "" */
    PFG_SCALAR_LINES,     /* the same; none is null */
    PFG_SCALAR_FACTS,     /* PFG_LIST, as a JSON object */
    PFG_SCALAR_DIRECTION, /* its name */
};

struct pfg_field;
struct pfg_field_kind {
    void (*put)(struct pfg_json_writer *w, const char *key, const void *at);
    int (*take)(struct pfg_reading *r, const struct pfg_json_value *value,
                void *at); /* -1 with an error that has a place */
    enum pfg_presence presence;
    enum pfg_scalar scalar;
    /* Of a struct within, at the same address: its own members. */
    const struct pfg_field *fields;
    size_t n;
};

struct pfg_field {
    const char *key; /* NULL: in the database only */
    size_t offset;
    const struct pfg_field_kind *kind;
    const char *column; /* "revision.sha"; NULL: in JSON only */
};

/* A list is a pointer and, right behind it, how many: its offset, checked, and
 * its length by the address of the pointer. */
#define PFG_LIST(type, member)                                                 \
    offsetof(type, member) +                                                   \
        0 * sizeof(char[offsetof(type, n_##member) ==                          \
                                offsetof(type, member) + sizeof(void *)        \
                            ? 1                                                \
                            : -1])
#define PFG_LENGTH(at) (*(size_t *)((char *)(at) + sizeof(void *)))

extern const struct pfg_field_kind pfg_kind_text;     /* "" : unknown */
extern const struct pfg_field_kind pfg_kind_optional; /* NULL: unknown */
extern const struct pfg_field_kind pfg_kind_time;     /* 0: unknown */
extern const struct pfg_field_kind pfg_kind_bool;     /* false is left out */
extern const struct pfg_field_kind pfg_kind_int;      /* 0 is left out */
extern const struct pfg_field_kind pfg_kind_long;     /* 0 is left out */
extern const struct pfg_field_kind pfg_kind_size;     /* 0 is left out */
extern const struct pfg_field_kind pfg_kind_double;   /* NAN is left out */
extern const struct pfg_field_kind pfg_kind_amount;   /* 0 is left out */

/* Lists: left out where they are empty. What is sorted is so after reading. */
extern const struct pfg_field_kind pfg_kind_texts;
extern const struct pfg_field_kind pfg_kind_sorted_texts;
extern const struct pfg_field_kind pfg_kind_facts;
extern const struct pfg_field_kind pfg_kind_sorted_facts; /* by key */
/* Texts that stand in JSON even where there are none. */
extern const struct pfg_field_kind pfg_kind_lines;

/* Of a struct pfg_run, revision, process, profile, series and piece. */
extern const struct pfg_field_kind pfg_kind_run;
extern const struct pfg_field_kind pfg_kind_revision;
extern const struct pfg_field_kind pfg_kind_process;
extern const struct pfg_field_kind pfg_kind_profile;
extern const struct pfg_field_kind pfg_kind_series;
extern const struct pfg_field_kind pfg_kind_piece;
extern const struct pfg_field_kind pfg_kind_values;
extern const struct pfg_field_kind pfg_kind_summary;
extern const struct pfg_field_kind pfg_kind_budget;
/* Of a report's rows, at the pointer to them. */
extern const struct pfg_field_kind pfg_kind_report_rows;
/* Of a pointer to a struct pfg_why, or NULL. */
extern const struct pfg_field_kind pfg_kind_why;
void pfg_fields_put_written(struct pfg_json_writer *w, const char *key,
                            const struct pfg_piece *piece);
/* Not written, and passed over: whoever needs more than its value reads it. */
extern const struct pfg_field_kind pfg_kind_elsewhere;

/* The members only, without the braces around them. */
void pfg_fields_put(struct pfg_json_writer *w, const struct pfg_field *fields,
                    size_t n, const void *object);
/* An object; left out where none of its members would be written. */
void pfg_fields_put_known(struct pfg_json_writer *w, const char *key,
                          const struct pfg_field *fields, size_t n,
                          const void *object);
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

/* Defines `kind_name` for the members in `name_fields` as an object of their
 * own, which is left out where nothing in it is known. */
#define PFG_OBJECT_KIND(name)                                                  \
    static void put_##name(struct pfg_json_writer *w, const char *key,         \
                           const void *at)                                     \
    {                                                                          \
        pfg_fields_put_known(w, key, name##_fields,                            \
                             sizeof name##_fields / sizeof *name##_fields,     \
                             at);                                              \
    }                                                                          \
    static int read_##name(struct pfg_reading *r,                              \
                           const struct pfg_json_value *value, void *at)       \
    {                                                                          \
        return pfg_fields_take(r, name##_fields,                               \
                               sizeof name##_fields / sizeof *name##_fields,   \
                               value, at);                                     \
    }                                                                          \
    static const struct pfg_field_kind kind_##name = {                         \
        put_##name,      read_##name,                                          \
        PFG_WHERE_KNOWN, PFG_SCALAR_NONE,                                      \
        name##_fields,   sizeof name##_fields / sizeof *name##_fields}

#endif
