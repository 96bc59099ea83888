#ifndef PFG_MODEL_CODEC_FIELDS_H
#define PFG_MODEL_CODEC_FIELDS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "json/json.h"
#include "json/write.h"

struct pfg_report_row;

/*
 * Structs as tables with a line for each member: its type, its key in JSON, and
 * its column in a database (store/pack/columns.h). The same table serves to
 * write, read, clear and copy a struct. A key that is not in the table is an
 * error, so that typing mistakes in files written by hand are found.
 */

/* An array whose rows were read while the text was parsed, and the index of its
 * first row among those of all arrays. */
struct pfg_early_rows {
    const struct pfg_json_value *array;
    size_t first;
};

/* The context of reading; strings are copied into the arena. */
struct pfg_reading {
    const struct pfg_json_document *document;
    struct pfg_arena *arena;
    struct pfg_error *err;
    size_t n_processes; /* of the run that is being read */
    /* Of the report that is being read: */
    size_t n_footnotes;
    const struct pfg_report_row *blank; /* cleared; early rows begin as it */
    PFG_VEC(struct pfg_report_row) early_rows;
    PFG_VEC(struct pfg_early_rows) early; /* in the order of the sections */
    size_t next_early;                    /* the first that no section has */
};

/* Whether a member is written where its value is unknown, and is required when
 * it is read. */
enum pfg_presence {
    PFG_WHERE_KNOWN, /* written where known; optional */
    PFG_WRITTEN,     /* always written; optional */
    PFG_OR_NULL,     /* written as null where unknown; required, may be null */
    PFG_ALWAYS,      /* always written; required with a value */
};

/* The type of a member, and its value when it is unknown. */
enum pfg_scalar {
    PFG_SCALAR_NONE,
    PFG_SCALAR_TEXT,     /* "" or NULL */
    PFG_SCALAR_OPTIONAL, /* a text: NULL */
    PFG_SCALAR_TIME,     /* a pfg_time: 0 */
    PFG_SCALAR_BOOL,     /* false */
    PFG_SCALAR_INT,      /* 0 */
    PFG_SCALAR_LONG,     /* 0 */
    PFG_SCALAR_SIZE,     /* 0 */
    PFG_SCALAR_DOUBLE,   /* NAN */
    PFG_SCALAR_AMOUNT,   /* a double: 0 */
    PFG_SCALAR_WORD,     /* an enum: 0 */
    /* A PFG_LIST; unknown where it is empty: */
    PFG_SCALAR_TEXTS,   /* lines in a column, "" where empty */
    PFG_SCALAR_LINES,   /* the same, null where empty */
    PFG_SCALAR_FACTS,   /* a JSON object in a column */
    PFG_SCALAR_NUMBERS, /* doubles; has no column */
};

struct pfg_field;
struct pfg_field_kind {
    enum pfg_presence presence;
    enum pfg_scalar scalar;
    bool sorted; /* sort texts, or facts by their keys, after reading */
    const struct pfg_enum_words *words;
    /* Of a nested struct, or of the structs of a PFG_LIST. */
    const struct pfg_field *fields;
    size_t n;
    size_t size; /* of a struct of the list; 0: no list */
    bool sparse; /* leave out a struct without known members */
    bool lined;  /* a list with a line for each, so that a reviewer sees a
                    changed value as a changed line */
    bool (*known)(const void *at); /* NULL: as above; a struct always is */
    /* Checks a struct that was read; -1 with an error. May be NULL. */
    int (*check)(struct pfg_reading *r, const struct pfg_json_value *value,
                 void *at);
    /* For other types; may be NULL. `take` fails with an error that has a
     * place.
     */
    void (*put)(struct pfg_json_writer *w, const char *key, const void *at);
    int (*take)(struct pfg_reading *r, const struct pfg_json_value *value,
                void *at);
};

struct pfg_field {
    const char *key; /* NULL: in the database only */
    size_t offset;
    const struct pfg_field_kind *kind;
    const char *column; /* "revision.sha"; NULL: in JSON only */
    size_t flag;        /* PFG_FLAG(); 0: always present */
};

/* A list is a pointer followed by the number of its elements. PFG_LIST() checks
 * that and gives the offset; PFG_LENGTH() is the number, from the address of
 * the pointer. */
