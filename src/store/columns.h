#ifndef PFG_STORE_COLUMNS_H
#define PFG_STORE_COLUMNS_H

#include "base/map.h"
#include "model/codec/fields.h"
#include "store/sql/sql.h"

#define PFG_MOST_COLUMNS 48

/*
 * A kind of struct as columns, by the tables of model/codec/fields.h, in the
 * order of the members.
 */
struct pfg_columns {
    struct pfg_column {
        const struct pfg_field_kind *kind;
        const char *name; /* "run.time" */
        size_t offset;    /* of the member */
        size_t n_behind;  /* so many are absent where this flag is false */
    } at[PFG_MOST_COLUMNS];
    size_t n;
};

/* Those in `table` ("run"), or in any table where that is NULL. */
struct pfg_columns pfg_columns_of(const char *table,
                                  const struct pfg_field_kind *kind);

/* Leaves out the columns that stand behind a flag. */
void pfg_columns_drop_behind(struct pfg_columns *columns);

/* Appends their names: "run.time, run.tool", or without the tables. */
void pfg_columns_names(struct pfg_str *out, const struct pfg_columns *columns,
                       bool qualified);

/* Binds the members of `object` to the statement's next parameters. Texts that
 * have to be made for that are in the arena. */
void pfg_columns_bind(struct pfg_statement *statement,
                      const struct pfg_columns *columns, const void *object,
                      struct pfg_arena *arena);

/* Appends the value of every column: the same bytes before it was stored and
 * after it was loaded, on any machine. Digests of these are stored: whoever
 * adds a column, or moves one, has to migrate them. */
void pfg_columns_record(struct pfg_str *out, const struct pfg_columns *columns,
                        const void *object);

struct pfg_taking {
    struct pfg_arena *arena; /* of what is taken */
    /* Where it is not NULL, lists of facts by their texts: each text is parsed
     * once, and rows share the list. */
    struct pfg_map *facts;
    /* Where it is not NULL, gets what pfg_columns_record() would append; lists
     * of lines are then left empty. */
    struct pfg_str *record;
};

/* Sets the members from the row's next columns; -1 where one of them does not
 * hold what is written there. A text that the member has already is not copied
 * again: rows that follow each other share theirs. */
int pfg_columns_take(struct pfg_statement *row,
                     const struct pfg_columns *columns, void *object,
                     const struct pfg_taking *how);

#endif
