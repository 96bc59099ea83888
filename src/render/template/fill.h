#ifndef PFG_RENDER_TEMPLATE_FILL_H
#define PFG_RENDER_TEMPLATE_FILL_H

#include "base/arena.h"
#include "model/report.h"
#include "render/render.h"
#include "render/template/template.h"
#include "render/words/next.h"

/*
 * Markers that the HTML page and the Markdown comment share, with the same
 * words. The templates document them.
 */
struct pfg_fill {
    const struct pfg_report *report;
    const struct pfg_render_options *options;
    struct pfg_arena *arena;
    bool emoji;      /* signs that forges show in colour; not every font has
                        them */
    bool seen_above; /* the banner tells the smallest detectable change */
    size_t longest;  /* columns, for data that is cut; 0: unlimited */
};

/* Sets a marker to `value` as one visible line, cut where it is too long. */
void pfg_fill_set(const struct pfg_fill *f, struct pfg_template *t,
                  const char *marker, const char *value);

/* A number. */
void pfg_fill_count(const struct pfg_fill *f, struct pfg_template *t,
                    const char *marker, size_t count);

/* Sets ANCHOR to the id of a row in the page. */
void pfg_fill_anchor(const struct pfg_fill *f, struct pfg_template *t,
                     const struct pfg_report_section *section,
                     const struct pfg_report_row *row);

/* Sets a marker and shows the section around it once, where there is text. */
void pfg_fill_optional(const struct pfg_fill *f, struct pfg_template *t,
                       const char *section, const char *marker,
                       const char *value);

/* Headline, outcome, counts, command, link. */
void pfg_fill_report(const struct pfg_fill *f, struct pfg_template *root);

/* Footnotes and warnings. */
void pfg_fill_footnotes(const struct pfg_fill *f, struct pfg_template *root);

/* Base, head, hardware, and a section's notes. */
void pfg_fill_section(const struct pfg_fill *f, struct pfg_template *t,
                      const struct pfg_report_section *section);
void pfg_fill_notes(const struct pfg_fill *f, struct pfg_template *t,
                    const struct pfg_report_section *section);

/* What to do: a section STEP for each. */
void pfg_fill_steps(const struct pfg_fill *f, struct pfg_template *t,
                    const struct pfg_steps *steps);

/* One line of a table. */
void pfg_fill_row(const struct pfg_fill *f, struct pfg_template *t,
                  const struct pfg_report_row *row);
/* One table of several heads compared with one base, at most `most` lines, and
 * the counts of each head. */
void pfg_fill_versions(const struct pfg_fill *f, struct pfg_template *root,
                       bool all, size_t most);

void pfg_fill_geomean(const struct pfg_fill *f, struct pfg_template *t,
                      const struct pfg_report_geomean *geomean);

#endif
