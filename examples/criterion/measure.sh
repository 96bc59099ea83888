#!/bin/sh
# Measures this crate, and with regression.patch applied, into results/base and
# results/head (what criterion keeps below target/criterion) and *.log (what it
# prints). Needs cargo and patch; CARGO_FLAGS=--offline for vendored crates.
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
mkdir -p results
for side in base head; do
    # shellcheck disable=SC2086 # flags, or none
    (cd "$work/$side" && cargo bench ${CARGO_FLAGS-} --bench numbers) \
        >"results/$side.log"
    rm -rf "results/$side"
    mv "$work/$side/target/criterion" "results/$side"
    # report/ holds pictures, base/ repeats what new/ holds.
    find "results/$side" -mindepth 1 -depth -type d \( -name report -o -name base \
        -o -name change \) -exec rm -rf {} +
    find "results/$side" -name '*.csv' -delete
done
