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

/* Reads a destination; an unknown format is PFG_USAGE with the known ones, a
 * file whose folder cannot be written PFG_SYSTEM, before any work is done.
 * Borrows from `text`. */
int pfg_destination_parse(struct pfg_destination *out, const char *text,
                          struct pfg_error *err);

/* Splits "FORMAT=FILE", where FILE may be missing or "-" (then NULL), and
 * checks the folder as above. */
int pfg_destination_split(struct pfg_slice *format, const char **file,
                          const char *text, struct pfg_error *err);

/* Writes a text into a file, or where that is NULL to stdout. */
int pfg_publish_text(const struct pfg_context *context, const char *file,
                     struct pfg_slice text, struct pfg_error *err);

/* A text of `what` in one of its formats; an unknown one is PFG_USAGE. */
typedef int pfg_format_text(struct pfg_str *out, struct pfg_slice format,
                            const void *what,
                            const struct pfg_render_options *how,
                            struct pfg_error *err);

/* Writes what each --report FORMAT[=FILE] asks for, without any "text" to
 * stdout. A file has no colours, and no terminal's width. */
int pfg_publish_formats(const struct pfg_context *context,
                        const char *const *reports, size_t n,
                        pfg_format_text *render, const void *what,
                        const struct pfg_render_options *how,
                        struct pfg_error *err);

/* Renders into every destination; the terminal table goes to stdout unless a
 * destination does. All are tried; the first error is returned. */
int pfg_publish(const struct pfg_context *context,
                const struct pfg_report *report,
                const struct pfg_destination *destinations, size_t n,
                const struct pfg_render_options *options,
                struct pfg_error *err);

#endif
