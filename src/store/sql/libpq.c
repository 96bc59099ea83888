#include "store/sql/libpq.h"

#include <dlfcn.h>

#ifdef PFG_STATIC
/* Loading libpq would bring in a second C library, and crash the program. */
int pfg_libpq_load(struct pfg_libpq *out, struct pfg_error *err)
{
    (void)out;
    pfg_fail(err, PFG_SYSTEM,
             "the static program cannot load PostgreSQL's client library");
    return pfg_hint(err, "use a perfgate built with 'make'");
}
#else
int pfg_libpq_load(struct pfg_libpq *out, struct pfg_error *err)
{
    out->library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!out->library) {
        pfg_fail(err, PFG_SYSTEM, "cannot load PostgreSQL's client library: %s",
                 dlerror());
        return pfg_hint(err, "install it (Debian: libpq5)");
    }
    /* ISO C has no conversion from an object pointer to a function pointer;
     * POSIX allows it for dlsym(). */
#define FIND(type, name, parameters)                                           \
    *(void **)&out->name = dlsym(out->library, #name);                         \
    if (!out->name) {                                                          \
        return pfg_fail(err, PFG_SYSTEM, "libpq has no " #name "()");          \
    }
    PFG_LIBPQ(FIND)
#undef FIND
    return 0;
}
#endif
