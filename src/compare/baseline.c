#include "compare/baseline.h"

#include <string.h>

long pfg_baseline_choose(const struct pfg_candidate *candidates, size_t n,
                         const char *head_id)
{
    for (size_t i = 0; i < n; i++) {
        if (candidates[i].has_data && strcmp(candidates[i].id, head_id)) {
            return (long)i;
        }
    }
    return -1;
}
