#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static void *checked(void *memory)
{
    if (!memory) {
        fputs("error: out of memory\n", stderr);
        exit(PFG_SYSTEM);
    }
    return memory;
}

void *pfg_alloc(size_t size)
{
    return checked(calloc(1, size ? size : 1));
}

void *pfg_realloc(void *old, size_t size)
{
    return checked(realloc(old, size ? size : 1));
}

char *pfg_strdup(const char *text)
{
    return checked(strdup(text));
}

size_t pfg_array_size(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        checked(NULL);
    }
    return count * size;
}
