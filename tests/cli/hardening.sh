#!/bin/sh
# The program is built hardened: position-independent, with its relocations
# read-only before it runs, no executable stack, guarded stacks and checked
# string functions. Flags of one's own may say otherwise: a sanitized build has
# its own guards.
command -v readelf >/dev/null || { echo "no readelf"; exit 77; }
[ -z "${LSAN_OPTIONS-}" ] || exit 0
program=$(readlink -f "$PERFGATE")

has() { # WHAT OPTION...: readelf's output names it
    what=$1
    shift
    readelf -W "$@" "$program" >out
    grep -qE "$what" out || { echo "not hardened: no $what"; exit 1; }
}
has 'Type: *DYN' -h
has 'GNU_RELRO' -l
has 'GNU_STACK .* RW ' -l
has 'BIND_NOW|FLAGS_1.*NOW' -d
# A static program calls these in itself.
readelf -d "$program" | grep -q NEEDED || exit 0
has '__stack_chk_fail' --dyn-syms
has '__(vs|s)n?printf_chk|__memcpy_chk' --dyn-syms
