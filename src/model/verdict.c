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

const struct pfg_enum_words pfg_verdict_words = {"verdict", verdict_names,
                                                 PFG_N_VERDICTS};

static const char *const evidence_names[PFG_N_EVIDENCES] = {
    [PFG_EXACT] = "exact",      [PFG_REPLICATED] = "replicated",
    [PFG_SINGLE] = "single",    [PFG_HISTORY] = "history",
    [PFG_SUMMARY] = "summary",  [PFG_POINT] = "point",
    [PFG_NO_EVIDENCE] = "none",
};
const struct pfg_enum_words pfg_evidence_words = {"evidence", evidence_names,
                                                  PFG_N_EVIDENCES};

static const char *const meanings[PFG_N_EVIDENCES] = {
    [PFG_EXACT] = "the same value every time: any difference is real",
    [PFG_REPLICATED] = "several processes per side, measured in turn",
    [PFG_SINGLE] = "one process per side, or processes not in turn: the noise "
                   "between runs is assumed",
    [PFG_HISTORY] = "one value per side, judged by the median and the spread "
                    "of earlier runs",
    [PFG_SUMMARY] = "the tool printed only an aggregate: the noise is "
                    "assumed from its own error",
    [PFG_POINT] =
        "too few values per side to estimate their noise, so it is assumed: "
        "measure more often (go: -count 10), or in turn with 'perfgate run'",
    [PFG_NO_EVIDENCE] = "a side is missing",
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
    return pfg_enum_find(&pfg_verdict_words, name, out);
}

const char *pfg_evidence_name(enum pfg_evidence evidence)
{
    return evidence_names[evidence];
}

const char *pfg_evidence_meaning(enum pfg_evidence evidence)
{
    return meanings[evidence];
}

int pfg_evidence_parse(enum pfg_evidence *out, struct pfg_slice name)
{
    return pfg_enum_find(&pfg_evidence_words, name, out);
}
