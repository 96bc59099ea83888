#ifndef PFG_RENDER_FORMATS_MARKDOWN_ROWS_H
#define PFG_RENDER_FORMATS_MARKDOWN_ROWS_H

#include "render/shared_parameters.h"
#include "render/template/fill.h"

/* The rows of the comment on a pull request. */

enum { PFG_MARKDOWN_BUDGET = 65000 }; /* bytes of the comment */

/* How much is shown. */
struct pfg_markdown_measure {
    size_t rows;   /* of all sections together */
    size_t asides; /* notes, footnotes, warnings: 0 or all */
    size_t sections;
};

struct pfg_markdown {
    struct pfg_fill fill;
    struct pfg_markdown_measure measure;
    struct pfg_shared shared; /* parameters that labels leave out */
    bool versions;            /* one table for several heads */
    const struct pfg_report_section *section; /* the current one */
    const struct pfg_report_row *above;       /* in the same table, or NULL */
    struct pfg_error *err;
};

/* Makes this the current section. */
void pfg_markdown_enter(struct pfg_markdown *s,
                        const struct pfg_report_section *section);

/* "Plan/rows=1000", "Plan/rows=1000 allocs", or "↳ allocs" below it. */
const char *pfg_markdown_name(struct pfg_markdown *s,
                              const struct pfg_report_row *row);

/* Rows of the section of that index that fail or need attention: the first are
 * shown, others folded. */
void pfg_markdown_listed(struct pfg_markdown *s, struct pfg_template *t,
                         size_t index);

/* The number and names of its benchmarks that need no attention. */
void pfg_markdown_rest(struct pfg_markdown *s, struct pfg_template *t,
                       size_t index);

#endif
