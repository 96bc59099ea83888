#!/bin/bash
# Whether perfgate has to be built, where its tools go, and the key under which
# a build is kept: by machine and source. Writes outputs of the step.
set -euo pipefail
sources=$(cd "$ACTION_PATH/.." && find Makefile release.mk src templates \
    scripts/embed -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum |
    sha256sum)
{
    echo "build=$1"
    echo "build-key=perfgate-build-${ImageOS:-linux}-$(uname -m)-${sources%% *}"
    echo "tools=$RUNNER_TEMP/perfgate"
} >>"$GITHUB_OUTPUT"
