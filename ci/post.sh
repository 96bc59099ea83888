#!/bin/bash
# Posts reports that other jobs made. After a workflow_run the pull request is
# the one whose head is the commit that was measured: GitHub is asked, and no
# word of the report is taken for it. perfgate itself refuses a report of
# another commit.
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

# The open pull requests of the branch, then the one with that head.
number_of_head() {
    curl --config - --fail --silent --show-error --max-time 60 --retry 3 --get \
        --data-urlencode state=open --data-urlencode per_page=100 \
        --data-urlencode "head=$HEAD_OWNER:$HEAD_BRANCH" \
        "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/pulls" \
        <<<"header = \"Authorization: Bearer $PERFGATE_TOKEN\"" |
        HEAD_SHA=$HEAD_SHA python3 -c '
import json, os, sys
for pull in json.load(sys.stdin):
    if pull["head"]["sha"] == os.environ["HEAD_SHA"]:
        print(int(pull["number"]))
        break'
}

if [ -n "$IN_NUMBER" ]; then
    options+=(--pr "$IN_NUMBER" --sha "$IN_SHA")
elif [ "$GITHUB_EVENT_NAME" = workflow_run ]; then
    number=$(number_of_head)
    if [ -z "$number" ]; then
        echo "::notice title=perfgate::no open pull request has ${HEAD_SHA:0:10}" \
            "as its head: it was closed, or pushed to since; nothing is posted"
        exit 0
    fi
    options+=(--pr "$number" --sha "$HEAD_SHA")
fi
exec perfgate comment "${options[@]}"
