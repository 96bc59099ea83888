#ifndef PFG_BASE_MEMORY_H
#define PFG_BASE_MEMORY_H

#include <stddef.h>

/*
 * Allocation that cannot fail: when memory runs out the program ends here,
 * with one line on stderr and exit status 4. Sizes that come from input are
 * capped by whoever reads them, before they reach these.
 */
void *pfg_alloc(size_t size); /* zeroed */
void *pfg_realloc(void *old, size_t size);
char *pfg_strdup(const char *text);

/* count * size, ending the program where that overflows. */
size_t pfg_array_size(size_t count, size_t size);

#endif
