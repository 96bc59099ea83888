#!/bin/bash
# Puts perfgate on the PATH of the steps that follow, and beside it
# perfgate-comment, which is the same program unless a release's is used.
set -euo pipefail

fail() {
    echo "::error title=perfgate::$*"
    exit 4
}
mkdir -p "$TOOLS/bin" "$TOOLS/built"
echo "$TOOLS/bin" >>"$GITHUB_PATH"
source=$(cd "$ACTION_PATH/.." && pwd)

use() { # PROGRAM NAME...
    local program=$1 name
    shift
    for name in "$@"; do
        ln -sf "$program" "$TOOLS/bin/$name"
    done
    "$program" --version || fail "$program does not run here"
}

runs() { "$TOOLS/built/perfgate" --version >/dev/null 2>&1; }

# Its libraries come from packages, also for a build of an earlier job.
build() {
    if ! runs; then
        make -C "$source" deps-build
    fi
    if ! runs; then
        make -C "$source" -j"$(nproc)" BUILD="$TOOLS/build" \
            "$TOOLS/build/perfgate"
        cp "$TOOLS/build/perfgate" "$TOOLS/built/perfgate"
        rm -rf "$TOOLS/build"
    fi
}

download() {
    local name base
    name=perfgate-$IN_VERSION-linux-$(uname -m)
    base=${IN_RELEASE_URL:-$GITHUB_SERVER_URL/$ACTION_REPOSITORY/releases/download}
    curl --fail --silent --show-error --location --proto '=https,file' \
        --retry 3 --max-time 300 --output "$TOOLS/$name" \
        "$base/v$IN_VERSION/$name" || fail "cannot download $name from $base"
    echo "$IN_SHA256  $TOOLS/$name" | sha256sum --check --quiet ||
        fail "$name has another checksum than sha256 says"
    chmod +x "$TOOLS/$name"
    use "$TOOLS/$name" perfgate
}

if [ -n "$IN_PROGRAM" ]; then
    use "$(realpath "$IN_PROGRAM")" perfgate perfgate-comment
    exit
fi
if [ "$BUILD" = true ]; then
    build
    use "$TOOLS/built/perfgate" perfgate perfgate-comment
fi
if [ -n "$IN_VERSION" ]; then
    download
fi
