/* A spinning lock: two threads take it for each byte instead of once. */
#include "work.h"

static volatile int held;
static unsigned long total;

FUNCTION void acquire(void)
{
    while (__atomic_exchange_n(&held, 1, __ATOMIC_ACQUIRE)) {
    }
}

FUNCTION void release(void)
{
    __atomic_store_n(&held, 0, __ATOMIC_RELEASE);
}

FUNCTION void add(const char *from, int n)
{
    int part = IS_HEAD ? 4 : n;

    for (int i = 0; i < n; i += part) {
        acquire();
        for (int k = i; k < i + part; k++) {
            total += (unsigned char)from[k];
        }
        release();
    }
}

/* Many steps together, because perf takes no sample of a thread that ends
 * before the first is due. */
enum { TOGETHER = 100 };

static void *worker(void *from)
{
    for (int i = 0; i < TOGETHER; i++) {
        add(from, SIZE / 2);
    }
    return NULL;
}

static unsigned long step(unsigned long seed)
{
    static int steps;
    pthread_t thread;

    if (++steps % TOGETHER == 0) {
        pthread_create(&thread, NULL, worker, text);
        worker(text + SIZE / 2);
        pthread_join(thread, NULL);
    }
    return total + seed;
}
