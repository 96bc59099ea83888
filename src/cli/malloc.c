/*
 * The program's malloc(), calloc() and realloc(), for itself and all libraries:
 * those of the C library, or of a preloaded one, except that they never fail.
 * Some libraries crash when memory runs out (ctemplate, libgit2, glibc's
 * regcomp()), and others mistake it for missing data.
 *
 * A static program uses the linker's --wrap, PFG_WRAP_MALLOC. Sanitizers bring
 * their own.
 */
#include <dlfcn.h>
#include <stdlib.h>

#include "base/memory.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NAME(function)        pfg_unused_##function
#define THEIR(type, function) (&function)
#elif defined(PFG_WRAP_MALLOC)
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
#define NAME(function)        __wrap_##function
#define THEIR(type, function) (&__real_##function)
#else
#define NAME(function)        function
#define THEIR(type, function) ((type *)dlsym(RTLD_NEXT, #function))
#endif

typedef void *malloc_function(size_t size);
typedef void *calloc_function(size_t count, size_t size);
typedef void *realloc_function(void *old, size_t size);

malloc_function NAME(malloc);
calloc_function NAME(calloc);
realloc_function NAME(realloc);

static void *there(void *memory, size_t size)
{
    if (!memory && size) {
        pfg_out_of_memory();
    }
    return memory;
}

void *NAME(malloc)(size_t size)
{
    static malloc_function *theirs;

    if (!theirs) {
        theirs = THEIR(malloc_function, malloc);
    }
    return there(theirs(size), size);
}

void *NAME(calloc)(size_t count, size_t size)
{
    static calloc_function *theirs;

    if (!theirs) {
        theirs = THEIR(calloc_function, calloc);
    }
    return there(theirs(count, size), count && size);
}

void *NAME(realloc)(void *old, size_t size)
{
    static realloc_function *theirs;

    if (!theirs) {
        theirs = THEIR(realloc_function, realloc);
    }
    return there(theirs(old, size), size);
}
