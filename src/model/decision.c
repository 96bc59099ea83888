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

const struct pfg_enum_words pfg_decider_words = {"decider", deciders,
                                                 PFG_N_DECIDERS};

static const char *const tones[PFG_N_TONES] = {
    [PFG_TONE_PASS] = "pass",       [PFG_TONE_NOISY] = "noisy",
    [PFG_TONE_DOUBT] = "doubt",     [PFG_TONE_FAIL] = "fail",
    [PFG_TONE_NOTHING] = "nothing",
};
const struct pfg_enum_words pfg_tone_words = {"tone", tones, PFG_N_TONES};
