/* An extra copy: the library does it, but parse() asks for it. */
#include "work.h"

static char copies[4][SIZE];

FUNCTION unsigned long parse(unsigned long seed)
{
    const char *from = text;
    unsigned long sum = 0;

    for (int i = 0; IS_HEAD && i < 24; i++) {
        from = memcpy(copies[(seed + (unsigned long)i) & 3], text, SIZE);
        sink += (unsigned char)from[i];
    }
    for (int i = 0; i < SIZE; i += 2) {
        sum += (unsigned long)from[i] << (i & 7);
    }
    return sum;
}

static unsigned long step(unsigned long seed)
{
    return parse(seed);
}
