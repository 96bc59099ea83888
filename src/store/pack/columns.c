#include "store/pack/columns.h"

#include <assert.h>
#include <endian.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec/codec.h"

static bool is_in(const char *column, const char *table)
{
    size_t length = table ? strlen(table) : 0;

    return !table || (!strncmp(column, table, length) && column[length] == '.');
}

/* `offset` is that of the nested struct. */
static void add_columns(struct pfg_columns *out, const char *table,
                        const struct pfg_field_kind *kind, size_t offset)
{
    for (size_t i = 0; i < kind->n; i++) {
        const struct pfg_field *field = &kind->fields[i];
        size_t at = offset + field->offset;

        if (field->kind->fields && !field->kind->size) {
            add_columns(out, table, field->kind, at);
        } else if (field->column && is_in(field->column, table)) {
            assert(out->n < PFG_MOST_COLUMNS);
            out->at[out->n++] = (struct pfg_column){
                .kind = field->kind,
                .name = field->column,
                .offset = at,
                /* The members of a summary mean nothing in a piece that has
                 * none. */
                .n_behind = field == pfg_kind_summary.fields ? kind->n - 1 : 0,
            };
        }
    }
}

struct pfg_columns pfg_columns_of(const char *table,
                                  const struct pfg_field_kind *kind)
{
    struct pfg_columns columns = {.n = 0};

    add_columns(&columns, table, kind, 0);
    return columns;
}

void pfg_columns_names(struct pfg_str *out, const struct pfg_columns *columns,
                       bool qualified)
{
    for (size_t i = 0; i < columns->n; i++) {
        const char *name = columns->at[i].name;

        pfg_str_printf(out, "%s%s", i ? ", " : "",
                       qualified ? name : strchr(name, '.') + 1);
    }
}

/* --- values --- */

/* One line per item; a newline within an item becomes a space. */
static void add_lines(struct pfg_str *out, const void *at)
{
    const char *const *items = *(const char *const *const *)at;

    for (size_t i = 0; i < PFG_LENGTH(at); i++) {
        size_t begun = out->len + (i > 0);
        char *line_end;

        pfg_str_add(out, pfg_slice_make("\n", i > 0));
        pfg_str_puts(out, items[i]);
        for (line_end = out->ptr + begun;
             (line_end = strchr(line_end, '\n'));) {
            *line_end = ' ';
        }
    }
}

/* Appends a list as one text, and nothing for an empty one. */
static void add_list(struct pfg_str *out, enum pfg_scalar scalar,
                     const void *at)
{
    struct pfg_json_writer json = {.out = out};

    if (!PFG_LENGTH(at)) {
        return;
    }
    if (scalar == PFG_SCALAR_FACTS) {
        pfg_facts_put(&json, NULL, at);
    } else {
        add_lines(out, at);
    }
}

static bool is_list(enum pfg_scalar scalar)
{
    return scalar == PFG_SCALAR_TEXTS || scalar == PFG_SCALAR_LINES ||
           scalar == PFG_SCALAR_FACTS;
}

/* Whether the list has one item, which is then its text. */
static bool is_one_line(enum pfg_scalar scalar, const void *at)
{
    return scalar != PFG_SCALAR_FACTS && PFG_LENGTH(at) == 1 &&
           !strchr(**(const char *const *const *)at, '\n');
}

/* The text of a member that is neither number nor list; NULL for null. */
static const char *text_of(const struct pfg_field_kind *kind, const void *at)
{
    const char *text;

    if (kind->scalar == PFG_SCALAR_WORD) {
        return kind->words->at[*(const unsigned *)at];
    }
    text = *(const char *const *)at;
    return text || kind->scalar == PFG_SCALAR_OPTIONAL ? text : "";
}

/* --- binding --- */

static void bind_list(struct pfg_statement *statement, enum pfg_scalar scalar,
                      const void *at, struct pfg_arena *arena)
{
    const char *none = scalar == PFG_SCALAR_FACTS   ? "{}"
                       : scalar == PFG_SCALAR_TEXTS ? ""
                                                    : NULL;
    struct pfg_str text;

    if (!PFG_LENGTH(at)) {
        pfg_bind_text(statement, NULL, none);
        return;
    }
    if (is_one_line(scalar, at)) {
        pfg_bind_text(statement, NULL, **(const char *const *const *)at);
        return;
    }
    text = pfg_str_in(arena);
    add_list(&text, scalar, at);
    pfg_bind_text(statement, NULL, text.ptr);
}

void pfg_columns_bind(struct pfg_statement *statement,
                      const struct pfg_columns *columns, const void *object,
                      struct pfg_arena *arena)
{
    for (size_t i = 0; i < columns->n; i++) {
        const struct pfg_field_kind *kind = columns->at[i].kind;
        const void *at = (const char *)object + columns->at[i].offset;
        int64_t number;

        if (pfg_value_integer(kind, at, &number)) {
            pfg_bind_integer(statement, NULL, number);
        } else if (pfg_kind_is_real(kind)) {
            pfg_bind_real(statement, NULL, *(const double *)at);
        } else if (is_list(kind->scalar)) {
            bind_list(statement, kind->scalar, at, arena);
        } else {
            pfg_bind_text(statement, NULL, text_of(kind, at));
        }
    }
}

/* --- taking --- */

void pfg_lines_split(char *text, void *at, struct pfg_arena *arena)
{
    const char **lines;
    size_t n = 1;

    for (const char *c = text; *c; c++) {
        n += *c == '\n';
    }
    lines = pfg_arena_new_array(arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        lines[i] = text;
        text = strchr(text, '\n');
        if (text) {
            *text++ = '\0';
        }
    }
    *(const char ***)at = lines;
    PFG_LENGTH(at) = n;
}

