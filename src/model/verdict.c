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

bool pfg_evidence_is_tested(enum pfg_evidence evidence)
{
    return evidence == PFG_REPLICATED || evidence == PFG_SINGLE;
}

const char *pfg_evidence_meaning(enum pfg_evidence evidence)
{
    return meanings[evidence];
}

int pfg_evidence_parse(enum pfg_evidence *out, struct pfg_slice name)
{
    return pfg_enum_find(&pfg_evidence_words, name, out);
}

static const char *const deciders[PFG_N_DECIDERS] = {
    [PFG_BY_NOTHING] = "nothing",
    [PFG_BY_FAILURE] = "failure",
    [PFG_BY_ABSENCE] = "absence",
    [PFG_BY_NOVELTY] = "novelty",
    [PFG_BY_NO_BASE] = "no-base",
    [PFG_BY_MISMATCH] = "mismatch",
    [PFG_BY_BUDGET] = "budget",
    [PFG_BY_ACCEPTANCE] = "acceptance",
    [PFG_BY_MIN_CHANGE] = "min-change",
    [PFG_BY_BOTH] = "both",
    [PFG_BY_REQUIREMENT] = "requirement",
    [PFG_BY_NO_GATE] = "no-gate",
    [PFG_BY_ZERO] = "zero",
    [PFG_BY_PROPORTIONS] = "proportions",
    [PFG_BY_EQUALITY] = "equality",
    [PFG_BY_EXACT] = "exact",
    [PFG_BY_SUITE_SHIFT] = "suite-shift",
    [PFG_BY_TEST] = "test",
    [PFG_BY_SEPARATION] = "separation",
    [PFG_BY_LOWER_BOUND] = "lower-bound",
    [PFG_BY_SECOND_LOOK] = "second-look",
    [PFG_BY_LIKELIHOOD] = "likelihood",
    [PFG_BY_WIDENED] = "widened",
    [PFG_BY_NOISE] = "noise",
    [PFG_BY_ESTIMATE] = "estimate",
    [PFG_BY_INTERVAL] = "interval",
    [PFG_BY_WIDTH] = "width",
};

const struct pfg_enum_words pfg_decider_words = {"decider", deciders,
                                                 PFG_N_DECIDERS};

static const char *const tones[PFG_N_TONES] = {
    [PFG_TONE_PASS] = "pass",       [PFG_TONE_NOISY] = "noisy",
    [PFG_TONE_DOUBT] = "doubt",     [PFG_TONE_FAIL] = "fail",
    [PFG_TONE_NOTHING] = "nothing",
};
const struct pfg_enum_words pfg_tone_words = {"tone", tones, PFG_N_TONES};
