#!/bin/sh
# Measures this package, its slower version, and the package once more in
# turn, process by process, into results/base.txt, head.txt and again.txt.
# Many short processes on one processor: what disturbs some of them is over
# before the others. RUN goes before each, such as 'chrt -f 50'. Needs go and
# patch.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for side in base head again; do
    mkdir "$work/$side"
    cp ./*.go go.mod "$work/$side"
done
patch -s -d "$work/head" -p1 <regression.patch
mkdir -p results
for side in base head again; do
    : >"results/$side.txt"
    (cd "$work/$side" && go test -c -o bench.test .)
done
for round in $(seq "${ROUNDS:-120}"); do
    # In turn, and each side comes first once in three rounds.
    case $((round % 3)) in
    0) order='base head again' ;;
    1) order='head again base' ;;
    *) order='again base head' ;;
    esac
    for side in $order; do
        {
            echo "perfgate-round: $round"
            (cd "$work/$side" && ${RUN:-} ./bench.test -test.run xxx \
                -test.bench . -test.cpu 1 -test.benchtime "${BENCHTIME:-10ms}")
        } >>"results/$side.txt"
    done
done
