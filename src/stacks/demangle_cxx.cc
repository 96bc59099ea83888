// The C++ runtime's own demangler.

extern "C" {
#include "stacks/demangle.h"
}

#include <cstdlib>
#include <cxxabi.h>

bool pfg_demangle_cxx(struct pfg_str *out, const char *symbol)
{
    int status = 0;
    char *name = abi::__cxa_demangle(symbol, nullptr, nullptr, &status);

    if (!name || status) {
        return false;
    }
    pfg_str_puts(out, name);
    std::free(name);
    return true;
}
