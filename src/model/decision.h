#ifndef PFG_MODEL_DECISION_H
#define PFG_MODEL_DECISION_H

#include <stddef.h>

#include "base/slice.h"

/* What decided a row. The first that applies does, about in this order. */
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
    PFG_BY_EQUALITY,    /* exact, and the same */
    PFG_BY_EXACT,       /* exact, and different */
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

/* With the numbers that it went by; NAN, or 0 tests: none. */
struct pfg_decision {
    enum pfg_decider by;
    double change; /* that was found, as written: 0.1 is ten per cent more */
    double limit;  /* that it was held against; a fraction */
    double p;      /* of the test */
    double level;  /* at which p counts */
    size_t tests;  /* that share the level */
};

/* How a report is to be taken. */
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
