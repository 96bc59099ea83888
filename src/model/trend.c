#include "model/trend.h"

const char *pfg_trend_state_name(enum pfg_trend_state state)
{
    static const char *const names[PFG_N_TREND_STATES] = {
        [PFG_TREND_CANDIDATE] = "candidate",
        [PFG_TREND_CONFIRMED] = "confirmed",
        [PFG_TREND_ACCEPTED] = "accepted",
        [PFG_TREND_RECOVERED] = "recovered",
    };

    return names[state];
}
