#!/bin/bash
# Puts perfgate on the PATH of the following steps: an existing program
# (IN_PROGRAM), the requested release (IN_VERSION, IN_SHA256), or the release
# that the action itself belongs to. If there is none, the outputs say that it
# has to be built, and the cache key of the build.
set -euo pipefail

fail() {
    echo "::error title=perfgate::$*"
    exit 4
}
put() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }
tools=$RUNNER_TEMP/perfgate
source=$(cd "$ACTION_PATH/.." && pwd)
[ "$(uname -s)" = Linux ] || fail "perfgate runs on Linux, not on $(uname -s)"
mkdir -p "$tools/bin" "$tools/built"
echo "$tools/bin" >>"$GITHUB_PATH"

use() { # PROGRAM
    ln -sf "$1" "$tools/bin/perfgate"
    "$1" --version || fail "$1 does not run here"
    put build false
    exit 0
}

# A release has the program and SHA256SUMS. On Gitea and Forgejo an action may
# come from any server, and the account of that name on this server may be
# somebody else's, so only the input says where the releases are.
elsewhere=${GITEA_ACTIONS:-}${FORGEJO_ACTIONS:-}
releases=$IN_RELEASE_URL
if [ -z "$releases$elsewhere" ]; then
    releases=$GITHUB_SERVER_URL/$ACTION_REPOSITORY/releases/download
fi
name=
from=
fetch() { # FILE
    curl --fail --silent --show-error --location --proto '=https,file' \
        --retry 3 --max-time 300 --output "$tools/$1" "$from/$1"
}
find_release() { # VERSION
    name=perfgate-$1-linux-$(uname -m)
    from=$releases/v$1
}
has_sum() { # SHA256
    echo "$1  $tools/$name" | sha256sum -c >/dev/null 2>&1 # busybox, too
}

# The release that the action belongs to: the workflow names the action by the
# release's tag, or by the commit of that tag. A branch is newer than the
# release. Some runners of Gitea and Forgejo do not set ACTION_REF.
release_of_action() {
    local version
    version=$(sed -n 's/^VERSION := //p' "$source/Makefile")
    case $ACTION_REF in
    "v$version" | "v${version%%.*}") echo "$version" ;;
    '') [ -z "$elsewhere" ] || echo "$version" ;;
    *)
        if [[ $ACTION_REF =~ ^[0-9a-f]{40}$ ]]; then
            git ls-remote "${releases%/releases/download}" \
                "refs/tags/v$version" "refs/tags/v$version^{}" |
                sed -n "s/^$ACTION_REF.*/$version/p" | head -n 1
        fi
        ;;
    esac
}

# SHA256SUMS is beside the program, so it only detects a broken download. Where
# the program was built is attested by the forge, and gh verifies that.
proven() {
    local sum
    sum=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$name\$/\1/p" "$tools/SHA256SUMS")
    if [ -z "$sum" ] || ! has_sum "$sum"; then
        fail "the checksum of $name does not match SHA256SUMS"
    fi
    if [ "$GITHUB_SERVER_URL" != https://github.com ] ||
        ! command -v gh >/dev/null; then
        echo "perfgate: the attestation of $name is not verified:" \
            "this needs gh and github.com"
    else
        GH_TOKEN=$TOKEN gh attestation verify "$tools/$name" \
            --repo "$ACTION_REPOSITORY" ||
            fail "$name has no attestation of a build by $ACTION_REPOSITORY"
    fi
}

if [ -n "$IN_PROGRAM" ]; then
    use "$(realpath "$IN_PROGRAM")"
fi
if [ -n "$IN_VERSION" ]; then
    [[ $IN_VERSION =~ ^[0-9A-Za-z.+~-]+$ ]] || fail "version: expected a version such as 0.1.0"
    [[ $IN_SHA256 =~ ^[0-9a-f]{64}$ ]] ||
        fail "sha256: expected the 64 digits of the program's checksum in SHA256SUMS"
    [ -n "$releases" ] || fail "release-url: expected the address of the releases"
    find_release "$IN_VERSION"
    fetch "$name" || fail "cannot download $name from $from"
    has_sum "$IN_SHA256" || fail "the checksum of $name does not match the input sha256"
    chmod +x "$tools/$name"
    use "$tools/$name"
fi
version=
if [ -n "$releases" ]; then
    version=$(release_of_action) || version=
else
    echo "perfgate: building from source; set release-url to download a release"
fi
if [ -n "$version" ]; then
    find_release "$version"
    if fetch SHA256SUMS && fetch "$name"; then
        proven
        chmod +x "$tools/$name"
        use "$tools/$name"
    fi
    echo "perfgate: release $version has no $name: building from source"
fi

sources=$(cd "$source" && find Makefile release.mk src templates \
    scripts/embed -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum |
    sha256sum)
put build true
put build-key "perfgate-build-${ImageOS:-linux}-$(uname -m)-${sources%% *}"
put tools "$tools"
