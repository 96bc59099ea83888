#!/bin/sh
# Measures nginx serving a page, and a slower set-up (no keep-alive), in turn:
# a file a run, results/base-N.txt and results/head-N.txt. Needs nginx and wrk.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
stop() { nginx -p "$work" -c "$work/nginx.conf" -s stop 2>/dev/null || :; }
trap 'stop; rm -rf "$work"' EXIT

chmod 755 "$work" # the worker is another user
mkdir -p results "$work/html"
head -c 5000 /dev/zero | tr '\0' x >"$work/html/index.html"

serve() { # base or head
    if [ "$1" = head ]; then
        echo 'keepalive_requests 4;' >"$work/side.conf"
    else
        echo 'keepalive_requests 100000;' >"$work/side.conf"
    fi
    cp nginx.conf "$work/nginx.conf"
    nginx -p "$work" -c "$work/nginx.conf" 2>/dev/null
    sleep 0.3
}

for round in $(seq "${ROUNDS:-5}"); do
    order='base head'
    [ $((round % 2)) -eq 0 ] && order='head base'
    for side in $order; do
        serve "$side"
        {
            echo "perfgate-round: $round"
            wrk -t1 -c8 -d"${DURATION:-2s}" --latency -s summary.lua \
                http://127.0.0.1:18080/index.html
        } >"results/$side-$round.txt"
        stop
        sleep 0.3
    done
done
