#ifndef PFG_STACKS_DEMANGLE_H
#define PFG_STACKS_DEMANGLE_H

#include <stdbool.h>

#include "base/str.h"

/*
 * Appends a symbol as it is written in the source: C++ (Itanium) and Rust
 * (legacy and v0) are demangled, without Rust's hash. What compilers and
 * profilers add is removed: "+0x1f", ".constprop.0", ".cold", "@@GLIBC_2.34",
 * callgrind's "'2". Other symbols, and those that become too long, stay as they
 * are.
 */
void pfg_demangle(struct pfg_str *out, struct pfg_slice symbol);

/* Demangles Rust's v0 ("_RNvC4core3run"). If the symbol is not of that kind,
 * returns false and leaves `out` unchanged. */
bool pfg_demangle_rust(struct pfg_str *out, struct pfg_slice symbol);

/* Whether the function belongs to a library, a runtime or the kernel, rather
 * than to the program under test. */
bool pfg_is_foreign(struct pfg_slice name, struct pfg_slice object);

#endif
