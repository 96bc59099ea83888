#!/bin/bash
# Posts reports that other jobs made. After a workflow_run perfgate asks GitHub
# for the pull request whose head is the commit that was measured, takes no word
# of the report for it, and refuses a report of another commit.
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
if [ "$IN_ONLY_ON_CHANGE" = true ]; then
    options+=(--only-on-change)
fi
if [ "$IN_KEEP" = true ]; then
    options+=(--keep)
fi
if [ "$IN_REQUIRE" = true ]; then
    options+=(--require)
fi
if [ -n "$IN_STATUS" ]; then
    options+=("--status=$IN_STATUS")
fi

if [ -n "$IN_NUMBER" ]; then
    options+=(--pr "$IN_NUMBER" --sha "$IN_SHA")
fi
exec perfgate comment "${options[@]}"
