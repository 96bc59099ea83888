#!/bin/bash
# Runs what the input `measure` says, once. A load tool that gives a verdict of
# its own by its exit status (k6's 99) is not the one that decides here.
set -euo pipefail
[ -n "$IN_MEASURE" ] || exit 0

status=0
bash -eo pipefail -c "$IN_MEASURE" || status=$?
for fine in $IN_EXIT_OK; do
    if [ "$status" = "$fine" ]; then
        echo "::notice title=perfgate::the measurement ended with $status: its" \
            "results are judged all the same"
        exit 0
    fi
done
if [ "$status" != 0 ]; then
    echo "::error title=perfgate::the measurement ended with status $status"
fi
exit "$status"
