#!/bin/sh
# Measures this project (base), with the two patches (head), and as it is once
# more (again) into results/: the service in turn, the crate one after another.
# Needs patch, python3, locust and cargo; k6 where there is one, and a server
# for it at 127.0.0.1:18080.
# CARGO_FLAGS=--offline for vendored crates, PYTHON for one that knows locust.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
work=$(mktemp -d)
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || :; }
trap 'stop; rm -rf "$work"' EXIT
here=$PWD
for side in base head again; do
    mkdir "$work/$side"
    cp -r ./*.py numbers "$work/$side"
done
patch -s -d "$work/head" -p1 <regression.patch
patch -s -d "$work/head/numbers" -p1 <numbers.patch
mkdir -p results

# results/SIDE-criterion: a process a side.
criterion() { # SIDE
    # shellcheck disable=SC2086 # flags, or none
    (cd "$work/$1/numbers" && cargo bench ${CARGO_FLAGS-} --bench numbers) \
        >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    rm -rf "results/$1-criterion"
    mv "$work/$1/numbers/target/criterion" "results/$1-criterion"
    # report/ holds pictures, base/ repeats what new/ holds.
    find "results/$1-criterion" -depth -type d \( -name report -o -name base \
        -o -name change \) -exec rm -rf {} +
    find "results/$1-criterion" -type f \( -name '*.csv' -o -name tukey.json \) -delete
}

e2e() { # SIDE ROUND
    (cd "$work/$1" && "$python" e2e.py) >"results/$1-e2e-$2.json"
}

# results/SIDE-locust-ROUND_stats.csv
service() { # SIDE ROUND
    # Readers that leave in the middle of an answer are no news.
    (cd "$work/$1" && exec "$python" server.py 18091 2>/dev/null) &
    server=$!
    sleep 1
    (cd "$work/$1" && locust -f locustfile.py --headless --only-summary \
        -H http://127.0.0.1:18091 -u 4 -r 4 -t "${DURATION:-5s}" \
        --csv "$here/results/$1-locust-$2") >"$work/log" 2>&1 ||
        { cat "$work/log" >&2; exit 1; }
    stop
    wait "$server" 2>/dev/null || :
    server=
    rm -f "results/$1-locust-$2"_exceptions.csv "results/$1-locust-$2"_failures.csv \
        "results/$1-locust-$2"_stats_history.csv
}

# Calls WHAT for each side, in turn: each comes first now and then.
in_turn() { # ROUNDS WHAT
    for round in $(seq "$1"); do
        case $((round % 3)) in
        0) order='base head again' ;;
        1) order='head again base' ;;
        *) order='again base head' ;;
        esac
        for side in $order; do
            "$2" "$side" "$round"
        done
    done
}

in_turn "${ROUNDS:-5}" service
in_turn 12 e2e
if command -v cargo >/dev/null; then
    for side in base head again; do
        criterion "$side"
    done
fi
# k6 loads a server of its own; the patch does not touch it.
if command -v k6 >/dev/null; then
    for side in base head again; do
        k6 run --summary-export="results/$side-k6.json" k6/script.js
    done
fi