static int parse_facts(struct pfg_slice text, void *at, struct pfg_arena *arena)
{
    struct pfg_json_document *document;
    int failed;

    if (pfg_json_parse(&document, text, "", 0, NULL)) {
        return -1;
    }
    failed = pfg_facts_take(
        &(struct pfg_reading){.document = document, .arena = arena},
        pfg_json_root(document), false, at);
    pfg_json_free(document);
    return failed;
}

struct known_facts {
    struct pfg_fact *at;
    size_t n;
};

static int take_facts(struct pfg_statement *row, void *at,
                      const struct pfg_taking *how)
{
    struct pfg_slice text = pfg_take_bytes(row);
    void **known;

    *(void **)at = NULL;
    PFG_LENGTH(at) = 0;
    if (pfg_slice_is(text, "{}")) {
        return 0;
    }
    known = how->facts ? pfg_map_at(how->facts, text) : NULL;
    if (known && *known) {
        memcpy(at, *known, sizeof(struct known_facts));
        return 0;
    }
    if (parse_facts(text, at, how->arena)) {
        return -1;
    }
    if (known) {
        *known = pfg_arena_alloc(how->arena, sizeof(struct known_facts));
        memcpy(*known, at, sizeof(struct known_facts));
    }
    return 0;
}

static int take(struct pfg_statement *row, const struct pfg_field_kind *kind,
                void *at, const struct pfg_taking *how)
{
    struct pfg_arena *arena = how->arena;
    int64_t number;
    char *text;

    switch (kind->scalar) {
    case PFG_SCALAR_TEXT:
    case PFG_SCALAR_OPTIONAL:
        *(const char **)at = pfg_take_shared(row, *(const char **)at, arena);
        if (kind->scalar == PFG_SCALAR_TEXT && !*(const char **)at) {
            *(const char **)at = "";
        }
        break;
    case PFG_SCALAR_TIME:
    case PFG_SCALAR_BOOL:
    case PFG_SCALAR_LONG:
    case PFG_SCALAR_SIZE:
        pfg_value_set_integer(kind, at, pfg_take_integer(row));
        break;
    case PFG_SCALAR_INT:
        number = pfg_take_integer(row);
        *(int *)at = number > 0 && number <= INT_MAX ? (int)number : 0;
        break;
    case PFG_SCALAR_DOUBLE:
    case PFG_SCALAR_AMOUNT:
        *(double *)at = pfg_take_real(row);
        break;
    case PFG_SCALAR_TEXTS:
    case PFG_SCALAR_LINES:
        *(void **)at = NULL;
        PFG_LENGTH(at) = 0;
        text = pfg_take_optional(row, arena);
        if (text && (*text || kind->scalar == PFG_SCALAR_LINES)) {
            pfg_lines_split(text, at, arena);
        }
        break;
    case PFG_SCALAR_FACTS:
        return take_facts(row, at, how);
    case PFG_SCALAR_WORD:
        return pfg_enum_find(kind->words, pfg_take_bytes(row), at);
    case PFG_SCALAR_NUMBERS:
    case PFG_SCALAR_NONE:
        break;
    }
    return 0;
}

int pfg_columns_take(struct pfg_statement *row,
                     const struct pfg_columns *columns, void *object,
                     const struct pfg_taking *how)
{
    for (size_t i = 0; i < columns->n; i++) {
        const struct pfg_column *column = &columns->at[i];
        void *at = (char *)object + column->offset;

        if (take(row, column->kind, at, how)) {
            return -1;
        }
        if (column->n_behind && !*(const bool *)at) {
            pfg_take_none(row, column->n_behind);
            i += column->n_behind;
        }
    }
    return 0;
}

/* --- recording --- */

static void record_number(struct pfg_str *out, uint64_t bits)
{
    bits = htole64(bits);
    pfg_str_add(out, pfg_slice_make((const char *)&bits, sizeof bits));
}

/* SQLite keeps neither NAN nor the sign of a zero. */
static void record_real(struct pfg_str *out, double value)
{
    uint64_t bits;

    value = isnan(value) ? (double)NAN : value + 0.0;
    memcpy(&bits, &value, sizeof bits);
    record_number(out, bits);
}

/* With its end. */
static void record_text(struct pfg_str *out, const char *text)
{
    pfg_str_add(out, pfg_slice_make(text, strlen(text) + 1));
}

void pfg_column_record(struct pfg_str *out, const struct pfg_field_kind *kind,
                       const void *at)
{
    const char *text;
    int64_t number;

    if (pfg_value_integer(kind, at, &number)) {
        record_number(out, (uint64_t)number);
    } else if (pfg_kind_is_real(kind)) {
        record_real(out, *(const double *)at);
    } else if (is_list(kind->scalar)) {
        add_list(out, kind->scalar, at);
        record_text(out, "");
    } else {
        text = text_of(kind, at);
        record_text(out, text ? text : "");
    }
}

void pfg_columns_record(struct pfg_str *out, const struct pfg_columns *columns,
                        const void *object)
{
    for (size_t i = 0; i < columns->n; i++) {
        const struct pfg_column *column = &columns->at[i];
        const void *at = (const char *)object + column->offset;

        pfg_column_record(out, column->kind, at);
        if (column->n_behind && !*(const bool *)at) {
            i += column->n_behind;
        }
    }
}
