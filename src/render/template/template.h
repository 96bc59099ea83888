#ifndef PFG_RENDER_TEMPLATE_TEMPLATE_H
#define PFG_RENDER_TEMPLATE_TEMPLATE_H

#include "base/error.h"
#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * ctemplate for C. Fill a dictionary with values and sections and expand a
 * template with it: the file of that name in an overriding folder, or else the
 * one of templates/ that is built into the binary. Names of markers and
 * sections must be literals, because their addresses are kept.
 */
struct pfg_template; /* a dictionary, and those below it */

struct pfg_template *pfg_template_new(const char *name); /* "report.html" */
void pfg_template_free(struct pfg_template *root);       /* NULL is fine */

void pfg_template_set(struct pfg_template *t, const char *marker,
                      const char *value);
/* Repeats a section once more; the result belongs to `t`. */
struct pfg_template *pfg_template_section(struct pfg_template *t,
                                          const char *section);
/* Shows a section once, with the values of `t`. */
void pfg_template_show(struct pfg_template *t, const char *section);

/* Appends to `out`. PFG_USAGE with the place where an overriding template is
 * broken. */
int pfg_template_expand(struct pfg_str *out, struct pfg_template *root,
                        const char *folder, struct pfg_error *err);

/* Parses a template as pfg_template_expand() does, without data. PFG_USAGE with
 * the place where it is broken. */
int pfg_template_parse(const char *name, const char *folder,
                       struct pfg_error *err);

#ifdef __cplusplus
}
#endif

#endif
