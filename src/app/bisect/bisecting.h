#ifndef PFG_APP_BISECT_BISECTING_H
#define PFG_APP_BISECT_BISECTING_H

#include "app/bisect/probe.h"
#include "app/bisect/range.h"
#include "base/vec.h"
#include "json/write.h"

/* What a search is at, and what came of it: for bisect.c and for what prints
 * it. */

/* A measurement that the search went by. */
struct pfg_bisect_look {
    size_t base, head; /* commits on the line */
    struct pfg_probe probe;
};

struct pfg_bisecting {
    const struct pfg_context *context;
    const struct pfg_bisect_options *options;
    struct pfg_arena *arena;
    struct pfg_probing probing;
    struct pfg_commit_line line;
    bool *skipped;                         /* of each commit */
    PFG_VEC(struct pfg_bisect_look) looks; /* for the step that is searched */
};

enum pfg_bisect_outcome {
    PFG_BISECT_FOUND,    /* with the proof, or by stored results */
    PFG_BISECT_UNPROVEN, /* it does not show against the commit before */
    PFG_BISECT_GONE,     /* it does not show between good and bad */
    PFG_BISECT_AMONG,    /* the commits between were skipped */
    PFG_BISECT_ASKS,     /* for the measurement of `next` against `against` */
};

struct pfg_bisect_result {
    enum pfg_bisect_outcome outcome;
    struct pfg_probe proof;
    size_t good, bad; /* what is left */
    size_t against, next;
};

const char *pfg_bisect_id(const struct pfg_bisecting *b, size_t commit);
const char *pfg_bisect_short(const struct pfg_bisecting *b, size_t commit);
/* "+8.4% [+7.3%, +9.3%]" */
const char *pfg_bisect_probe_words(const struct pfg_bisecting *b,
                                   const struct pfg_probe *probe);

/* To the context's out. */
void pfg_bisect_print(const struct pfg_bisecting *b, const struct pfg_range *r,
                      const struct pfg_bisect_result *result);
/* An object in an array. */
void pfg_bisect_json(struct pfg_json_writer *w, const struct pfg_bisecting *b,
                     const struct pfg_range *r,
                     const struct pfg_bisect_result *result);

#endif
