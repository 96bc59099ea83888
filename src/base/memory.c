#include "base/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"

/* A buffer of this size holds a whole input, or all rows of a report. Its page
 * faults cost more than processing its bytes, so the kernel is asked for large
 * pages. Not for the blocks of arenas: there, clearing unused memory would cost
 * more. */
#define LARGE     ((size_t)4 << 20)
#define HUGE_PAGE ((uintptr_t)2 << 20)

/* Global, because callers of these functions have no context to pass on. */
static struct pfg_partial *partials;

void pfg_partial_register(struct pfg_partial *partial)
{
    partial->next = partials;
    partials = partial;
}

void pfg_partial_forget(struct pfg_partial *partial)
{
    if (partials == partial) {
        partials = partial->next;
    }
}

void pfg_out_of_memory(void)
{
    static bool said; /* cleaning up may need memory, too */
    struct pfg_partial *partial;

    if (!said) {
        said = true;
        fputs("error: out of memory\n", stderr);
    }
    while ((partial = partials)) {
        partials = partial->next; /* cleaning up may end up here again */
        partial->clear(partial->self);
    }
    _exit(PFG_SYSTEM);
}

static void *checked(void *memory)
{
    if (!memory) {
        pfg_out_of_memory();
    }
    return memory;
}

static void *ask_for_large_pages(void *memory, size_t size)
{
    if (size >= LARGE) {
        uintptr_t begin = (uintptr_t)memory + HUGE_PAGE - 1;
        uintptr_t end = (uintptr_t)memory + size;

        begin -= begin % HUGE_PAGE;
        end -= end % HUGE_PAGE;
        /* Without support the kernel refuses, which changes nothing. */
        (void)madvise((void *)begin, end - begin, MADV_HUGEPAGE);
    }
    return memory;
}

void *pfg_alloc(size_t size)
{
    return ask_for_large_pages(checked(calloc(1, size ? size : 1)), size);
}

void *pfg_realloc(void *old, size_t size)
{
    return ask_for_large_pages(checked(realloc(old, size ? size : 1)), size);
}

char *pfg_strdup(const char *text)
{
    return checked(strdup(text));
}

size_t pfg_array_size(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        pfg_out_of_memory();
    }
    return count * size;
}
