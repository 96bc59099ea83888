#ifndef PFG_APP_PUBLISH_PUBLISH_H
#define PFG_APP_PUBLISH_PUBLISH_H

#include "app/input/context.h"
#include "model/report.h"
#include "render/render.h"

/* One --report FORMAT[=FILE]. */
struct pfg_destination {
    const struct pfg_renderer *renderer; /* NULL: profiles, into a folder */
    const char *file;                    /* NULL: stdout */
};

/* Reads a destination. PFG_USAGE for an unknown format, with the known ones;
 * PFG_SYSTEM for a file whose folder is not writable, before any work is done.
 * Borrows from `text`. */
int pfg_destination_parse(struct pfg_destination *out, const char *text,
                          struct pfg_error *err);

/* Writes a text to a file, or to stdout if that is NULL. */
int pfg_publish_text(const struct pfg_context *context, const char *file,
                     struct pfg_slice text, struct pfg_error *err);

/* Writes `what` in one of its formats; PFG_USAGE for an unknown one. */
typedef int pfg_format_text(struct pfg_str *out, struct pfg_slice format,
                            const void *what,
                            const struct pfg_render_options *how,
                            struct pfg_error *err);

/* Writes what each --report FORMAT[=FILE] requests, except "text" to stdout.
 * Files get no colours and no terminal width. */
int pfg_publish_formats(const struct pfg_context *context,
                        const char *const *reports, size_t n,
                        pfg_format_text *render, const void *what,
                        const struct pfg_render_options *how,
                        struct pfg_error *err);

/* Renders to every destination, and the table to stdout unless another report
 * uses it. Tries all; returns the first error. */
int pfg_publish(const struct pfg_context *context,
                const struct pfg_report *report,
                const struct pfg_destination *destinations, size_t n,
                const struct pfg_render_options *options,
                struct pfg_error *err);

#endif
