#include "term/table.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdint.h>

#include <utf8proc.h>

#include "base/arena.h"

/* Columns between cells, and the narrowest column that gives way. */
enum { GAP = 2, NARROWEST = 16 };

static const char ELLIPSIS[] = "\u2026";

static const char *const codes[] = {
    [PFG_PLAIN] = "",          [PFG_BOLD] = "\033[1m",
    [PFG_DIM] = "\033[2m",     [PFG_RED] = "\033[31m",
    [PFG_YELLOW] = "\033[33m", [PFG_GREEN] = "\033[32m",
    [PFG_CYAN] = "\033[36m",
};

/* Cuts a character off the front of *text, which is not empty, and returns it;
 * -1 for a single byte that begins none. */
static int32_t next_character(struct pfg_slice *text, struct pfg_slice *taken)
{
    utf8proc_int32_t character = (signed char)*text->ptr;
    utf8proc_ssize_t len = 1;

    if (character < 0) {
        len = utf8proc_iterate((const utf8proc_uint8_t *)text->ptr,
                               (utf8proc_ssize_t)text->len, &character);
    }
    *taken = pfg_slice_first(*text, len > 0 ? (size_t)len : 1);
    *text = pfg_slice_from(*text, taken->len);
    return len > 0 ? character : -1;
}

static size_t width_of(int32_t character)
{
    return character >= 0x7f || (character >= 0 && character < ' ')
               ? (size_t)utf8proc_charwidth(character)
               : 1;
}

/* The length of the plain ASCII at the front, which is all of most texts. */
static size_t plain(struct pfg_slice text)
{
    size_t n = 0;

    while (n < text.len && text.ptr[n] >= ' ' && text.ptr[n] < 0x7f) {
        n++;
    }
    return n;
}

size_t pfg_text_width(struct pfg_slice text)
{
    struct pfg_slice taken;
    size_t width = 0;

    while (text.len) {
        size_t n = plain(text);

        width += n;
        text = pfg_slice_from(text, n);
        if (text.len) {
            width += width_of(next_character(&text, &taken));
        }
    }
    return width;
}

/* The length of the longest prefix of `text` that is at most `width` wide. */
static size_t front(struct pfg_slice text, size_t width)
{
    struct pfg_slice rest = text, taken;
    size_t used = 0, len = 0;

    while (rest.len) {
        used += width_of(next_character(&rest, &taken));
        if (used > width) {
            break;
        }
        len += taken.len;
    }
    return len;
}

size_t pfg_text_cut(struct pfg_str *out, struct pfg_slice text, size_t width)
{
    size_t whole = pfg_text_width(text);
    size_t head = (width - 1) / 2, start = out->len;
    struct pfg_slice rest = text, taken;

    if (whole <= width) {
        pfg_str_add(out, text);
        return whole;
    }
    pfg_str_add(out, pfg_slice_first(text, front(text, head)));
    pfg_str_puts(out, ELLIPSIS);
    while (rest.len && whole > width - 1 - head) {
        whole -= width_of(next_character(&rest, &taken));
    }
    pfg_str_add(out, rest);
    return pfg_text_width(pfg_slice_from(pfg_str_slice(out), start));
}

struct pfg_slice pfg_text_take_line(struct pfg_slice *text, size_t width)
{
    struct pfg_slice all = pfg_slice_trim_left(*text), rest = all, word;
    struct pfg_slice line = pfg_slice_first(all, 0);
    size_t used = 0;

    while ((word = pfg_take_word(&rest)).len) {
        size_t end = (size_t)(word.ptr + word.len - all.ptr);

        used +=
            pfg_text_width(pfg_slice_make(all.ptr + line.len, end - line.len));
        if (line.len && used > width) {
            break;
        }
        line = pfg_slice_first(all, end);
    }
    *text = pfg_slice_from(all, line.len);
    return line;
}

/* Characters that must be escaped: they move the cursor, end the line, or
 * change the order in which text is shown. */
