#ifndef PFG_STORE_COLUMNS_H
#define PFG_STORE_COLUMNS_H

#include "model/codec/fields.h"
#include "store/sql/sql.h"

/*
 * Structs as columns, by the tables of model/codec/fields.h: the columns of `table`
 * ("run"), or of every table where that is NULL, in the order of the members.
 */

/* Appends their names with their tables, "run.time, run.tool", or without; and
 * returns how many there are. */
size_t pfg_columns_names(struct pfg_str *out, const char *table,
                         const struct pfg_field_kind *kind, bool qualified);

/* Binds the members of `object` to the statement's next parameters. What has
 * to be made for that is in the arena. */
void pfg_columns_bind(struct pfg_statement *statement, const char *table,
                      const struct pfg_field_kind *kind, const void *object,
                      struct pfg_arena *arena);

/* Takes them from the row's next columns; -1 where one of them does not hold
 * what is written there. */
int pfg_columns_take(struct pfg_statement *row, const char *table,
                     const struct pfg_field_kind *kind, void *object,
                     struct pfg_arena *arena);

/* Appends every column's value, the same bytes before it was stored and after
 * it was loaded, on any machine. Digests of these are stored: whoever adds a
 * column, or moves one, has to migrate them. */
void pfg_columns_record(struct pfg_str *out, const struct pfg_field_kind *kind,
                        const void *object);

#endif
