#!/bin/sh
# Builds the three versions and loads them with wrk in turn, a file a run:
# results/v1.0-N.txt, v1.1-N.txt, v1.2-N.txt. Needs go, wrk, curl and patch.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || :; }
trap 'stop; rm -rf "$work"' EXIT
url=http://127.0.0.1:18090/echo

# Each version is the one before it with its patch.
cp main.go go.mod "$work"
(cd "$work" && go build -o v1.0 .)
for version in v1.1 v1.2; do
    patch -s -d "$work" -p1 <"$version.patch"
    (cd "$work" && go build -o "$version" .)
done
head -c 16384 /dev/urandom >"$work/page"

load() { # VERSION ROUND
    "$work/$1" &
    server=$!
    # Until it answers, and rightly; then a second to warm up.
    curl -s --retry 20 --retry-connrefused --retry-delay 1 \
        --data-binary "@$work/page" "$url" | cmp - "$work/page"
    wrk -t1 -c8 -d1s -s post.lua "$url" >"$work/warm"
    {
        echo "perfgate-round: $2"
        wrk -t1 -c8 -d"${DURATION:-3s}" --latency -s post.lua "$url"
    } >"results/$1-$2.txt"
    stop
    wait "$server" 2>/dev/null || :
    server=
}

mkdir -p results
for round in $(seq "${ROUNDS:-8}"); do
    # In turn, and each version comes first now and then.
    case $((round % 3)) in
    0) order='v1.0 v1.1 v1.2' ;;
    1) order='v1.1 v1.2 v1.0' ;;
    *) order='v1.2 v1.0 v1.1' ;;
    esac
    for version in $order; do
        load "$version" "$round"
    done
done
