#ifndef PFG_RENDER_TEMPLATE_TARGETS_H
#define PFG_RENDER_TEMPLATE_TARGETS_H

#include "render/template/fill.h"

/* An absolute limit in words. */
struct pfg_target_words {
    const char *name;
    const char *current;  /* "7.92 ms"; a dash where there is none */
    const char *interval; /* "[7.8, 8.1]"; "" */
    const char *limit;    /* "< 8ms" */
    const char *status;   /* "met", "missed", "no data" */
    const char *sign;     /* a tick, a cross, "!" */
    const char *note;     /* why there is no data; "" */
};

struct pfg_target_words pfg_words_target(const struct pfg_report_target *target,
                                         struct pfg_arena *arena);

/* The table of a section's targets: all where there are at most `most`, else at
 * most `most` that are not met. */
void pfg_fill_targets(const struct pfg_fill *f, struct pfg_template *t,
                      const struct pfg_report_section *section, size_t most);

#endif
