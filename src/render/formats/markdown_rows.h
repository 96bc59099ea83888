#ifndef PFG_RENDER_FORMATS_MARKDOWN_ROWS_H
#define PFG_RENDER_FORMATS_MARKDOWN_ROWS_H

#include "render/shared_parameters.h"
#include "render/template/fill.h"
#include "render/words/next.h"

/* The rows of the comment on a pull request. */

enum { PFG_MARKDOWN_BUDGET = 65000 }; /* bytes of the comment */

static inline size_t pfg_markdown_least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How much is shown. */
struct pfg_markdown_measure {
    size_t rows;   /* of all sections together */
    size_t asides; /* notes, footnotes, warnings: 0 or all */
    size_t sections;
};

/* The rows of a section, by the attention that they need. */
enum pfg_markdown_part {
    PFG_MARKDOWN_FAILING,
    PFG_MARKDOWN_LISTED,
    PFG_MARKDOWN_REST,
    PFG_MARKDOWN_N_PARTS,
};

/* What is the same of a section, however much of it is shown. */
struct pfg_markdown_section {
    struct pfg_shared shared;            /* parameters that labels leave out */
    bool suites;                         /* there are several: name them */
    size_t n_rows[PFG_MARKDOWN_N_PARTS]; /* that can be shown */
};

struct pfg_markdown {
    struct pfg_fill fill;
    struct pfg_markdown_measure measure;
    struct pfg_findings findings;
    struct pfg_markdown_section *sections;    /* as in the report */
    bool versions;                            /* one table for several heads */
    const struct pfg_report_section *section; /* the current one */
    const struct pfg_markdown_section *facts; /* about the current one */
    const struct pfg_report_row *above;       /* in the same table, or NULL */
    struct pfg_error *err;
};

/* Sets the findings and sections of s->fill.report, which belong to the arena.
 * The comment may be written many times until it is short enough, and this is
 * done once. */
void pfg_markdown_survey(struct pfg_markdown *s, struct pfg_arena *arena);

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
