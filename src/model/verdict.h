#ifndef PFG_MODEL_VERDICT_H
#define PFG_MODEL_VERDICT_H

#include <stdbool.h>

#include "base/slice.h"

/* What is said of a series. In the order in which reports list them. */
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

/* What a verdict rests on. */
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
/* As people say it: "slower", "gone", "too noisy to tell". What is no time and
 * no rate is "worse", not "slower". */
const char *pfg_verdict_word(enum pfg_verdict verdict, bool time);
int pfg_verdict_parse(enum pfg_verdict *out, struct pfg_slice name);
extern const struct pfg_enum_words pfg_evidence_words;
const char *pfg_evidence_name(enum pfg_evidence evidence);
int pfg_evidence_parse(enum pfg_evidence *out, struct pfg_slice name);

/* What a kind of evidence is, in a sentence. */
const char *pfg_evidence_meaning(enum pfg_evidence evidence);

#endif
