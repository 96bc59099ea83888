#ifndef PFG_RENDER_FORMATS_TEXT_TABLE_H
#define PFG_RENDER_FORMATS_TEXT_TABLE_H

#include "base/arena.h"
#include "render/render.h"
#include "term/table.h"

/* The text report: what its parts share, and its table. */
struct pfg_text_page {
    struct pfg_str *out;
    const struct pfg_report *report;
    const struct pfg_render_options *options;
    struct pfg_arena *arena;
    bool all; /* every row is shown */
};

/* How verdicts look. */
extern const enum pfg_style pfg_text_styles[PFG_N_VERDICTS];

/* Writes "label  text" with data made visible, broken between words where the
 * terminal is narrower; nothing where the text is "". */
void pfg_text_line(struct pfg_text_page *p, enum pfg_style style,
                   const char *label, const char *text);

/* Writes the rows of a section as a table, and counts those that it hides. */
void pfg_text_table(struct pfg_text_page *p,
                    const struct pfg_report_section *section);

#endif
