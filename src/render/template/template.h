#ifndef PFG_RENDER_TEMPLATE_TEMPLATE_H
#define PFG_RENDER_TEMPLATE_TEMPLATE_H

#include "base/error.h"
#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The bridge to ctemplate: the only part in C++. A dictionary is filled with
 * values and sections and expanded into a template of templates/, built into
 * the binary, or found under the same name in an overriding folder.
 */
struct pfg_template; /* a dictionary, and those below it */

struct pfg_template *pfg_template_new(const char *name); /* "report.html" */
void pfg_template_free(struct pfg_template *root);       /* NULL is fine */

void pfg_template_set(struct pfg_template *t, const char *marker,
                      const char *value);
/* Another pass through a section; belongs to `t`. */
struct pfg_template *pfg_template_section(struct pfg_template *t,
                                          const char *section);
/* Shows a section once, without values of its own. */
void pfg_template_show(struct pfg_template *t, const char *section);

/* PFG_USAGE where an overriding template is broken, with its place. */
int pfg_template_expand(struct pfg_str *out, struct pfg_template *root,
                        const char *folder, struct pfg_error *err);

/* Parses a template of an overriding folder as pfg_template_expand() would,
 * without data. PFG_USAGE where it is broken, with its place. */
int pfg_template_parse(const char *name, const char *folder,
                       struct pfg_error *err);

#ifdef __cplusplus
}
#endif

#endif
