#include "stats/test/sequential.h"

/* Each look has about 1.4 times the data of the one before it: evenly spaced
 * on the scale on which a standard error falls. */
static const size_t usual[PFG_MAX_LOOKS - 1] = {
    5, 7, 10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 320, 448, 640, 896};

/* Leaves the last look a share worth waiting for. */
static bool leaves_enough(size_t rounds, size_t most)
{
    return rounds + 1 < most && 8 * rounds <= 7 * most;
}

struct pfg_looks pfg_looks_until(size_t most)
{
    struct pfg_looks looks = {0};

    for (size_t i = 0; i < PFG_MAX_LOOKS - 1 && leaves_enough(usual[i], most);
         i++) {
        looks.rounds[looks.n++] = usual[i];
    }
    looks.rounds[looks.n++] = most;
    return looks;
}

struct pfg_looks pfg_looks_once(size_t rounds)
{
    return (struct pfg_looks){.rounds = {rounds}, .n = 1};
}

bool pfg_looks_at(const struct pfg_looks *looks, size_t rounds)
{
    for (size_t i = 0; i < looks->n; i++) {
        if (looks->rounds[i] == rounds) {
            return true;
        }
    }
    return false;
}

double pfg_looks_share(const struct pfg_looks *looks, size_t rounds)
{
    size_t k = 0;

    if (looks->n < 2) {
        return 1;
    }
    while (k + 1 < looks->n && looks->rounds[k] < rounds) {
        k++;
    }
    return (double)(looks->rounds[k] - (k ? looks->rounds[k - 1] : 0)) /
           (double)looks->rounds[looks->n - 1];
}
