#!/bin/bash
# What load-test.yml measures: starts the server that was built here, and puts
# load on it. k6's status goes on to perfgate, whatever wrk says.
set -euo pipefail
./server --port 8080 &
server=$!
trap 'kill "$server"' EXIT
for ((tries = 0; tries < 50; tries++)); do
    curl --silent --fail --output /dev/null http://localhost:8080/ && break
    sleep 0.2
done
wrk --threads 2 --connections 64 --duration 30s --latency \
    http://localhost:8080/ >wrk.txt
status=0
k6 run --quiet --summary-export k6.json load-test.js || status=$?
exit "$status"
