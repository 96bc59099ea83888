#include "model/why.h"

#include <math.h>

double pfg_why_share(const struct pfg_why *why,
                     const struct pfg_why_function *function)
{
    double whole = why->head - why->base;

    return fabs(whole) > 1e-4 * fmax(why->base, why->head)
               ? (function->head - function->base) / whole
               : NAN;
}

size_t pfg_why_named(const struct pfg_why_function **out, size_t most,
                     const struct pfg_why *why)
{
    double change = why->head - why->base;
    bool known = fabs(change) > PFG_WHY_ERRORS * why->error;
    size_t n = 0;

    for (size_t i = 0; i < 2 * why->n_functions && n < most; i++) {
        const struct pfg_why_function *f =
            &why->functions[i % why->n_functions];

        if (f->named && f->foreign == (i >= why->n_functions) &&
            (!known || (f->head > f->base) == (change > 0))) {
            out[n++] = f;
        }
    }
    return n;
}
