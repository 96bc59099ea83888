#ifndef PFG_MODEL_VERDICT_H
#define PFG_MODEL_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* Verdicts on a series, in the order in which reports list them. */
enum pfg_verdict {
    PFG_REGRESSED,
    PFG_OVER_BUDGET,
    PFG_ERRORED,
    PFG_MISSING,
    PFG_UNCONFIRMED, /* over the limit, likely, not proven: retest */
    PFG_SLOWER,      /* proven, within the limit */
    PFG_ACCEPTED,
    PFG_IMPROVED,
    PFG_FASTER,
    PFG_NEW,
    PFG_INCONCLUSIVE,
    PFG_NOT_COMPARABLE,
    PFG_UNCHANGED,
    PFG_N_VERDICTS,
};

/* The evidence for a verdict, from firm to weak. */
enum pfg_evidence {
    PFG_EXACT,
    PFG_REPLICATED,
    PFG_SINGLE,
    PFG_HISTORY,
    PFG_SUMMARY,
    PFG_POINT,
    PFG_NO_EVIDENCE, /* a side is missing */
    PFG_N_EVIDENCES,
};

/* "regressed", "over-budget", ...: the words of JSON and --fail-on. */
extern const struct pfg_enum_words pfg_verdict_words;
const char *pfg_verdict_name(enum pfg_verdict verdict);
/* The verdict in words: "slower", "gone", "too noisy to tell". `time` is false
 * for what is neither a time nor a rate: "worse" instead of "slower". */
const char *pfg_verdict_word(enum pfg_verdict verdict, bool time);
int pfg_verdict_parse(enum pfg_verdict *out, struct pfg_slice name);
extern const struct pfg_enum_words pfg_evidence_words;
const char *pfg_evidence_name(enum pfg_evidence evidence);
int pfg_evidence_parse(enum pfg_evidence *out, struct pfg_slice name);

/* There are samples to test: it is replicated or single. */
bool pfg_evidence_is_tested(enum pfg_evidence evidence);

/* What a kind of evidence is, in a sentence. */
const char *pfg_evidence_meaning(enum pfg_evidence evidence);

/* What decided a row: the first of these that applies, roughly in this order.
 */
enum pfg_decider {
    PFG_BY_NOTHING,  /* not decided yet */
    PFG_BY_FAILURE,  /* the head failed */
    PFG_BY_ABSENCE,  /* the head has no result of it */
    PFG_BY_NOVELTY,  /* the base does not have it */
    PFG_BY_NO_BASE,  /* the base failed, or has no number */
    PFG_BY_MISMATCH, /* units, or what has to be the same, differ */
    PFG_BY_BUDGET,   /* an absolute limit */
    PFG_BY_ACCEPTANCE,
    PFG_BY_MIN_CHANGE,  /* a rule's least difference */
    PFG_BY_BOTH,        /* a rule that it must not change either way */
    PFG_BY_REQUIREMENT, /* a rule asks for more samples or better evidence */
    PFG_BY_NO_GATE,     /* shown, not judged */
    PFG_BY_ZERO,        /* a side is zero: no ratio */
    PFG_BY_PROPORTIONS, /* events per trial */
    PFG_BY_EQUALITY,    /* exact values are equal */
    PFG_BY_EXACT,       /* exact values differ */
    PFG_BY_SUITE_SHIFT, /* significant, with the whole suite */
    PFG_BY_TEST,        /* significant over the suite */
    PFG_BY_SEPARATION,  /* further apart than noise ever is */
    PFG_BY_LOWER_BOUND, /* significant; the interval reaches below the limit */
    PFG_BY_SECOND_LOOK, /* likely, and measured again */
    PFG_BY_LIKELIHOOD,  /* likely, not significant over the suite */
    PFG_BY_WIDENED,     /* weak evidence: more than noise is assumed to be */
    PFG_BY_NOISE,       /* weak evidence: over the limit, within that noise */
    PFG_BY_ESTIMATE,    /* over the limit, and nothing proves it */
    PFG_BY_INTERVAL,    /* the whole interval is within the limit */
    PFG_BY_WIDTH,       /* the interval is wider than the limit */
    PFG_N_DECIDERS,
};

/* What decided a row, and the numbers it was based on; NAN, or 0 tests: none.
 */
struct pfg_decision {
    enum pfg_decider by;
    double change; /* of the written value: 0.1 is ten per cent more */
    double limit;  /* that it was compared with; a fraction */
    double p;      /* of the test */
    double level;  /* at which p counts */
    size_t tests;  /* that share the level */
};

/* The overall tone of a report. */
enum pfg_tone {
    PFG_TONE_PASS,
    PFG_TONE_NOISY, /* a pass, but most of it was too noisy to tell */
    PFG_TONE_DOUBT, /* a pass that leaves something to look at */
    PFG_TONE_FAIL,
    PFG_TONE_NOTHING, /* nothing was judged */
    PFG_N_TONES,
};

/* "test", "lower-bound", ...; "pass", "noisy", ...: the words of JSON. */
extern const struct pfg_enum_words pfg_decider_words;
extern const struct pfg_enum_words pfg_tone_words;

#endif
