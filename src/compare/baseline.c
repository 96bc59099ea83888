#include "compare/baseline.h"

#include <string.h>

long pfg_baseline_choose(const struct pfg_candidate *candidates, size_t n,
                         const char *head_id)
{
    long best = -1;

    for (size_t i = 0; i < n; i++) {
        if (best >= 0 && candidates[i].distance > candidates[best].distance) {
            break;
        }
        if (candidates[i].has_data && strcmp(candidates[i].id, head_id) &&
            (best < 0 ||
             (candidates[i].mainline && !candidates[best].mainline))) {
            best = (long)i;
        }
    }
    return best;
}
