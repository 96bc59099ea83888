#include "store/columns.h"

#include <endian.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "model/codec/codec.h"

/* What is done with each column; `at` is the member. 1: the rest of the struct
 * that it is in is not there. */
struct walk {
    const char *table;
    int (*visit)(struct walk *w, const struct pfg_field *field, void *at);
    struct pfg_statement *statement;
    struct pfg_arena *arena;
    struct pfg_str *out;
    bool qualified;
    size_t n;
};

static bool is_in(const char *column, const char *table)
{
    size_t length = table ? strlen(table) : 0;

    return !table || (!strncmp(column, table, length) && column[length] == '.');
}

static int walk(struct walk *w, const struct pfg_field *fields, size_t n,
                void *object)
{
    for (size_t i = 0; i < n; i++) {
        const struct pfg_field *field = &fields[i];
        void *at = (char *)object + field->offset;
        int result = 0;

        if (field->kind->fields && !field->kind->size) {
            result = walk(w, field->kind->fields, field->kind->n, at);
        } else if (field->column && is_in(field->column, w->table)) {
            result = w->visit(w, field, at);
        }
        if (result) {
            return result < 0 ? -1 : 0;
        }
    }
    return 0;
}

/* A piece without a summary has none of its members, whatever is in them. That
 * it has none comes first. */
static bool lacks_rest(const struct pfg_field *field, bool value)
{
    return field == pfg_kind_summary.fields && !value;
}

/* --- names --- */

static int add_name(struct walk *w, const struct pfg_field *field, void *at)
{
    (void)at;
    pfg_str_printf(w->out, "%s%s", w->n++ ? ", " : "",
                   w->qualified ? field->column
                                : strchr(field->column, '.') + 1);
    return 0;
}

size_t pfg_columns_names(struct pfg_str *out, const char *table,
                         const struct pfg_field_kind *kind, bool qualified)
{
    struct walk w = {
        .table = table, .visit = add_name, .out = out, .qualified = qualified};
    char none;

    walk(&w, kind->fields, kind->n, &none);
    return w.n;
}

/* --- values --- */

/* A line each; an item has no more than one. */
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

/* A list as one text; an empty one adds nothing. */
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

static bool is_real(enum pfg_scalar scalar)
{
    return scalar == PFG_SCALAR_DOUBLE || scalar == PFG_SCALAR_AMOUNT;
}

static bool is_list(enum pfg_scalar scalar)
{
    return scalar == PFG_SCALAR_TEXTS || scalar == PFG_SCALAR_LINES ||
           scalar == PFG_SCALAR_FACTS;
}

/* Of what is neither number nor list; NULL is null. */
static const char *text_of(const struct pfg_field *field, const void *at)
{
    const char *text;

    if (field->kind->scalar == PFG_SCALAR_WORD) {
        return field->kind->words->at[*(const unsigned *)at];
    }
    text = *(const char *const *)at;
    return text || field->kind->scalar == PFG_SCALAR_OPTIONAL ? text : "";
}

/* --- binding --- */

static void bind_list(struct walk *w, enum pfg_scalar scalar, const void *at)
{
    const char *none = scalar == PFG_SCALAR_FACTS   ? "{}"
                       : scalar == PFG_SCALAR_TEXTS ? ""
                                                    : NULL;
    struct pfg_str text;

    if (!PFG_LENGTH(at)) {
        pfg_bind_text(w->statement, NULL, none);
        return;
    }
    pfg_str_init(&text, 0);
    add_list(&text, scalar, at);
    pfg_bind_text(w->statement, NULL,
                  pfg_arena_slice(w->arena, pfg_str_slice(&text)));
    pfg_str_free(&text);
}

static int bind(struct walk *w, const struct pfg_field *field, void *at)
{
    enum pfg_scalar scalar = field->kind->scalar;
    int64_t number;

    if (pfg_value_integer(field->kind, at, &number)) {
        pfg_bind_integer(w->statement, NULL, number);
    } else if (is_real(scalar)) {
        pfg_bind_real(w->statement, NULL, *(double *)at);
    } else if (is_list(scalar)) {
        bind_list(w, scalar, at);
    } else {
        pfg_bind_text(w->statement, NULL, text_of(field, at));
    }
    return 0;
}

