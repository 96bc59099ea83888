#ifndef PFG_MODEL_CODEC_FIELDS_H
#define PFG_MODEL_CODEC_FIELDS_H

#include <stddef.h>

#include "base/error.h"
#include "json/json.h"
#include "json/write.h"

struct pfg_arena;

/*
 * Structs by tables, one line a member: it says what the member is, under which
 * key it stands in JSON and in which column a database keeps it
 * (store/columns.h). From the same table a struct is written, read, cleared and
 * copied. A key that the table does not have is an error, so that a typing
 * mistake in a hand-written file is found.
 */

/* What reading needs; strings are copied into the arena. */
struct pfg_reading {
    const struct pfg_json_document *document;
    struct pfg_arena *arena;
    struct pfg_error *err;
    size_t n_processes; /* of the run that is being read */
    size_t n_footnotes; /* of the report that is being read */
};

/* Whether a member is written where it is not known, and has to be there, with
 * a value, where it is read. */
enum pfg_presence {
    PFG_WHERE_KNOWN, /* it may be left out both ways */
    PFG_WRITTEN,     /* it is always written, and need not be there */
    PFG_OR_NULL,     /* it is written as null, and must be there */
    PFG_ALWAYS,      /* it is always written, and must have a value */
};

/* What a member is in memory; and when it is not known. */
enum pfg_scalar {
    PFG_SCALAR_NONE,
    PFG_SCALAR_TEXT,     /* "", as NULL is */
    PFG_SCALAR_OPTIONAL, /* a text: NULL */
    PFG_SCALAR_TIME,     /* a pfg_time: 0 */
    PFG_SCALAR_BOOL,     /* false */
    PFG_SCALAR_INT,      /* 0 */
    PFG_SCALAR_LONG,     /* 0 */
    PFG_SCALAR_SIZE,     /* 0 */
    PFG_SCALAR_DOUBLE,   /* NAN */
    PFG_SCALAR_AMOUNT,   /* a double: 0 */
    PFG_SCALAR_WORD,     /* an enum: 0 */
    /* PFG_LIST, without any: */
    PFG_SCALAR_TEXTS,   /* in a column a line each; none is "" */
    PFG_SCALAR_LINES,   /* the same; none is null */
    PFG_SCALAR_FACTS,   /* in a column a JSON object */
    PFG_SCALAR_NUMBERS, /* doubles; in no column */
};

struct pfg_field;
struct pfg_field_kind {
    enum pfg_presence presence;
    enum pfg_scalar scalar;
    bool sorted; /* texts, and facts by their keys, when they have been read */
    const struct pfg_enum_words *words;
    /* Of a struct within, at the same address; or of those of a PFG_LIST. */
    const struct pfg_field *fields;
    size_t n;
    size_t size; /* of a struct of the list; 0: it is none */
    bool sparse; /* a struct none of whose members is known is left out */
    bool lined;  /* a list with a line for each, so that a reviewer sees a
                    changed value as a changed line */
    bool (*known)(const void *at); /* NULL: as above; a struct is */
    /* Looks at a struct that was read; -1 with an error. NULL: all are fine. */
    int (*check)(struct pfg_reading *r, const struct pfg_json_value *value,
                 void *at);
    /* Of what is none of all these; each may be NULL. `take` fails with an
     * error that has a place. */
    void (*put)(struct pfg_json_writer *w, const char *key, const void *at);
    int (*take)(struct pfg_reading *r, const struct pfg_json_value *value,
                void *at);
};

