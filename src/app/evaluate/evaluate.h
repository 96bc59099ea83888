#ifndef PFG_APP_EVALUATE_EVALUATE_H
#define PFG_APP_EVALUATE_EVALUATE_H

#include "app/evaluate/evaluate_sources.h"
#include "app/policy/policies.h"
#include "model/report.h"

/* From a question ("is this commit slower?") to a report. */

struct pfg_evaluate_options {
    struct pfg_judging judging; /* the policy */
    const char *const *filter;
    size_t n_filter;
    bool alternating;
    bool gate; /* false: --no-gate */
    bool allow_no_baseline;
    const char *command; /* reproduces the comparison; for the report */

    /* The results to compare: those just measured unless NULL, else files if
     * files.head has any, else the database. */
    const struct pfg_measured_sides *measured;
    struct pfg_file_sides files;
    struct pfg_stored_sides stored;
    struct pfg_paths others; /* more heads for the same base: paths if the first
                                is one, else revisions */
};

/*
 * A report with all that it borrows from: its runs and the policy. Freed
 * together.
 */
struct pfg_evaluation {
    struct pfg_report *report;
    struct pfg_pairs pairs; /* a section each */
    struct pfg_policies policies;
    struct pfg_patterns patterns; /* of acceptances by commits and labels */
};

int pfg_evaluate(struct pfg_evaluation *out, const struct pfg_context *context,
                 const struct pfg_evaluate_options *options,
                 struct pfg_error *err);
void pfg_evaluation_free(struct pfg_evaluation *evaluation);

#endif
