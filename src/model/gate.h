#ifndef PFG_MODEL_GATE_H
#define PFG_MODEL_GATE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/verdict.h"
#include "stats/statistic.h"
#include "stats/test/sequential.h"

struct pfg_bound;
struct pfg_rule;
struct pfg_rules;
struct pfg_ratios;
struct pfg_acceptances;
struct pfg_named_patterns;

/* What happens when a limit is exceeded. */
enum pfg_severity {
    PFG_SEVERITY_ERROR, /* fails the gate */
    PFG_SEVERITY_WARN,  /* is shown only */
    PFG_SEVERITY_OFF,   /* is not judged */
    PFG_N_SEVERITIES,
};

/* A row that the first measurement left unconfirmed, and what the second one
 * showed. */
struct pfg_second_look {
    const char *key;
    double spread; /* S of the first measurement (verdict.md 3), and */
    size_t n;      /* its samples: the few rows of the second show no S */
    bool settled;  /* it was measured again, on both sides */
    bool confirmed;
    size_t rounds; /* of the second measurement; 0: not known */
    double change; /* as in a report's row; NAN */
};

struct pfg_second_looks {
    struct pfg_second_look *at;
    size_t n;
    bool pending; /* this is the second measurement: only these rows are tested,
                     and `screened` marks those selected */
};

/*
 * A team's decisions about its gate. Fractions: 0.10 is ten per cent.
 */
struct pfg_policy {
    double threshold;             /* for all gated series */
    bool threshold_given;         /* the user wrote it, so there is a gate */
    const char *threshold_source; /* "--threshold", "default" */
    unsigned fail_on;             /* bit 1 << verdict; 0: the usual ones */
    bool strict_threshold; /* the whole interval must be over the limit */
    bool demanding;        /* rows need `evidence` or firmer */
    enum pfg_evidence evidence;

    /* From the configuration; NULL: none. See policy/. */
    const struct pfg_rules *rules;
    const struct pfg_ratios *ratios;
    const struct pfg_acceptances *acceptances;
    /* Facts about the environment that must be equal on both sides; NULL: none,
     * differences are only noted. "strict": all that would be noted. */
    const struct pfg_named_patterns *environment;
    /* a benchmark is missing although its suite ran */
    enum pfg_severity missing;
    enum pfg_severity missing_suite; /* a whole suite is missing */
    enum pfg_severity added;         /* a benchmark is new: warn, or off */
    enum pfg_severity implausible;   /* a result is too good to be true */

    /* when the data was looked at while it was collected */
    struct pfg_looks looks;
    struct pfg_second_looks second;
};

/* What a rule can set for a series. */
enum pfg_rule_field {
    PFG_RULE_THRESHOLD,
    PFG_RULE_BOTH,
    PFG_RULE_MIN_CHANGE,
    PFG_RULE_SEVERITY,
    PFG_RULE_MIN_SAMPLES,
    PFG_RULE_EVIDENCE,
    PFG_RULE_STATISTIC,
    PFG_RULE_BUDGET,
    PFG_N_RULE_FIELDS,
};

#define PFG_THRESHOLD_DEFAULT 0.05

/* The policy for one series. */
struct pfg_limit {
    double threshold;
    const char *source;
    bool given;
    bool gated;     /* is judged */
    bool named;     /* by a rule that names the metric */
    bool both;      /* a change for the better is limited as well */
    bool demanding; /* needs `evidence` or firmer */
    enum pfg_severity severity;
    enum pfg_evidence evidence;
    const char *why_not; /* why it is not gated; "" */
    /* smaller differences do not count; base unit; 0: none */
    double min_change;
    size_t min_samples;             /* a side */
    enum pfg_statistic statistic;   /* what is shown and compared */
    const struct pfg_bound *budget; /* NULL: none */
    /* the rule that set each field; NULL: the default */
    const struct pfg_rule *from[PFG_N_RULE_FIELDS];
};

#endif
