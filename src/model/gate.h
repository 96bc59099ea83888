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

/* What being over a limit does. */
enum pfg_severity {
    PFG_SEVERITY_ERROR, /* fails the gate */
    PFG_SEVERITY_WARN,  /* is shown */
    PFG_SEVERITY_OFF,   /* is not judged */
    PFG_N_SEVERITIES,
};

/* What a second measurement said of a row that the first left unconfirmed. */
struct pfg_second_look {
    const char *key;
    double spread; /* S of the first (verdict.md 3), and of how many samples: */
    size_t n;      /* the few rows of the second show none */
    bool settled;  /* it was measured again, on both sides */
    bool confirmed;
    size_t rounds; /* that took; 0: not known */
    double change; /* as in a report's row; NAN */
};

struct pfg_second_looks {
    struct pfg_second_look *at;
    size_t n;
    bool pending; /* this is the second measurement: these rows are tested
                     among themselves, and `screened` says which are selected */
};

/*
 * What a team has decided about its gate. Fractions: 0.10 is ten per cent.
 */
struct pfg_policy {
    double threshold;             /* for all gated series */
    bool threshold_given;         /* the user wrote it: it is a gate */
    const char *threshold_source; /* "--threshold", "default" */
    unsigned fail_on;             /* bit 1 << verdict; 0: the usual ones */
    bool strict_threshold; /* the whole interval must be over the limit */
    bool demanding;        /* rows need `evidence`, or something firmer */
    enum pfg_evidence evidence;

    /* From the configuration; NULL: none. See policy/. */
    const struct pfg_rules *rules;
    const struct pfg_ratios *ratios;
    const struct pfg_acceptances *acceptances;
    /* What must not differ between the sides' surroundings; NULL: anything
     * may, and is a note. "strict": whatever would be one. */
    const struct pfg_named_patterns *environment;
    enum pfg_severity missing;       /* what is missing where its suite ran */
    enum pfg_severity missing_suite; /* what is missing with all its suite */
    enum pfg_severity added;         /* what is new: warn, or off */
    enum pfg_severity implausible;   /* what is too good to be true */

    struct pfg_looks looks; /* the data came in stages, and was looked at */
    struct pfg_second_looks second;
};

/* What a rule can say of a series. */
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

/* What the policy says of one series. */
struct pfg_limit {
    double threshold;
    const char *source;
    bool given;
    bool gated;     /* is judged */
    bool named;     /* by a rule that names the metric */
    bool both;      /* a change for the better is too much as well */
    bool demanding; /* wants `evidence`, or something firmer */
    enum pfg_severity severity;
    enum pfg_evidence evidence;
    const char *why_not; /* not gated because; "" */
    double min_change;   /* smaller differences are none; base unit, 0: none */
    size_t min_samples;  /* a side */
    enum pfg_statistic statistic;   /* what is shown and compared */
    const struct pfg_bound *budget; /* NULL: none */
    const struct pfg_rule *from[PFG_N_RULE_FIELDS]; /* who said so; NULL: the
                                                       defaults */
};

#endif
