#include "model/measurement.h"

#include <math.h>

struct pfg_summary pfg_summary_of(double value)
{
    return (struct pfg_summary){
        .value = value,
        .lower = NAN,
        .upper = NAN,
        .level = NAN,
        .error = NAN,
        .stddev = NAN,
        .min = NAN,
        .max = NAN,
        .count = NAN,
        .resolution = NAN,
    };
}