static bool is_hidden(int32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c ||
           (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static void spell(struct pfg_str *out, int32_t character, unsigned char byte)
{
    if (character == '\n' || character == '\t' || character == '\r') {
        pfg_str_puts(out, character == '\n'   ? "\\n"
                          : character == '\t' ? "\\t"
                                              : "\\r");
    } else if (character > 0xff) {
        pfg_str_printf(out, "\\u%04x", (unsigned)character);
    } else {
        pfg_str_printf(out, "\\x%02x",
                       character < 0 ? byte : (unsigned)character);
    }
}

void pfg_text_visible(struct pfg_str *out, struct pfg_slice text)
{
    struct pfg_slice taken;

    while (text.len) {
        size_t n = plain(text);
        int32_t character;

        pfg_str_add(out, pfg_slice_first(text, n));
        text = pfg_slice_from(text, n);
        if (!text.len) {
            break;
        }
        character = next_character(&text, &taken);
        if (character < 0 || is_hidden(character)) {
            spell(out, character, (unsigned char)taken.ptr[0]);
        } else {
            pfg_str_add(out, taken);
        }
    }
}

bool pfg_text_is_visible(struct pfg_slice text)
{
    struct pfg_slice taken;

    while ((text = pfg_slice_from(text, plain(text))).len) {
        int32_t character = next_character(&text, &taken);

        if (character < 0 || is_hidden(character)) {
            return false;
        }
    }
    return true;
}

/* "::name::", "::name key=value::" or "##[name]". */
static bool is_command(struct pfg_slice line)
{
    size_t n = 0;

    if (!pfg_take(&line, "::")) {
        return pfg_slice_starts(line, "##[");
    }
    while (n < line.len && (isalpha((unsigned char)line.ptr[n]) ||
                            line.ptr[n] == '-' || line.ptr[n] == '_')) {
        n++;
    }
    line = pfg_slice_from(line, n);
    return n && (pfg_slice_starts(line, "::") ||
                 (pfg_slice_starts(line, " ") && pfg_slice_has(line, "::")));
}

void pfg_text_defuse(struct pfg_str *line, size_t start)
{
    struct pfg_slice whole = pfg_slice_from(pfg_str_slice(line), start);
    struct pfg_slice text = pfg_slice_trim_left(whole);
    struct pfg_str rest;

    if (!is_command(text)) {
        return;
    }
    pfg_str_init(&rest, 0);
    spell(&rest, (unsigned char)*text.ptr, 0);
    pfg_str_add(&rest, pfg_slice_from(text, 1));
    line->len -= text.len;
    pfg_str_add(line, pfg_str_slice(&rest));
    pfg_str_free(&rest);
}

void pfg_style_put(struct pfg_str *out, enum pfg_style style, bool color,
                   const char *text)
{
    bool styled = color && style != PFG_PLAIN && *text;

    pfg_str_puts(out, styled ? codes[style] : "");
    pfg_str_puts(out, text);
    pfg_str_puts(out, styled ? "\033[0m" : "");
}

struct cell {
    enum pfg_style style;
    const char *text;
    size_t width;
};

enum kind { CELLS, RULE, LINE };

struct row {
    enum kind kind;
    struct cell *cells; /* one for each column; one for a line */
    size_t n;
    size_t indent; /* of continuation lines */
};

struct pfg_table {
    struct pfg_arena *arena;
    size_t columns;
    enum pfg_align *align;
    size_t *limits; /* 0: none */
    PFG_VEC(struct row) rows;
};

struct pfg_table *pfg_table_new(struct pfg_arena *arena, size_t columns)
{
    struct pfg_table *table = pfg_arena_alloc(arena, sizeof *table);

    table->arena = arena;
    table->columns = columns;
    table->align = pfg_arena_new_array(arena, enum pfg_align, columns);
    table->limits = pfg_arena_new_array(arena, size_t, columns);
    return table;
}

void pfg_table_limit(struct pfg_table *table, size_t column, size_t width)
{
    table->limits[column] = width;
}

void pfg_table_align(struct pfg_table *table, size_t column,
                     enum pfg_align align)
{
    table->align[column] = align;
}

static struct row *add_row(struct pfg_table *table, enum kind kind,
                           size_t cells)
{
    struct row row = {.kind = kind};

    row.cells = pfg_arena_new_array(table->arena, struct cell, cells);
    pfg_vec_push(&table->rows, table->arena, row);
    return &table->rows.at[table->rows.n - 1];
}

static void add_cell(struct pfg_table *table, struct row *row,
                     enum pfg_style style, struct pfg_slice text)
{
    struct pfg_str visible = pfg_str_in(table->arena);

    pfg_text_visible(&visible, text);
    row->cells[row->n++] = (struct cell){
        .style = style,
        .text = visible.ptr,
        .width = pfg_text_width(pfg_str_slice(&visible)),
    };
}

void pfg_table_row(struct pfg_table *table)
{
    add_row(table, CELLS, table->columns);
}

void pfg_table_rule(struct pfg_table *table)
{
    add_row(table, RULE, 0);
}

void pfg_table_line(struct pfg_table *table, enum pfg_style style,
                    size_t indent, const char *text)
{
    struct row *row = add_row(table, LINE, 1);

    row->indent = indent;
    add_cell(table, row, style, pfg_slice_of(text));
}

void pfg_table_text(struct pfg_table *table, enum pfg_style style,
                    const char *text)
{
    struct row *row = &table->rows.at[table->rows.n - 1];

    if (row->n < table->columns) {
        add_cell(table, row, style, pfg_slice_of(text));
    }
}

void pfg_table_cell(struct pfg_table *table, enum pfg_style style,
                    const char *format, ...)
{
    va_list args;

    va_start(args, format);
    pfg_table_text(table, style, pfg_arena_vprintf(table->arena, format, args));
    va_end(args);
}

static size_t total_of(const size_t *widths, size_t n)
{
    size_t total = 0;

    for (size_t i = 0; i < n; i++) {
        total += widths[i] ? widths[i] + GAP : 0;
    }
    return total > GAP ? total - GAP : 0;
}

/* As wide as the widest cell; the first left column gives way. */
static void measure(size_t *widths, const struct pfg_table *table, int limit)
{
    size_t total, i = 0;

    for (size_t r = 0; r < table->rows.n; r++) {
        const struct row *row = &table->rows.at[r];

        for (size_t c = 0; row->kind == CELLS && c < row->n; c++) {
            size_t width = row->cells[c].width;

            if (table->limits[c] && width > table->limits[c]) {
                width = table->limits[c];
            }
            widths[c] = width > widths[c] ? width : widths[c];
        }
    }
    total = total_of(widths, table->columns);
    while (i < table->columns && table->align[i] != PFG_LEFT) {
        i++;
    }
    if (limit > 0 && total > (size_t)limit && i < table->columns &&
        widths[i] > NARROWEST) {
        size_t excess = total - (size_t)limit;

        widths[i] =
            widths[i] > NARROWEST + excess ? widths[i] - excess : NARROWEST;
    }
}

size_t pfg_table_width(const struct pfg_table *table)
{
    size_t *widths = pfg_arena_new_array(table->arena, size_t, table->columns);

    measure(widths, table, 0);
    return total_of(widths, table->columns);
}

static void put_cell(struct pfg_str *out, const struct cell *cell, size_t width,
                     enum pfg_align align, bool color)
{
    struct pfg_str cut = {0};
    const char *text = cell->text;
    size_t used = cell->width;

    if (used > width) {
        pfg_str_init(&cut, 0);
        used = pfg_text_cut(&cut, pfg_slice_of(text), width);
        text = cut.ptr;
    }
    if (align == PFG_RIGHT) {
        pfg_str_repeat(out, " ", width - used);
    }
    pfg_style_put(out, cell->style, color, text);
    if (align == PFG_LEFT) {
        pfg_str_repeat(out, " ", width - used);
    }
    pfg_str_free(&cut);
}

static void put_cells(struct pfg_str *out, const struct pfg_table *table,
                      const struct row *row, const size_t *widths, bool color)
{
    size_t owed = 0; /* blanks, written only when something follows */

    for (size_t c = 0; c < row->n; c++) {
        const struct cell *cell = &row->cells[c];

        if (!widths[c]) {
            continue;
        }
        if (!cell->width) {
            owed += widths[c] + GAP;
            continue;
        }
        pfg_str_repeat(out, " ", owed);
        put_cell(out, cell, widths[c], table->align[c], color);
        owed = GAP;
    }
}

/* Without the blanks that pad the last cell. */
static void end_line(struct pfg_str *out, size_t start)
{
    while (out->len > start && out->ptr[out->len - 1] == ' ') {
        out->ptr[--out->len] = '\0';
    }
    pfg_text_defuse(out, start);
    pfg_str_putc(out, '\n');
}

/* A row of one text, broken into lines. */
static void put_line(struct pfg_str *out, const struct pfg_table *table,
                     const struct row *row, int width, bool color)
{
    struct pfg_slice text = pfg_slice_of(row->cells[0].text);
    size_t indent = text.len - pfg_slice_trim_left(text).len;

    do {
        size_t start = out->len;
        size_t room = width > 0 && (size_t)width > indent + NARROWEST
                          ? (size_t)width - indent
                          : SIZE_MAX;

        pfg_str_repeat(out, " ", indent);
        pfg_style_put(
            out, row->cells[0].style, color,
            pfg_arena_slice(table->arena, pfg_text_take_line(&text, room)));
        end_line(out, start);
        indent = row->indent;
    } while (pfg_slice_trim_left(text).len);
}

void pfg_table_print(struct pfg_str *out, const struct pfg_table *table,
                     int width, bool color)
{
    size_t *widths = pfg_arena_new_array(table->arena, size_t, table->columns);

    measure(widths, table, width);
    for (size_t r = 0; r < table->rows.n; r++) {
        const struct row *row = &table->rows.at[r];
        size_t start = out->len;

        if (row->kind == RULE) {
            pfg_str_repeat(out, "\u2500", total_of(widths, table->columns));
        } else if (row->kind == LINE) {
            put_line(out, table, row, width, color);
            continue;
        } else {
            put_cells(out, table, row, widths, color);
        }
        end_line(out, start);
    }
}
