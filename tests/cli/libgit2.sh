#!/bin/sh
# libgit2 is loaded where a repository is asked, and there alone: comparing two
# files needs none of it, nor does any command outside of a repository.
library=$(grep -ao 'libgit2\.so\.[0-9.]*[0-9]' "$PERFGATE" | sed -n 1p)
[ -n "$library" ] || exit 0 # linked into a static program
mkdir damaged work
: > "damaged/$library"
export LD_LIBRARY_PATH="$PWD/damaged"
cd work || exit
bench A=100,101,99 > a.txt
perfgate compare a.txt a.txt > out
perfgate ingest --commit v1 a.txt 2> out
LD_LIBRARY_PATH='' git init -q .
perfgate compare a.txt a.txt > out

status=0
perfgate ingest --commit v2 a.txt > out 2>&1 || status=$?
cat out
[ "$status" -eq 4 ]
grep -q "cannot load libgit2: .*/$library: file too short" out
grep -q 'hint: install it (Debian: libgit2-[0-9.]*)' out

# Where it uses mbedTLS, it reads no certificates: see src/vcs/libgit2.c.
LD_LIBRARY_PATH='' LD_DEBUG=bindings perfgate ingest --commit v2 a.txt > out 2>&1
if grep 'to .*libmbedx509.*mbedtls_x509_crt_parse_file' out; then
    exit 1
fi
