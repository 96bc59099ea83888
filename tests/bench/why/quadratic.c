/* A quadratic loop: searches for each number among those before it. */
#include "work.h"

FUNCTION unsigned long unique(const char *from, int n)
{
    unsigned long found = 0;
    char seen[256] = {0};

    for (int i = 0; i < n; i++) {
        int k = 0;

        if (IS_HEAD) {
            while (k < i && (from[k] != from[i] || k % 5)) {
                k++;
            }
            found += k == i;
        } else {
            found += !seen[(unsigned char)from[i]];
            seen[(unsigned char)from[i]] = 1;
        }
    }
    return found;
}

static unsigned long step(unsigned long seed)
{
    return unique(text, 600) + seed;
}