void pfg_columns_bind(struct pfg_statement *statement, const char *table,
                      const struct pfg_field_kind *kind, const void *object,
                      struct pfg_arena *arena)
{
    struct walk w = {
        .table = table, .visit = bind, .statement = statement, .arena = arena};

    walk(&w, kind->fields, kind->n, (void *)object);
}

/* --- taking --- */

/* The lines of `text`, borrowed from it after it was cut. */
static void split_lines(char *text, void *at, struct pfg_arena *arena)
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

static int take_facts(struct walk *w, void *at)
{
    struct pfg_slice text = pfg_take_bytes(w->statement);
    struct pfg_json_document *document;
    int failed;

    *(void **)at = NULL;
    PFG_LENGTH(at) = 0;
    if (pfg_slice_is(text, "{}")) {
        return 0;
    }
    if (pfg_json_parse(&document, text, "", 0, NULL)) {
        return -1;
    }
    failed = pfg_facts_take(
        &(struct pfg_reading){.document = document, .arena = w->arena},
        pfg_json_root(document), false, at);
    pfg_json_free(document);
    return failed;
}

static int take(struct walk *w, const struct pfg_field *field, void *at)
{
    struct pfg_statement *row = w->statement;
    int64_t number;
    char *text;

    switch (field->kind->scalar) {
    case PFG_SCALAR_TEXT:
        *(const char **)at = pfg_take_text(row, w->arena);
        break;
    case PFG_SCALAR_OPTIONAL:
        *(const char **)at = pfg_take_optional(row, w->arena);
        break;
    case PFG_SCALAR_TIME:
    case PFG_SCALAR_BOOL:
    case PFG_SCALAR_LONG:
    case PFG_SCALAR_SIZE:
        number = pfg_take_integer(row);
        pfg_value_set_integer(field->kind, at, number);
        if (lacks_rest(field, number)) {
            pfg_take_none(row, pfg_kind_summary.n - 1);
            return 1;
        }
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
        text = pfg_take_optional(row, w->arena);
        if (text && (*text || field->kind->scalar == PFG_SCALAR_LINES)) {
            split_lines(text, at, w->arena);
        }
        break;
    case PFG_SCALAR_FACTS:
        return take_facts(w, at);
    case PFG_SCALAR_WORD:
        return pfg_enum_find(field->kind->words,
                             pfg_slice_of(pfg_take_text(row, w->arena)), at);
    case PFG_SCALAR_NUMBERS:
    case PFG_SCALAR_NONE:
        break;
    }
    return 0;
}

int pfg_columns_take(struct pfg_statement *row, const char *table,
                     const struct pfg_field_kind *kind, void *object,
                     struct pfg_arena *arena)
{
    struct walk w = {
        .table = table, .visit = take, .statement = row, .arena = arena};

    return walk(&w, kind->fields, kind->n, object);
}

/* --- recording --- */

static void record_number(struct pfg_str *out, uint64_t bits)
{
    bits = htole64(bits);
    pfg_str_add(out, pfg_slice_make((const char *)&bits, sizeof bits));
}

/* Null is not a number; SQLite keeps no sign of a zero, and no NAN. */
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

static int record(struct walk *w, const struct pfg_field *field, void *at)
{
    enum pfg_scalar scalar = field->kind->scalar;
    const char *text;
    int64_t number;

    if (pfg_value_integer(field->kind, at, &number)) {
        record_number(w->out, (uint64_t)number);
        return lacks_rest(field, number);
    } else if (is_real(scalar)) {
        record_real(w->out, *(double *)at);
    } else if (is_list(scalar)) {
        add_list(w->out, scalar, at);
        record_text(w->out, "");
    } else {
        text = text_of(field, at);
        record_text(w->out, text ? text : "");
    }
    return 0;
}

void pfg_columns_record(struct pfg_str *out, const struct pfg_field_kind *kind,
                        const void *object)
{
    struct walk w = {.visit = record, .out = out};

    walk(&w, kind->fields, kind->n, (void *)object);
}
