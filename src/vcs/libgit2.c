#include <dlfcn.h>

#include "vcs/repo.h"

#ifdef PFG_STATIC
#define FUNCTION(name) .name = git_##name,
struct pfg_libgit2 pfg_git = {PFG_LIBGIT2(FUNCTION)};

int pfg_libgit2_load(struct pfg_error *err)
{
    (void)err;
    return 0;
}
#else
/* Each version has its own ABI. */
#define LIBRARY     "libgit2.so." LIBGIT2_SOVERSION

struct pfg_libgit2 pfg_git;

static const struct {
    const char *name;
    void *place;
} functions[] = {
#define PLACE(name) {"git_" #name, &pfg_git.name},
    PFG_LIBGIT2(PLACE)};

int pfg_libgit2_load(struct pfg_error *err)
{
    void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);

    if (!library) {
        pfg_fail(err, PFG_SYSTEM, "cannot load libgit2: %s", dlerror());
        return pfg_hint(err, "install it (Debian: libgit2-" LIBGIT2_SOVERSION
                             "), or build perfgate with the installed version");
    }
    for (size_t i = 0; i < PFG_COUNT(functions); i++) {
        void *found = dlsym(library, functions[i].name);

        if (!found) {
            return pfg_fail(err, PFG_SYSTEM, LIBRARY " has no %s()",
                            functions[i].name);
        }
        /* POSIX allows the conversion that ISO C does not. */
        *(void **)functions[i].place = found;
    }
    return 0;
}

/*
 * When libgit2 starts, it has mbedTLS read all certificates of the system,
 * which takes longer than anything that perfgate asks it. perfgate only reads
 * local repositories, so this takes the place of mbedTLS's function (the
 * Makefile exports it) and reads none: no server would be trusted.
 */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
    (void)chain;
    (void)path;
    return 0;
}
#endif
