#ifndef PFG_RENDER_TEMPLATE_FILL_H
#define PFG_RENDER_TEMPLATE_FILL_H

#include "base/arena.h"
#include "model/report.h"
#include "render/render.h"
#include "render/template/template.h"
#include "render/words/next.h"

/*
 * What the templates for people have in common: the same markers with the
 * same words. The templates document the markers.
 */
struct pfg_fill {
    const struct pfg_report *report;
    const struct pfg_render_options *options;
    struct pfg_arena *arena;
    bool emoji;      /* signs that forges show in colour; not every font has
                        them */
    bool seen_above; /* what could be seen stands in the banner already */
    size_t longest;  /* data longer than this many columns is cut; 0: never */
};

/* `value` as one visible line, cut where it is too long, into `marker`. */
void pfg_fill_set(const struct pfg_fill *f, struct pfg_template *t,
                  const char *marker, const char *value);

/* A number. */
void pfg_fill_count(const struct pfg_fill *f, struct pfg_template *t,
                    const char *marker, size_t count);

/* Where a row stands in the page, into ANCHOR. */
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

/* Base, head, hardware, what a section says about itself. */
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
/* Several heads beside one base in one table, at most `most` of its lines,
 * and what there is of each head. */
void pfg_fill_versions(const struct pfg_fill *f, struct pfg_template *root,
                       bool all, size_t most);

void pfg_fill_geomean(const struct pfg_fill *f, struct pfg_template *t,
                      const struct pfg_report_geomean *geomean);

#endif
