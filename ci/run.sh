#!/bin/bash
# Runs the command of the input `measure` once, and outputs its exit status.
# Some load tools report a verdict of their own by the exit status (k6's 99),
# which does not decide here.
set -euo pipefail
status=0
[ -z "$IN_MEASURE" ] || bash -eo pipefail -c "$IN_MEASURE" || status=$?
for fine in $IN_EXIT_OK; do
    if [ "$status" != 0 ] && [ "$status" = "$fine" ]; then
        echo "::notice title=perfgate::the measurement exited with status $status: its" \
            "results are still judged"
        status=0
    fi
done
if [ "$status" != 0 ]; then
    echo "::error title=perfgate::the measurement exited with status $status"
fi
# An output instead of the step's status, so that the comment reports it, too.
echo "status=$status" >>"$GITHUB_OUTPUT"
