#ifndef PFG_STACKS_DEMANGLE_H
#define PFG_STACKS_DEMANGLE_H

#include <stdbool.h>

#include "base/str.h"

/*
 * Appends a symbol as people write it: C++ (Itanium), Rust (legacy and v0)
 * demangled, without the hash of Rust's; without what compilers and profilers
 * add: "+0x1f", ".constprop.0", ".cold", "@@GLIBC_2.34", callgrind's "'2". What
 * it does not know stays as it is.
 */
void pfg_demangle(struct pfg_str *out, struct pfg_slice symbol);

/* Rust's v0 ("_RNvC4core3run"); false where it is none, with `out` as it
 * was. */
bool pfg_demangle_rust(struct pfg_str *out, struct pfg_slice symbol);

/* By the C++ runtime; false where it is not mangled so. */
bool pfg_demangle_cxx(struct pfg_str *out, const char *symbol);

/* Whether the function belongs to a library, a language's runtime or the
 * kernel, and not to the program under test. */
bool pfg_is_foreign(struct pfg_slice name, struct pfg_slice object);

#endif
