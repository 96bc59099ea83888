#include "model/history.h"

size_t pfg_history_from(const struct pfg_history *history,
                        const struct pfg_history_series *series)
{
    size_t i = 0;

    while (i < series->n_values && series->values[i].commit < history->first) {
        i++;
    }
    return i;
}

const struct pfg_history_value *pfg_history_judged(
    const struct pfg_history *history, const struct pfg_history_series *series)
{
    const size_t from = pfg_history_from(history, series);
    size_t i = series->n_values;

    while (i > from) {
        if (series->values[--i].verdict) {
            return &series->values[i];
        }
    }
    return NULL;
}

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
