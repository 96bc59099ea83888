#!/bin/bash
# Issues for what got worse for good. Like a comment, one that cannot be written
# decides on nothing, unless that is asked for.
set -euo pipefail
# The workspace may belong to another user: in a container job it does.
export PERFGATE_SAFE_DIRECTORY=${GITHUB_WORKSPACE:-}
options=(--id "$IN_ID" --last 500)
if [ -n "$IN_CONFIG" ]; then
    options+=(--config "$IN_CONFIG")
fi
status=0
perfgate trend --alert "${options[@]}" || status=$?
if [ "$status" != 0 ]; then
    echo "::warning title=perfgate::the alerts were not written" \
        "(see the log of this step)"
    if [ "$IN_REQUIRE" = true ]; then
        exit "$status"
    fi
fi
