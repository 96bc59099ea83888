#ifndef PFG_APP_BISECT_RANGE_H
#define PFG_APP_BISECT_RANGE_H

#include "app/bisect/bisect_options.h"
#include "app/bisect/probe.h"

/* Where a step is searched. */

/* First parents, oldest first. */
struct pfg_commit_line {
    const struct pfg_history_commit *commits;
    size_t n;
};

struct pfg_range {
    const char *name;    /* "core/sort time" */
    const char *words;   /* of the change */
    const char *key;     /* of the series; NULL: not known yet */
    double change;       /* to look for; NAN: not known yet */
    size_t good, bad;    /* commits on the line */
    size_t first, last;  /* that it may have come with by the stored results */
    size_t likely;       /* the likeliest, next to the last good; 0: none */
    bool located;        /* there is no other that it may be */
    const char **filter; /* for what is measured */
    size_t n_filter;
};

struct pfg_ranges {
    struct pfg_range *at;
    size_t n;
};

/* The steps for the worse that are neither accepted nor recovered, biggest
 * first. Opens the reader, that owns all of it; none: PFG_DATA. */
int pfg_ranges_of_history(struct pfg_ranges *out, struct pfg_commit_line *line,
                          struct pfg_history_reader *reader,
                          const struct pfg_context *context,
                          const struct pfg_bisect_options *options,
                          struct pfg_error *err);

/* From options->good to options->bad, its ancestor by first parents. */
int pfg_ranges_between(struct pfg_ranges *out, struct pfg_commit_line *line,
                       const struct pfg_bisect_options *options,
                       struct pfg_vcs *vcs, struct pfg_arena *arena,
                       struct pfg_error *err);

/* What a measurement of both ends says: the series, and the change that is
 * looked for. */
void pfg_range_learn(struct pfg_range *range, const struct pfg_probe *probe,
                     struct pfg_arena *arena);

#endif
