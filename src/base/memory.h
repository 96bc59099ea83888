#ifndef PFG_BASE_MEMORY_H
#define PFG_BASE_MEMORY_H

#include <stddef.h>

/*
 * Allocation that cannot fail: when memory runs out the program ends here,
 * with one line on stderr and exit status 4. Sizes that come from input are
 * capped by whoever reads them, before they reach these.
 *
 * Libraries get theirs from the malloc() of the program, which ends it in the
 * same way (cli/malloc.c).
 */
void *pfg_alloc(size_t size); /* zeroed */
void *pfg_realloc(void *old, size_t size);
char *pfg_strdup(const char *text);

/* count * size, ending the program where that overflows. */
size_t pfg_array_size(size_t count, size_t size);

/* The one way out: clears away what is registered below, and ends the program
 * without the exit handlers and destructors, which may be what was at work. */
void pfg_out_of_memory(void) __attribute__((noreturn));

/* What must not stay when the program ends here. The struct is the caller's,
 * and stays where it is until it is forgotten, the last one first. */
struct pfg_partial {
    void (*clear)(void *self);
    void *self;
    struct pfg_partial *next;
};

void pfg_partial_register(struct pfg_partial *partial);
/* One that is not registered is fine. */
void pfg_partial_forget(struct pfg_partial *partial);

#endif
