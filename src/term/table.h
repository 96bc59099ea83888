#ifndef PFG_TERM_TABLE_H
#define PFG_TERM_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/* The columns that a text takes on a terminal (UTF-8 aware; libutf8proc). */
size_t pfg_text_width(struct pfg_slice text);

/*
 * Appends `text` so that it can be looked at anywhere: control characters and
 * those that turn the direction of writing are spelt out ("\n", "\x1b",
 * "\u202e"), as are bytes that are no UTF-8. What comes out is valid UTF-8 on
 * one line.
 */
void pfg_text_visible(struct pfg_str *out, struct pfg_slice text);
/* Whether that would leave it as it is. */
bool pfg_text_is_visible(struct pfg_slice text);

/*
 * What stands in `line` from `start` on is a line of output that may begin
 * with data: where GitHub's runner would obey it ("::error::", "##[error]",
 * also behind blanks), its first character is spelt out.
 */
void pfg_text_defuse(struct pfg_str *line, size_t start);

/* Appends `text`, at most `width` (which is not 0) columns of it: its middle is
 * left out for an ellipsis, because the ends of names tell them apart. Returns
 * the columns taken. */
size_t pfg_text_cut(struct pfg_str *out, struct pfg_slice text, size_t width);

/* Cuts a line off the front of `*text`: the words that fit into `width`
 * columns, at least one. Blanks around it are left out. */
struct pfg_slice pfg_text_take_line(struct pfg_slice *text, size_t width);

enum pfg_style {
    PFG_PLAIN = 0,
    PFG_BOLD,
    PFG_DIM,
    PFG_RED,
    PFG_YELLOW,
    PFG_GREEN,
    PFG_CYAN,
};

/* `text` in a style, or as it is when `color` is false. */
void pfg_style_put(struct pfg_str *out, enum pfg_style style, bool color,
                   const char *text);

enum pfg_align {
    PFG_LEFT = 0,
    PFG_RIGHT,
};

/*
 * A table laid out when it is printed: every column as wide as its widest
 * cell. The first left column gives way, cut in its middle with an ellipsis,
 * when the table is wider than asked. A cell of width "" costs its column
 * nothing. Control characters in cells are shown, never sent to a terminal.
 */
struct pfg_table;

struct pfg_table *pfg_table_new(struct pfg_arena *arena, size_t columns);
void pfg_table_align(struct pfg_table *table, size_t column,
                     enum pfg_align align);
/* No cell of the column is shown wider than this; longer ones lose their
 * middle, too. */
void pfg_table_limit(struct pfg_table *table, size_t column, size_t width);
void pfg_table_row(struct pfg_table *table);  /* begins one */
void pfg_table_rule(struct pfg_table *table); /* a line across */
/* A line of its own that takes part in no column. Where it is wider than the
 * table may be it is broken between words, and goes on `indent` columns in. */
void pfg_table_line(struct pfg_table *table, enum pfg_style style,
                    size_t indent, const char *text);
/* The next cell of the current row. The text is copied. */
void pfg_table_cell(struct pfg_table *table, enum pfg_style style,
                    const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The columns that its rows take when nothing is cut but by a limit. */
size_t pfg_table_width(const struct pfg_table *table);
void pfg_table_print(struct pfg_str *out, const struct pfg_table *table,
                     int width, bool color);

#endif
