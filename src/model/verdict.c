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

static const struct {
    const char *name, *meaning;
} evidences[PFG_N_EVIDENCES] = {
    [PFG_EXACT] = {"exact",
                   "the same value every time: any difference is real"},
    [PFG_REPLICATED] = {"replicated",
                        "several processes a side, measured in turn"},
    [PFG_SINGLE] = {"single",
                    "one process a side, or processes not in turn: the noise "
                    "between runs is assumed"},
    [PFG_HISTORY] = {"history",
                     "one value a side, judged by the median and the spread "
                     "of earlier runs"},
    [PFG_SUMMARY] = {"summary",
                     "the tool printed only an aggregate: the noise is "
                     "assumed from its own error"},
    [PFG_POINT] = {"point",
                   "too few values a side to know their noise, which is "
                   "assumed: measure more often (go: -count 10), or in turn "
                   "with 'perfgate run'"},
    [PFG_NO_EVIDENCE] = {"none", "a side is missing"},
};

const char *pfg_verdict_name(enum pfg_verdict verdict)
{
    return verdict_names[verdict];
}

const char *pfg_verdict_word(enum pfg_verdict verdict, bool time)
{
    static const struct {
        const char *time, *other;
    } words[PFG_N_VERDICTS] = {
        [PFG_REGRESSED] = {"slower", "worse"},
        [PFG_OVER_BUDGET] = {"over budget", "over budget"},
        [PFG_ERRORED] = {"failed", "failed"},
        [PFG_MISSING] = {"gone", "gone"},
        [PFG_UNCONFIRMED] = {"probably slower", "probably worse"},
        [PFG_SLOWER] = {"slower within limit", "worse within limit"},
        [PFG_ACCEPTED] = {"accepted", "accepted"},
        [PFG_IMPROVED] = {"faster", "better"},
        [PFG_FASTER] = {"faster within limit", "better within limit"},
        [PFG_NEW] = {"new", "new"},
        [PFG_INCONCLUSIVE] = {"too noisy to tell", "too noisy to tell"},
        [PFG_NOT_COMPARABLE] = {"not comparable", "not comparable"},
        [PFG_UNCHANGED] = {"unchanged", "unchanged"},
    };

    return time ? words[verdict].time : words[verdict].other;
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
    return evidences[evidence].name;
}

const char *pfg_evidence_meaning(enum pfg_evidence evidence)
{
    return evidences[evidence].meaning;
}

int pfg_evidence_parse(enum pfg_evidence *out, struct pfg_slice name)
{
    for (size_t i = 0; i < PFG_N_EVIDENCES; i++) {
        if (pfg_slice_is(name, evidences[i].name)) {
            *out = (enum pfg_evidence)i;
            return 0;
        }
    }
    return -1;
}
