#include "store/rows.h"

#include <stdlib.h>

#include "base/str.h"

/* A table: the columns that are bound first and by hand, and the struct with
 * the rest. */
static const struct table {
    const char *name, *first;
    const struct pfg_field_kind *kind;
    bool has_nulls;
} tables[PFG_N_ROWS] = {
    {"revision", "", &pfg_kind_run},
    {"hardware", "", &pfg_kind_run, true},
    {"benchmark", "", &pfg_kind_series},
    {"series", "benchmark", &pfg_kind_series},
    {"run", "revision, hardware, n_series, content", &pfg_kind_run},
    {"process", "run, number", &pfg_kind_process},
};

static const struct pfg_columns *columns_of(struct pfg_rows *rows,
                                            enum pfg_row row)
{
    struct pfg_columns *columns = &rows->columns[row];
    const struct table *table = &tables[row];

    if (!columns->n) {
        *columns = pfg_columns_of(table->name, table->kind);
    }
    return columns;
}

void pfg_rows_bind(struct pfg_rows *rows, enum pfg_row row,
                   struct pfg_statement *to, const void *object)
{
    pfg_columns_bind(to, columns_of(rows, row), object, rows->arena);
}

/* "INSERT INTO t (a, b) VALUES (?, ?" and `rest`. */
static void put_insert(struct pfg_str *sql, struct pfg_rows *rows,
                       enum pfg_row row, const char *rest)
{
    const struct table *table = &tables[row];
    const struct pfg_columns *columns = columns_of(rows, row);
    size_t n = columns->n + (*table->first != '\0');

    pfg_str_init(sql, 0);
    pfg_str_printf(sql, "INSERT INTO %s (%s%s", table->name, table->first,
                   *table->first ? ", " : "");
    pfg_columns_names(sql, columns, false);
    for (const char *c = table->first; *c; c++) {
        n += *c == ',';
    }
    pfg_str_puts(sql, ") VALUES (?");
    pfg_str_repeat(sql, ", ?", n - 1);
    pfg_str_puts(sql, rest);
}

struct pfg_statement *pfg_rows_adder(struct pfg_rows *rows, enum pfg_row row)
{
    struct pfg_str sql;

    if (!rows->adders[row]) {
        put_insert(&sql, rows, row, ") RETURNING id");
        pfg_statement_new(&rows->adders[row], rows->store, sql.ptr, rows->err);
        pfg_str_free(&sql);
    }
    return rows->adders[row];
}

struct pfg_statement *pfg_rows_bulk(struct pfg_rows *rows, enum pfg_row row)
{
    struct pfg_str sql;

    if (!rows->bulks[row]) {
        put_insert(&sql, rows, row, ")");
        pfg_statement_new_bulk(&rows->bulks[row], rows->store, sql.ptr,
                               rows->err);
        pfg_str_free(&sql);
    }
    return rows->bulks[row];
}

int pfg_rows_flush(struct pfg_rows *rows)
{
    for (size_t i = 0; i < PFG_N_ROWS; i++) {
        if (rows->bulks[i] && pfg_statement_flush(rows->bulks[i], rows->err)) {
            return -1;
        }
    }
    return 0;
}

/* "SELECT id FROM t WHERE a = ? AND b = ?", or IS, which finds nulls and, with
 * PostgreSQL, uses no index. */
static struct pfg_statement *finder(struct pfg_rows *rows, enum pfg_row row)
{
    const struct table *table = &tables[row];
    struct pfg_str sql, names;
    struct pfg_slice rest;
    const char *joint = " WHERE ";

    if (rows->finders[row]) {
        return rows->finders[row];
    }
    pfg_str_init(&sql, 0);
    pfg_str_init(&names, 0);
    pfg_columns_names(&names, columns_of(rows, row), false);
    pfg_str_printf(&sql, "SELECT id FROM %s", table->name);
    for (rest = pfg_str_slice(&names); rest.len; joint = " AND") {
        struct pfg_slice name = pfg_take_until(&rest, ',');

        pfg_str_printf(&sql, "%s%.*s %s ?", joint, PFG_SLICE(name),
                       table->has_nulls ? "IS" : "=");
    }
    pfg_statement_new(&rows->finders[row], rows->store, sql.ptr, rows->err);
    pfg_str_free(&names);
    pfg_str_free(&sql);
    return rows->finders[row];
}

int pfg_rows_intern(struct pfg_rows *rows, enum pfg_row row, const void *object,
                    int64_t *id)
{
    struct pfg_statement *find = finder(rows, row), *add;
    int got;

    if (!find) {
        return -1;
    }
    pfg_rows_bind(rows, row, find, object);
    got = pfg_statement_number(find, id, rows->err);
    if (got) {
        return got < 0 ? -1 : 0;
    }
    add = pfg_rows_adder(rows, row);
    if (!add) {
        return -1;
    }
    pfg_rows_bind(rows, row, add, object);
    return pfg_statement_number(add, id, rows->err) < 0 ? -1 : 0;
}

void pfg_rows_free(struct pfg_rows *rows)
{
    for (size_t i = 0; i < PFG_N_ROWS; i++) {
        pfg_statement_free(rows->adders[i]);
        pfg_statement_free(rows->bulks[i]);
        pfg_statement_free(rows->finders[i]);
    }
}
