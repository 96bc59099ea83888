#ifndef PFG_APP_BISECT_BISECTING_H
#define PFG_APP_BISECT_BISECTING_H

#include "app/bisect/bisect.h"
#include "base/arena.h"
#include "json/write.h"
#include "vcs/vcs.h"

/* What the files of this folder share. */

/* ---- whether one commit is worse than another: what was measured of them in
 * turn ---- */

enum pfg_probe_answer {
    PFG_PROBE_UNKNOWN, /* the two were not measured in turn */
    PFG_PROBE_SAME,
    PFG_PROBE_WORSE,
    PFG_PROBE_BROKEN, /* the head could not be built or measured */
};

struct pfg_probe {
    enum pfg_probe_answer answer;
    bool proven; /* WORSE by more than the limit, at the suite's level */
    bool stored; /* it was measured before */
    double change, change_lower, change_upper;
    size_t rounds;
    const char *key, *label, *metric; /* of the row that was looked at */
    const char *why;                  /* broken: a sentence */
};

struct pfg_probing {
    const struct pfg_context *context;
    const struct pfg_measure_options *options; /* without revisions */
    struct pfg_vcs *vcs;
    struct pfg_arena *arena; /* for what probes say */
};

/* What is asked: the row of `key` (NULL: that which got worst), and whether it
 * is worse by more than half of `change` (as written; NAN: by the policy's
 * limit). */
struct pfg_question {
    const char *base, *head; /* ids of commits */
    const char *key;
    double change;
    const char *const *filter; /* of all that is measured */
    size_t n_filter;
};

/* By the stored runs that were measured in turn: three rounds or more. */
int pfg_probe_stored(struct pfg_probe *out, const struct pfg_probing *probing,
                     const struct pfg_question *question,
                     struct pfg_error *err);

/* Measures them, and stores the results. A base that cannot be measured is
 * PFG_NOBASE. */
int pfg_probe_measure(struct pfg_probe *out, const struct pfg_probing *probing,
                      const struct pfg_question *question,
                      struct pfg_error *err);

/* ---- where a step is searched ---- */

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

/* ---- what a search is at, and what came of it ---- */

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
