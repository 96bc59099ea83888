#!/bin/sh
# Measures this package and its slower version in turn, process by process,
# into results/base.txt and results/head.txt. Needs go and patch.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for side in base head; do
    mkdir "$work/$side"
    cp ./*.go go.mod "$work/$side"
done
patch -s -d "$work/head" -p1 <regression.patch
: >results/base.txt
: >results/head.txt
for side in base head; do
    (cd "$work/$side" && go test -c -o bench.test .)
done
for round in $(seq "${ROUNDS:-8}"); do
    # In turn, and each side first every other round.
    order='base head'
    [ $((round % 2)) -eq 0 ] && order='head base'
    for side in $order; do
        {
            echo "perfgate-round: $round"
            (cd "$work/$side" && ./bench.test -test.run xxx -test.bench . \
                -test.benchtime 100ms)
        } >>"results/$side.txt"
    done
done
