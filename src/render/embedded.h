#ifndef PFG_RENDER_EMBEDDED_H
#define PFG_RENDER_EMBEDDED_H

/* The files of templates/, built into the binary; the last has a NULL name. */
struct pfg_embedded {
    const char *name, *text;
};

extern const struct pfg_embedded pfg_embedded[];

/* The text of a file; "" where there is no file of that name. */
const char *pfg_embedded_text(const char *name);

#endif
