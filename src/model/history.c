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
