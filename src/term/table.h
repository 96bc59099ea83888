#ifndef PFG_TERM_TABLE_H
#define PFG_TERM_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/* The columns that a text takes on a terminal; aware of UTF-8. */
size_t pfg_text_width(struct pfg_slice text);

/*
 * Appends `text` so that it is safe to show: control characters and those
 * that change the direction of writing are escaped ("\n", "\x1b", "\u202e"),
 * and so are bytes that are not UTF-8. The result is valid UTF-8 on one
 * line.
 */
void pfg_text_visible(struct pfg_str *out, struct pfg_slice text);
/* Whether pfg_text_visible() would leave it unchanged. */
bool pfg_text_is_visible(struct pfg_slice text);

/*
 * `line` from `start` on is a line of output that may begin with data. If it
 * would be a command to GitHub's runner ("::error::", "##[error]", also
 * after blanks), its first character is escaped.
 */
void pfg_text_defuse(struct pfg_str *line, size_t start);

/* Appends `text` in at most `width` columns, which is not 0. The middle of a
 * longer text is replaced by an ellipsis, because the ends of names tell them
 * apart. Returns the columns taken. */
size_t pfg_text_cut(struct pfg_str *out, struct pfg_slice text, size_t width);

/* Cuts a line off the front of `*text`: as many words as fit into `width`
 * columns, at least one. Strips blanks around it. */
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

/* Appends `text` in a style, or plain if `color` is false. */
void pfg_style_put(struct pfg_str *out, enum pfg_style style, bool color,
                   const char *text);

enum pfg_align {
    PFG_LEFT = 0,
    PFG_RIGHT,
};

/*
 * A table, laid out when it is printed: every column is as wide as its
 * widest cell. If the table is too wide, the first left-aligned column is
 * cut in the middle of its cells, with an ellipsis. Control characters in
 * cells are escaped.
 */
struct pfg_table;

struct pfg_table *pfg_table_new(struct pfg_arena *arena, size_t columns);
void pfg_table_align(struct pfg_table *table, size_t column,
                     enum pfg_align align);
/* Cells of the column that are wider than this are cut in the middle, too. */
void pfg_table_limit(struct pfg_table *table, size_t column, size_t width);
void pfg_table_row(struct pfg_table *table);  /* begins a row */
void pfg_table_rule(struct pfg_table *table); /* a line across */
/* A line of its own, outside the columns. If it is wider than the table may be,
 * it is broken between words and continues indented by `indent` columns. */
void pfg_table_line(struct pfg_table *table, enum pfg_style style,
                    size_t indent, const char *text);
/* The next cell of the current row. The text is copied. */
void pfg_table_text(struct pfg_table *table, enum pfg_style style,
                    const char *text);
void pfg_table_cell(struct pfg_table *table, enum pfg_style style,
                    const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The width of its rows if nothing is cut except by pfg_table_limit(). */
size_t pfg_table_width(const struct pfg_table *table);
void pfg_table_print(struct pfg_str *out, const struct pfg_table *table,
                     int width, bool color);

#endif
