#ifndef PFG_BASE_MEMORY_H
#define PFG_BASE_MEMORY_H

#include <stddef.h>

/*
 * Allocation that cannot fail: if memory runs out the program ends here, with
 * one line on stderr and exit status 4. Whoever reads a size from input limits
 * it before calling these functions.
 *
 * Libraries allocate with the program's malloc(), which ends it in the same way
 * (cli/malloc.c).
 */
void *pfg_alloc(size_t size); /* zeroed */
void *pfg_realloc(void *old, size_t size);
char *pfg_strdup(const char *text);

/* count * size; ends the program if that overflows. */
size_t pfg_array_size(size_t count, size_t size);

/* Ends the program after cleaning up what is registered below. It skips exit
 * handlers and destructors, because one of them may have run out of memory. */
void pfg_out_of_memory(void) __attribute__((noreturn));

/* Something incomplete that must not remain if the program ends here. The
 * caller owns the struct, which must not move until it is forgotten; the last
 * one registered is forgotten first. */
struct pfg_partial {
    void (*clear)(void *self);
    void *self;
    struct pfg_partial *next;
};

void pfg_partial_register(struct pfg_partial *partial);
/* Forgetting one that is not registered is fine. */
void pfg_partial_forget(struct pfg_partial *partial);

#endif
