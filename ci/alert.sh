#!/bin/bash
# Opens issues for lasting regressions. If one cannot be written the job does
# not fail, unless that is asked for; the same holds for comments.
set -euo pipefail
# In a container job the workspace belongs to another user.
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
