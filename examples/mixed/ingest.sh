#!/bin/sh
# Takes in what the four tools measured of a version: ingest.sh SIDE, which is
# the version's name here; in a project of its own that is HEAD.
set -eu
cd "$(dirname "$0")"
perfgate ingest --commit "$1" --suite numbers "results/$1-criterion"
perfgate ingest --commit "$1" --suite load "results/$1-k6.json" \
    results/"$1"-locust-*_stats.csv
# This JSON says itself which suites there are.
perfgate ingest --commit "$1" results/"$1"-e2e-*.json
