#!/bin/sh
# Measures three versions of this package in turn, a process a round, into
# results/v0.4.0.txt, v0.5.0.txt and pull-request.txt; then v0.5.0 again, three
# processes for each of NIGHTS nights, into results/night-N.txt. Needs go and
# patch.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Each version is the one before it with its patch.
cp ./*.go go.mod "$work"
(cd "$work" && go test -c -o v0.4.0 .)
for version in v0.5.0 pull-request; do
    patch -s -d "$work" -p1 <"$version.patch"
    (cd "$work" && go test -c -o "$version" .)
done

mkdir -p results
bench() { # VERSION FILE
    (cd "$work" && "./$1" -test.run xxx -test.bench . \
        -test.benchtime "${BENCHTIME:-200ms}") >>"results/$2.txt"
}

rm -f results/*.txt
for round in $(seq "${ROUNDS:-8}"); do
    case $((round % 3)) in
    0) order='v0.4.0 v0.5.0 pull-request' ;;
    1) order='v0.5.0 pull-request v0.4.0' ;;
    *) order='pull-request v0.4.0 v0.5.0' ;;
    esac
    for version in $order; do
        echo "perfgate-round: $round" >>"results/$version.txt"
        bench "$version" "$version"
    done
done
for night in $(seq "${NIGHTS:-8}"); do
    # No rounds here: no night is measured in turn with another.
    for _ in 1 2 3; do
        bench v0.5.0 "night-$night"
    done
done
