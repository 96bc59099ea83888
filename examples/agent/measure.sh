#!/bin/sh
# Measures this agent, and with regression.patch, in turn: a file a round,
# results/base-N.txt and results/head-N.txt, with the Go benchmarks and the two
# load scenarios in it. Needs go and patch.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for side in base head; do
    mkdir "$work/$side"
    cp -r ./*.go go.mod cmd "$work/$side"
done
patch -s -d "$work/head" -p1 <regression.patch
for side in base head; do
    (cd "$work/$side" && go test -c -o bench . && mkdir bin &&
        go build -o bin ./cmd/...)
done

measure() { # in the folder of a side
    ./bench -test.run xxx -test.bench . -test.benchtime 200ms
    bin/load bin/agent steady 2
    bin/load bin/agent burst 6
}

mkdir -p results
for round in $(seq "${ROUNDS:-6}"); do
    order='base head'
    [ $((round % 2)) -eq 0 ] && order='head base'
    for side in $order; do
        {
            echo "perfgate-round: $round"
            (cd "$work/$side" && measure)
        } >"results/$side-$round.txt"
    done
done