#define PFG_LIST(type, member)                                                 \
    offsetof(type, member) +                                                   \
        0 * sizeof(char[offsetof(type, n_##member) ==                          \
                                offsetof(type, member) + sizeof(void *)        \
                            ? 1                                                \
                            : -1])
#define PFG_LENGTH(at) (*(size_t *)((char *)(at) + sizeof(void *)))
/* The bool of the same struct that tells whether a member is present. */
#define PFG_FLAG(type, member) (offsetof(type, member) + 1)

/* The kind of a struct, and of a list of structs, with a table of fields. */
#define PFG_STRUCT(table)        .fields = (table), .n = PFG_COUNT(table)
#define PFG_STRUCTS(type, table) PFG_STRUCT(table), .size = sizeof(type)

/* PFG_WHERE_KNOWN. */
extern const struct pfg_field_kind pfg_kind_text;
extern const struct pfg_field_kind pfg_kind_optional;
extern const struct pfg_field_kind pfg_kind_time;
extern const struct pfg_field_kind pfg_kind_bool;
extern const struct pfg_field_kind pfg_kind_int;
extern const struct pfg_field_kind pfg_kind_long;
extern const struct pfg_field_kind pfg_kind_size;
extern const struct pfg_field_kind pfg_kind_double;
extern const struct pfg_field_kind pfg_kind_amount;
extern const struct pfg_field_kind pfg_kind_numbers;
extern const struct pfg_field_kind pfg_kind_texts;
extern const struct pfg_field_kind pfg_kind_sorted_texts;
extern const struct pfg_field_kind pfg_kind_facts;
extern const struct pfg_field_kind pfg_kind_sorted_facts;
/* PFG_ALWAYS, for formats that other programs read: optional members are harder
 * to read. */
extern const struct pfg_field_kind pfg_always_text;
extern const struct pfg_field_kind pfg_always_bool;
extern const struct pfg_field_kind pfg_always_size;
extern const struct pfg_field_kind pfg_always_int;
extern const struct pfg_field_kind pfg_always_texts;
extern const struct pfg_field_kind pfg_always_facts; /* sorted */
/* PFG_OR_NULL; an interval is three doubles: lower, upper and level. */
extern const struct pfg_field_kind pfg_null_text; /* NULL */
extern const struct pfg_field_kind pfg_null_double;
extern const struct pfg_field_kind pfg_null_time;
extern const struct pfg_field_kind pfg_null_interval;
/* Neither written nor read by the table, but allowed. */
extern const struct pfg_field_kind pfg_kind_elsewhere;

/* Of a struct pfg_run, revision, process, profile, series and piece. */
extern const struct pfg_field_kind pfg_kind_run;
extern const struct pfg_field_kind pfg_kind_revision;
extern const struct pfg_field_kind pfg_kind_process;
extern const struct pfg_field_kind pfg_kind_profile;
extern const struct pfg_field_kind pfg_kind_series;
extern const struct pfg_field_kind pfg_kind_piece;
/* Of parts of a piece; the address is the piece's. */
extern const struct pfg_field_kind pfg_kind_summary;
extern const struct pfg_field_kind pfg_kind_written;
extern const struct pfg_field_kind pfg_kind_budget;
/* Of the pointer to a report's rows, and of a pointer to a struct pfg_why, or
 * NULL. */
extern const struct pfg_field_kind pfg_kind_report_rows;
extern const struct pfg_field_kind pfg_kind_why;

/* Reads a row of a report early; the context is a struct pfg_reading. */
int pfg_early_row(void *context, const struct pfg_json_document *document,
                  const struct pfg_json_value *array,
                  const struct pfg_json_value *item);

/* Writes the value at an address, as the kind's presence says. */
void pfg_kind_put(struct pfg_json_writer *w, const char *key,
                  const struct pfg_field_kind *kind, const void *at);
/* Reads it. A struct is cleared first. */
int pfg_kind_take(struct pfg_reading *r, const struct pfg_json_value *value,
                  const struct pfg_field_kind *kind, void *at);
/* Only the members of a struct: without braces, and without clearing those that
 * are missing. `value` must be an object, and structs in it must be clear. */
void pfg_kind_put_members(struct pfg_json_writer *w,
                          const struct pfg_field_kind *kind, const void *at);
int pfg_kind_take_members(struct pfg_reading *r,
                          const struct pfg_json_value *value,
                          const struct pfg_field_kind *kind, void *at);
/* Makes all members unknown, except those with functions of their own. */
void pfg_kind_clear(const struct pfg_field_kind *kind, void *at);
/* Copies the texts, lists of texts and facts of a struct into the arena. */
void pfg_kind_copy(const struct pfg_field_kind *kind, void *at,
                   struct pfg_arena *arena);

/* Fails where `value` is not of the type. */
int pfg_fields_expect(struct pfg_reading *r, const struct pfg_json_value *value,
                      enum pfg_json_type type);
int pfg_fields_text(struct pfg_reading *r, const struct pfg_json_value *value,
                    const char **out);
/* A finite number, and an array of *n of them. */
int pfg_fields_number(struct pfg_reading *r, const struct pfg_json_value *value,
                      double *out);
int pfg_fields_numbers(struct pfg_reading *r,
                       const struct pfg_json_value *value, double **out,
                       size_t *n);

/* An object on a line of its own, in an array; pass the result of begin_line to
 * end_line. */
int pfg_fields_begin_line(struct pfg_json_writer *w);
void pfg_fields_end_line(struct pfg_json_writer *w, int indent);

/* ---- values.c: members that are not structs, as above ---- */

bool pfg_value_is_known(const struct pfg_field_kind *kind, const void *at);
void pfg_value_put(struct pfg_json_writer *w, const char *key,
                   const struct pfg_field_kind *kind, const void *at);
int pfg_value_take(struct pfg_reading *r, const struct pfg_json_value *value,
                   const struct pfg_field_kind *kind, void *at);
void pfg_value_clear(const struct pfg_field_kind *kind, void *at);
void pfg_value_copy(const struct pfg_field_kind *kind, void *at,
                    struct pfg_arena *arena);

/* A time, a bool or a whole number; false for other types. */
bool pfg_value_integer(const struct pfg_field_kind *kind, const void *at,
                       int64_t *out);
bool pfg_value_set_integer(const struct pfg_field_kind *kind, void *at,
                           int64_t number);

/* ---- codec_profile.c: facts, a PFG_LIST ---- */

/* {"goos": "linux"}; the values of a repeated key are an array. */
void pfg_facts_put(struct pfg_json_writer *w, const char *key, const void *at);
int pfg_facts_take(struct pfg_reading *r, const struct pfg_json_value *value,
                   bool sorted, void *at);

#endif
