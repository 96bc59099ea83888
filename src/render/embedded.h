#ifndef PFG_RENDER_EMBEDDED_H
#define PFG_RENDER_EMBEDDED_H

/* The files of templates/, built into the binary; ended by a NULL name. */
struct pfg_embedded {
    const char *name, *text;
};

extern const struct pfg_embedded pfg_embedded[];

/* The text of one, "" where there is none of that name. */
const char *pfg_embedded_text(const char *name);

#endif
