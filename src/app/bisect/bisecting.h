#ifndef PFG_APP_BISECT_BISECTING_H
#define PFG_APP_BISECT_BISECTING_H

#include "app/bisect/bisect.h"
#include "base/arena.h"
#include "vcs/vcs.h"
#include "json/write.h"

/* Shared by the files of this folder. */

/* ---- probes: is one commit worse than another, measured in turn? ---- */

enum pfg_probe_answer {
    PFG_PROBE_UNKNOWN, /* they were not measured in turn */
    PFG_PROBE_SAME,
    PFG_PROBE_WORSE,
    PFG_PROBE_BROKEN, /* the head could not be built or measured */
};

struct pfg_probe {
    enum pfg_probe_answer answer;
    bool proven; /* worse by more than the limit, at the suite's level of
                    significance */
    bool stored; /* from an earlier measurement */
    double change, change_lower, change_upper;
    size_t rounds;
    const char *key, *label, *metric; /* of the row that was judged */
    const char *why;                  /* why it is broken, a sentence */
};

struct pfg_probing {
    const struct pfg_context *context;
    const struct pfg_measure_options *options; /* without revisions */
    struct pfg_vcs *vcs;
    struct pfg_arena *arena; /* for the texts of probes */
};

/* The question: is the row of `key` (NULL: the one that got worst) worse by
 * more than half of `change` (as written; NAN: by the policy's limit)? */
struct pfg_question {
    const char *base, *head; /* ids of commits */
    const char *key;
    double change;
    const char *const *filter; /* selects what is measured */
    size_t n_filter;
};

/* Answers from stored runs that were measured in turn, three rounds or more. */
int pfg_probe_stored(struct pfg_probe *out, const struct pfg_probing *probing,
                     const struct pfg_question *question,
                     struct pfg_error *err);

/* Measures both and stores the results. PFG_NOBASE if the base cannot be
 * measured. */
int pfg_probe_measure(struct pfg_probe *out, const struct pfg_probing *probing,
                      const struct pfg_question *question,
                      struct pfg_error *err);

/* ---- ranges of commits with a step ---- */

/* Commits by first parents, oldest first. */
struct pfg_commit_line {
    const struct pfg_history_commit *commits;
    size_t n;
};

struct pfg_range {
    const char *name;   /* "core/sort time" */
    const char *words;  /* describes the change */
    const char *key;    /* of the series; NULL: unknown so far */
    double change;      /* to look for; NAN: unknown so far */
    size_t good, bad;   /* commits on the line */
    size_t first, last; /* may have caused it by the stored results */
    size_t likely; /* the likeliest, next after the last good one; 0: none */
    bool located;  /* no other commit is possible */
    const char **filter; /* selects what is measured */
    size_t n_filter;
};

struct pfg_ranges {
    struct pfg_range *at;
    size_t n;
};

/* The regressions in the history that are neither accepted nor recovered,
 * largest first. Opens the reader, which owns all of it. PFG_DATA if there are
 * none. */
int pfg_ranges_of_history(struct pfg_ranges *out, struct pfg_commit_line *line,
                          struct pfg_history_reader *reader,
                          const struct pfg_context *context,
                          const struct pfg_bisect_options *options,
                          struct pfg_error *err);

/* The range from options->good to options->bad. The former must be a
 * first-parent ancestor of the latter. */
int pfg_ranges_between(struct pfg_ranges *out, struct pfg_commit_line *line,
                       const struct pfg_bisect_options *options,
                       struct pfg_vcs *vcs, struct pfg_arena *arena,
                       struct pfg_error *err);

/* Takes the series and the change from a measurement of both ends. */
void pfg_range_learn(struct pfg_range *range, const struct pfg_probe *probe,
                     struct pfg_arena *arena);

/* ---- the state and the result of a search ---- */

/* A measurement that the search used. */
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
    bool *skipped;                         /* by index on the line */
    PFG_VEC(struct pfg_bisect_look) looks; /* for the current step */
};

enum pfg_bisect_outcome {
    PFG_BISECT_FOUND,    /* proven, or by stored results */
    PFG_BISECT_UNPROVEN, /* not seen against the commit before */
    PFG_BISECT_GONE,     /* not seen between good and bad */
    PFG_BISECT_AMONG,    /* the commits in between were skipped */
    PFG_BISECT_ASKS,     /* `next` must be measured against `against` */
};

struct pfg_bisect_result {
    enum pfg_bisect_outcome outcome;
    struct pfg_probe proof;
    size_t good, bad; /* the range that is left */
    size_t against, next;
};

const char *pfg_bisect_id(const struct pfg_bisecting *b, size_t commit);
const char *pfg_bisect_short(const struct pfg_bisecting *b, size_t commit);
/* "+8.4% [+7.3%, +9.3%]" */
const char *pfg_bisect_probe_words(const struct pfg_bisecting *b,
                                   const struct pfg_probe *probe);

/* Prints to the context's out. */
void pfg_bisect_print(const struct pfg_bisecting *b, const struct pfg_range *r,
                      const struct pfg_bisect_result *result);
/* Writes an object of an array. */
void pfg_bisect_json(struct pfg_json_writer *w, const struct pfg_bisecting *b,
                     const struct pfg_range *r,
                     const struct pfg_bisect_result *result);

#endif
