#ifndef PFG_STORE_COLUMNS_H
#define PFG_STORE_COLUMNS_H

#include "base/map.h"
#include "model/codec/fields.h"
#include "store/sql/sql.h"

#define PFG_MOST_COLUMNS 48

/*
 * The members of a kind of struct as columns, from the tables in
 * model/codec/fields.h and in their order.
 */
struct pfg_columns {
    struct pfg_column {
        const struct pfg_field_kind *kind;
        const char *name; /* "run.time" */
        size_t offset;    /* of the member in the struct */
        size_t n_behind;  /* this many columns that follow are absent where this
                             flag is false */
    } at[PFG_MOST_COLUMNS];
    size_t n;
};

/* The columns of `table` ("run"), or of all tables where it is NULL. */
struct pfg_columns pfg_columns_of(const char *table,
                                  const struct pfg_field_kind *kind);

/* Appends the columns' names: "run.time, run.tool" where `qualified`, else
 * "time, tool". */
void pfg_columns_names(struct pfg_str *out, const struct pfg_columns *columns,
                       bool qualified);

/* Binds the members of `object` to the statement's next parameters. Texts that
 * are made for this are allocated in the arena. */
void pfg_columns_bind(struct pfg_statement *statement,
                      const struct pfg_columns *columns, const void *object,
                      struct pfg_arena *arena);

/* Whether a member is stored as a floating-point number. */
static inline bool pfg_kind_is_real(const struct pfg_field_kind *kind)
{
    return kind->scalar == PFG_SCALAR_DOUBLE ||
           kind->scalar == PFG_SCALAR_AMOUNT;
}

/* Appends the value of every column. The bytes are the same before a struct is
 * stored and after it is loaded, on every machine. Digests of them are stored,
 * so a change that adds or moves a column has to migrate the digests. */
void pfg_columns_record(struct pfg_str *out, const struct pfg_columns *columns,
                        const void *object);

/* The same for one column, with the address of the member. */
void pfg_column_record(struct pfg_str *out, const struct pfg_field_kind *kind,
                       const void *at);

/* Sets a list of lines to those of `text`, which is cut up and not copied. */
void pfg_lines_split(char *text, void *at, struct pfg_arena *arena);

struct pfg_taking {
    struct pfg_arena *arena; /* for the values that are read */
    /* If not NULL, caches lists of facts by their text: each text is parsed
     * once, and rows share the list. */
    struct pfg_map *facts;
};

/* Sets the members from the row's next columns; -1 if a column holds an invalid
 * value. A text that is equal to the member's present one is not copied again,
 * so successive rows share their texts. */
int pfg_columns_take(struct pfg_statement *row,
                     const struct pfg_columns *columns, void *object,
                     const struct pfg_taking *how);

#endif
