#!/bin/bash
# Builds perfgate from the action's own source, unless the cache had it.
set -euo pipefail
source=$(cd "$ACTION_PATH/.." && pwd)
runs() { "$TOOLS/built/perfgate" --version 2>/dev/null; }

# Even a cached build needs its libraries, which come from packages.
if ! runs; then
    make -C "$source" deps-build
fi
if ! runs; then
    make -C "$source" -j"$(nproc)" BUILD="$TOOLS/build" "$TOOLS/build/perfgate"
    cp "$TOOLS/build/perfgate" "$TOOLS/built/perfgate"
    rm -rf "$TOOLS/build"
fi
ln -sf "$TOOLS/built/perfgate" "$TOOLS/bin/perfgate"
"$TOOLS/built/perfgate" --version
