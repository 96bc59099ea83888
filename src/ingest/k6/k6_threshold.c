#include "ingest/k6/k6_threshold.h"

#include <string.h>

#include "base/number.h"

struct pfg_slice pfg_k6_threshold_statistic(const char *expression)
{
    struct pfg_slice text = pfg_slice_of(expression);
    size_t end = 0;

    while (end < text.len && !strchr("<>=!", text.ptr[end])) {
        end++;
    }
    return pfg_slice_trim(pfg_slice_first(text, end));
}

bool pfg_k6_threshold_holds(const char *expression, double value)
{
    struct pfg_slice rest = pfg_slice_of(expression);
    struct pfg_slice number;
    size_t n_operator = 0;
    const char *op;
    double limit;

    while (rest.len && !strchr("<>=!", rest.ptr[0])) {
        rest = pfg_slice_from(rest, 1);
    }
    op = rest.ptr;
    while (n_operator < rest.len && strchr("<>=!", op[n_operator])) {
        n_operator++;
    }
    number = pfg_slice_trim(pfg_slice_from(rest, n_operator));
    if (!n_operator || pfg_number_parse(&limit, number, 0)) {
        return true;
    }
    switch (op[0]) {
    case '<':
        return value < limit || (n_operator > 1 && value == limit);
    case '>':
        return value > limit || (n_operator > 1 && value == limit);
    case '!':
        return value != limit;
    default:
        return value == limit;
    }
}
