#include "model/decision.h"

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

static const char *const tones[PFG_N_TONES] = {
    [PFG_TONE_PASS] = "pass",       [PFG_TONE_NOISY] = "noisy",
    [PFG_TONE_DOUBT] = "doubt",     [PFG_TONE_FAIL] = "fail",
    [PFG_TONE_NOTHING] = "nothing",
};

static int find(int *out, const char *const names[], int n,
                struct pfg_slice name)
{
    for (int i = 0; i < n; i++) {
        if (pfg_slice_is(name, names[i])) {
            *out = i;
            return 0;
        }
    }
    return -1;
}

const char *pfg_decider_name(enum pfg_decider by)
{
    return deciders[by];
}

int pfg_decider_parse(enum pfg_decider *out, struct pfg_slice name)
{
    int found = 0, failed = find(&found, deciders, PFG_N_DECIDERS, name);

    *out = (enum pfg_decider)found;
    return failed;
}

const char *pfg_tone_name(enum pfg_tone tone)
{
    return tones[tone];
}

int pfg_tone_parse(enum pfg_tone *out, struct pfg_slice name)
{
    int found = 0, failed = find(&found, tones, PFG_N_TONES, name);

    *out = (enum pfg_tone)found;
    return failed;
}
