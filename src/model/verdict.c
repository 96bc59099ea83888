#include "model/verdict.h"

static const char *const verdict_names[PFG_N_VERDICTS] = {
    [PFG_REGRESSED] = "regressed",
    [PFG_OVER_BUDGET] = "over-budget",
    [PFG_ERRORED] = "errored",
    [PFG_MISSING] = "missing",
    [PFG_UNCONFIRMED] = "unconfirmed",
    [PFG_SLOWER] = "slower",
    [PFG_ACCEPTED] = "accepted",
    [PFG_IMPROVED] = "improved",
    [PFG_FASTER] = "faster",
    [PFG_NEW] = "new",
    [PFG_INCONCLUSIVE] = "inconclusive",
    [PFG_NOT_COMPARABLE] = "not-comparable",
    [PFG_UNCHANGED] = "unchanged",
};

static const char *const evidence_names[PFG_N_EVIDENCES] = {
    [PFG_EXACT] = "exact",      [PFG_REPLICATED] = "replicated",
    [PFG_SINGLE] = "single",    [PFG_HISTORY] = "history",
    [PFG_SUMMARY] = "summary",  [PFG_POINT] = "point",
    [PFG_NO_EVIDENCE] = "none",
};

const char *pfg_verdict_name(enum pfg_verdict verdict)
{
    return verdict_names[verdict];
}

int pfg_verdict_parse(enum pfg_verdict *out, struct pfg_slice name)
{
    for (size_t i = 0; i < PFG_N_VERDICTS; i++) {
        if (pfg_slice_is(name, verdict_names[i])) {
            *out = (enum pfg_verdict)i;
            return 0;
        }
    }
    return -1;
}

const char *pfg_evidence_name(enum pfg_evidence evidence)
{
    return evidence_names[evidence];
}

int pfg_evidence_parse(enum pfg_evidence *out, struct pfg_slice name)
{
    for (size_t i = 0; i < PFG_N_EVIDENCES; i++) {
        if (pfg_slice_is(name, evidence_names[i])) {
            *out = (enum pfg_evidence)i;
            return 0;
        }
    }
    return -1;
}
