/* A cold cache: the same loads, spread over more memory than caches hold. */
#include "work.h"

enum { LINES = 1 << 19 };

static struct {
    unsigned value;
    char rest[60];
} table[LINES];

FUNCTION unsigned long look_up(unsigned long seed)
{
    unsigned long mask = IS_HEAD ? LINES - 1 : 255, sum = 0;

    for (int i = 0; !table[0].value && i < LINES; i++) {
        table[i].value = 1; /* otherwise all of it is a single page of zeros */
    }

    for (int i = 0; i < 600; i++) {
        seed = seed * 6364136223846793005UL + 1442695040888963407UL;
        sum += table[((seed >> 33) + sum) & mask].value;
    }
    return sum;
}

static unsigned long step(unsigned long seed)
{
    return look_up(seed);
}