struct pfg_field {
    const char *key; /* NULL: in the database only */
    size_t offset;
    const struct pfg_field_kind *kind;
    const char *column; /* "revision.sha"; NULL: in JSON only */
    size_t flag;        /* PFG_FLAG(); 0: it is there */
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
/* The bool of the same struct that says whether a member is there. */
#define PFG_FLAG(type, member) (offsetof(type, member) + 1)

/* Members of a kind, for a table of fields: a struct's, and a list's. */
#define PFG_STRUCT(table)        .fields = (table), .n = PFG_COUNT(table)
#define PFG_STRUCTS(type, table) PFG_STRUCT(table), .size = sizeof(type)

/* Left out where they are not known. */
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
/* Always there, for a format whose readers are other programs: that is easier
 * for them than what is left out. */
extern const struct pfg_field_kind pfg_always_text;
extern const struct pfg_field_kind pfg_always_bool;
extern const struct pfg_field_kind pfg_always_size;
extern const struct pfg_field_kind pfg_always_int;
extern const struct pfg_field_kind pfg_always_texts;
extern const struct pfg_field_kind pfg_always_facts; /* sorted */
/* There, or null; an interval is three doubles: lower, upper and level. */
extern const struct pfg_field_kind pfg_null_text; /* NULL */
extern const struct pfg_field_kind pfg_null_double;
extern const struct pfg_field_kind pfg_null_time;
extern const struct pfg_field_kind pfg_null_interval;
/* Not written, and passed over: whoever needs more than its value reads it. */
extern const struct pfg_field_kind pfg_kind_elsewhere;

/* Of a struct pfg_run, revision, process, profile, series and piece. */
extern const struct pfg_field_kind pfg_kind_run;
extern const struct pfg_field_kind pfg_kind_revision;
extern const struct pfg_field_kind pfg_kind_process;
extern const struct pfg_field_kind pfg_kind_profile;
extern const struct pfg_field_kind pfg_kind_series;
extern const struct pfg_field_kind pfg_kind_piece;
/* Of parts of a piece, at the piece. */
extern const struct pfg_field_kind pfg_kind_summary;
extern const struct pfg_field_kind pfg_kind_written;
extern const struct pfg_field_kind pfg_kind_budget;
/* Of a report's rows, at the pointer to them; and of a pointer to a struct
 * pfg_why, or NULL. */
extern const struct pfg_field_kind pfg_kind_report_rows;
extern const struct pfg_field_kind pfg_kind_why;

/* Writes what is at an address, whether it is known or not. */
void pfg_kind_put(struct pfg_json_writer *w, const char *key,
                  const struct pfg_field_kind *kind, const void *at);
/* Reads it. A struct is cleared before. */
int pfg_kind_take(struct pfg_reading *r, const struct pfg_json_value *value,
                  const struct pfg_field_kind *kind, void *at);
/* The members of a struct alone: without the braces around them, and without
 * clearing what is not there. `value` must be an object. */
void pfg_kind_put_members(struct pfg_json_writer *w,
                          const struct pfg_field_kind *kind, const void *at);
int pfg_kind_take_members(struct pfg_reading *r,
                          const struct pfg_json_value *value,
                          const struct pfg_field_kind *kind, void *at);
/* Makes all of a struct unknown, but what has functions of its own. */
void pfg_kind_clear(const struct pfg_field_kind *kind, void *at);
/* Copies the texts, lists of texts and facts of a struct into the arena, so
 * that it borrows nothing more of these. */
void pfg_kind_copy(const struct pfg_field_kind *kind, void *at,
                   struct pfg_arena *arena);

/* Fails where `value` is not of the type. */
int pfg_fields_expect(struct pfg_reading *r, const struct pfg_json_value *value,
                      enum pfg_json_type type);
int pfg_fields_text(struct pfg_reading *r, const struct pfg_json_value *value,
                    const char **out);
/* A finite number; and an array of them, how many in *n. */
int pfg_fields_number(struct pfg_reading *r, const struct pfg_json_value *value,
                      double *out);
int pfg_fields_numbers(struct pfg_reading *r,
                       const struct pfg_json_value *value, double **out,
                       size_t *n);

/* An object of an array on a line of its own; begin_line returns what end_line
 * wants. */
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

/* A time, a bool or a whole number; false: it is none of these. */
bool pfg_value_integer(const struct pfg_field_kind *kind, const void *at,
                       int64_t *out);
bool pfg_value_set_integer(const struct pfg_field_kind *kind, void *at,
                           int64_t number);

/* ---- codec_profile.c: facts, a PFG_LIST ---- */

/* {"goos": "linux"}; a key that stands several times has an array. */
void pfg_facts_put(struct pfg_json_writer *w, const char *key, const void *at);
int pfg_facts_take(struct pfg_reading *r, const struct pfg_json_value *value,
                   bool sorted, void *at);

#endif
