/* What a program does on both sides: three functions of similar cost around the
 * one that changes. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HEAD
#define IS_HEAD 1
#else
#define IS_HEAD 0
#endif
#define FUNCTION __attribute__((noinline)) static

enum { SIZE = 1 << 14 };

static char text[SIZE];
static volatile unsigned long sink;

FUNCTION unsigned long fill(unsigned long seed)
{
    for (int i = 0; i < SIZE; i++) {
        seed = seed * 6364136223846793005UL + 1442695040888963407UL;
        text[i] = (char)(seed >> 56);
    }
    return seed;
}

FUNCTION unsigned long digest(const char *from, int n)
{
    unsigned long sum = 14695981039346656037UL;

    for (int i = 0; i < n; i++) {
        sum = (sum ^ (unsigned char)from[i]) * 1099511628211UL;
    }
    return sum;
}

FUNCTION unsigned long count(const char *from, int n)
{
    unsigned long counts[256] = {0}, most = 0;

    for (int i = 0; i < n; i++) {
        counts[(unsigned char)from[i]]++;
    }
    for (int i = 0; i < 256; i++) {
        most = counts[i] > most ? counts[i] : most;
    }
    return most;
}

/* Each case defines it. */
static unsigned long step(unsigned long seed);

int main(void)
{
    unsigned long seed = 1;

    for (int i = 0; i < 3000; i++) {
        seed = fill(seed);
        sink += digest(text, SIZE) + count(text, SIZE);
        sink += step(seed);
    }
    return 0;
}
