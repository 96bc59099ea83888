#ifndef PFG_APP_EVALUATE_EVALUATE_H
#define PFG_APP_EVALUATE_EVALUATE_H

#include "app/input/ci.h"
#include "app/input/context.h"
#include "app/input/record.h"
#include "compare/compare.h"
#include "config/config.h"
#include "model/policy.h"
#include "model/report.h"

/* From a question ("is this commit slower?") to a report. */

struct pfg_paths {
    const char *const *at;
    size_t n;
};

/* Results at hand, of base and head in turn; see app/measure/measure.h. All is
 * borrowed, the runs for as long as the report lives. */
struct pfg_measured {
    struct pfg_side base, head; /* base.n 0: nothing to compare with */
    const char *no_base;        /* why */
    struct pfg_vcs *vcs;        /* NULL: not in a repository */
    const char *const *notes;   /* for the report */
    size_t n_notes;
};

struct pfg_evaluate_options {
    struct pfg_policy policy;
    struct pfg_read_options read; /* how paths are read */
    bool alternating;
    bool gate;              /* false: --no-gate */
    bool allow_no_baseline;
    const char *command;    /* for the report: reproduces the comparison */
    const char *const *filter;
    size_t n_filter;

    const char *config; /* the configuration; NULL: found, where there is one */
    bool allow_accept_all; /* an acceptance may be of everything */
    const char *trust; /* "head", "base"; NULL: what the base's policy says */

    /* Paths: compared directly, no database, git or hardware. */
    struct pfg_paths base_paths, head_paths, history_paths;

    const struct pfg_measured *measured; /* NULL: look further */

    /* Revisions and names in the database. */
    const char *database;
    const char *base, *head; /* NULL: found, the commit under test */
    bool by_time;  /* the base is what was measured before the head, whatever
                      its ancestry; `base` is then NULL */
    size_t window; /* so many versions are pooled as the base; 0, 1: one */
    const char *base_branch; /* NULL: origin/HEAD, main, master */
    const char *baseline;    /* NAME, FILE or "auto"; NULL: none */
    const char *baselines;   /* the folder of "auto"; NULL: "baselines" at the
                                repository's root */
};

/* The policies of both sides; see app/policy/policy_change.h. */
struct pfg_policy_versions {
    bool looked;     /* has been asked for */
    bool compared;   /* both are known, there or not */
    bool trust_base; /* what the change says of itself does not count */
    const char *trusted; /* the commit that does, then */
    const struct pfg_config *base, *head; /* NULL: there is none */
    struct pfg_config *read[3];           /* released with the evaluation */
};

/*
 * What a report borrows: the runs it was made of, and the policy. Released
 * together.
 */
struct pfg_evaluation {
    struct pfg_report *report;
    struct pfg_config *own;    /* what is here; NULL: there is none */
    struct pfg_config *config; /* what judges: that, or the base's */
    struct pfg_policy asked;   /* the command line's, without any */
    struct pfg_ci ci;
    struct pfg_policy_versions versions;
    const char *baseline_file;    /* that the base is from; NULL: none */
    const struct pfg_config *limits; /* of the baseline file; NULL: none */
    struct pfg_config **baselines;   /* all such, released with this */
    size_t n_baselines;
    struct pfg_patterns patterns; /* of what commits and labels accept */
    struct pfg_run **runs;
    size_t n_runs;
    /* What was compared, a section each; their policies and filters are the
     * options'. */
    const struct pfg_comparison *comparisons;
    size_t n_comparisons;
};

/* The command line's policy, with what a configuration (NULL: none) adds. */
struct pfg_policy pfg_evaluation_policy(const struct pfg_evaluation *evaluation,
                                        const struct pfg_config *config);

int pfg_evaluate(struct pfg_evaluation *out, const struct pfg_context *context,
                 const struct pfg_evaluate_options *options,
                 struct pfg_error *err);
void pfg_evaluation_free(struct pfg_evaluation *evaluation);

/* Whether `text` names paths to compare: a file or directory that is there,
 * "-", "label=PATH", "DIR@BASELINE". */
bool pfg_is_path_argument(const char *text);

#endif
