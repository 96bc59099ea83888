#!/bin/bash
# Posts the reports of other jobs. After a workflow_run perfgate asks GitHub for
# the pull request whose head is the measured commit, without trusting the
# report, and refuses a report of another commit.
set -euo pipefail

IFS=$'\n'
# shellcheck disable=SC2206 # split at line ends, and expanded
files=($IN_REPORTS)
unset IFS
options=(--id "$IN_ID")
for file in "${files[@]}"; do
    if [ -e "$file" ]; then
        options+=(--from "$file")
    fi
done
if [ "${#options[@]}" = 2 ]; then
    options+=(--failed "the job that measures left no report, see its log")
fi
# shellcheck source=ci/comment-options.sh
. "$ACTION_PATH/comment-options.sh"

if [ -n "$IN_NUMBER" ]; then
    options+=(--pr "$IN_NUMBER" --sha "$IN_SHA")
fi
exec perfgate comment "${options[@]}"
