#!/bin/sh
# Measures this crate and the crate with regression.patch in turn, a process a
# round, into results/base-N and results/head-N: what criterion writes below
# target/criterion, without its pictures. Needs cargo and patch.
# CARGO_FLAGS=--offline for vendored crates.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for side in base head; do
    mkdir "$work/$side"
    cp -r Cargo.toml src benches "$work/$side"
    [ ! -d .cargo ] || cp -r .cargo "$work/$side"
done
patch -s -d "$work/head" -p1 <regression.patch

bench() { # SIDE OPTION...
    side=$1
    shift
    # shellcheck disable=SC2086 # flags, or none
    (cd "$work/$side" && cargo bench ${CARGO_FLAGS-} --bench overhead "$@") \
        >/dev/null 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}

keep() { # SIDE ROUND
    kept=results/$1-$2
    rm -rf "$kept"
    mv "$work/$1/target/criterion" "$kept"
    find "$kept" -depth -type d \( -name report -o -name base \
        -o -name change \) -exec rm -rf {} +
    find "$kept" -type f \( -name '*.csv' -o -name tukey.json \) -delete
}

bench base --no-run
bench head --no-run
mkdir -p results
for round in $(seq -w "${ROUNDS:-10}"); do
    order='base head'
    [ $((${round#0} % 2)) -eq 0 ] && order='head base'
    for side in $order; do
        bench "$side"
        keep "$side" "$round"
    done
done
