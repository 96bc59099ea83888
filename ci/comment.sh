#!/bin/bash
# Writes the comment and the status. A forge that cannot be reached does not
# fail the job, unless that is asked for.
set -euo pipefail
# In a container job the workspace belongs to another user.
export PERFGATE_SAFE_DIRECTORY=${GITHUB_WORKSPACE:-}
options=(--id "$IN_ID")
if [ -s "$IN_REPORTS/report.json" ]; then
    options+=(--from "$IN_REPORTS/report.json")
elif [ "${MEASURED:-0}" != 0 ]; then
    options+=(--failed "the measurement ended with exit status $MEASURED")
else
    options+=(--failed "perfgate ended with exit status $STATUS, see the job's log")
fi
if [ -n "$PART" ]; then
    options+=(--part "$PART")
fi
if [ "$IN_COMMENT" != true ] || [ "$GITHUB_EVENT_NAME" != pull_request ]; then
    options+=(--no-comment)
fi
# shellcheck source=ci/comment-options.sh
. "$ACTION_PATH/comment-options.sh"
if [ -n "$REPORT_URL" ]; then
    options+=(--report-url "$REPORT_URL")
fi
status=0
perfgate comment "${options[@]}" || status=$?
if [ "$status" != 0 ]; then
    echo "::warning title=perfgate::the comment or the status was not written" \
        "(see the log of this step)"
    if [ "$IN_REQUIRE" = true ]; then
        exit "$status"
    fi
fi
