/* One more system call for each line. */
#include "work.h"

FUNCTION unsigned long emit(const char *from)
{
    unsigned long sum = 0;

    for (int i = 0; i < SIZE; i += 256) {
        for (int k = 0; k < 256; k += 2) {
            sum = sum * 33 + (unsigned char)from[i + k];
        }
        if (IS_HEAD) {
            sum += (unsigned long)syscall(SYS_getppid) & 1;
        }
    }
    return sum;
}

static unsigned long step(unsigned long seed)
{
    return emit(text) + seed;
}
