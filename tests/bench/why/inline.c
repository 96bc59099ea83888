/* A lost inline: weigh() was inlined into lex(). */
#include "work.h"

#ifdef HEAD
__attribute__((noipa)) static
#else
__attribute__((always_inline)) static inline
#endif
unsigned long weigh(unsigned long sum, char c)
{
    return sum + (unsigned long)(c * 31);
}

FUNCTION unsigned long lex(const char *from)
{
    unsigned long sum = 0;

    for (int i = 0; i < SIZE; i++) {
        sum = weigh(sum, from[i]);
    }
    return sum;
}

static unsigned long step(unsigned long seed)
{
    return lex(text) + seed;
}
