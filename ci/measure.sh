#!/bin/bash
# Measures or reads results, stores them and judges them. The exit status is an
# output of the step, not its own status, because the reports and the comment
# come before the verdict.
set -euo pipefail
# In a container job the workspace belongs to another user.
export PERFGATE_SAFE_DIRECTORY=${GITHUB_WORKSPACE:-}

put() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

# Options are lists of words, results a list of lines, which may contain spaces
# and globs.
read -ra run_options <<<"${IN_RUN_OPTIONS//$'\n'/ }"
read -ra ingest_options <<<"${IN_INGEST_OPTIONS//$'\n'/ }"
read -ra judging <<<"${IN_COMPARE_OPTIONS//$'\n'/ }"
IFS=$'\n'
# shellcheck disable=SC2206 # split at line ends, and expanded
results=($IN_RESULTS)
unset IFS

mkdir -p "$IN_REPORTS" "$(dirname "$PERFGATE_DB")"
json=$IN_REPORTS/report.json
rm -f "$json"
judging+=(--report "json=$json")
if [ -n "$IN_THRESHOLD" ]; then
    judging+=(--threshold "$IN_THRESHOLD")
fi
if [ -n "$IN_CONFIG" ]; then
    judging+=(--config "$IN_CONFIG")
fi
if [ "$GATE" != true ]; then
    judging+=(--no-gate)
fi
if [ "$IN_ALLOW_NO_BASELINE" = true ]; then
    judging+=(--allow-no-baseline)
fi
# The target branch of the change, as actions/checkout fetches it.
branch=${BASE_BRANCH#refs/heads/}
branch=${branch:-$DEFAULT_BRANCH}
if [ -n "$branch" ] &&
    git rev-parse -q --verify "origin/$branch^{commit}" >/dev/null; then
    judging+=(--base-branch "origin/$branch")
fi

words() { # of the command, run by a shell if it needs one
    if [ -z "$IN_COMMAND" ]; then # what perfgate.json names
        command=()
        if [ -n "$IN_SUITE" ]; then
            run_options+=(--suite "$IN_SUITE")
        fi
        return
    fi
    if [[ $IN_COMMAND =~ ^[A-Za-z0-9_./:=@%+,\ -]+$ ]]; then
        read -ra command <<<"$IN_COMMAND"
    else
        command=(bash -eo pipefail -c "$IN_COMMAND")
    fi
    command=(-- "${command[@]}")
}

by_command() {
    local status path
    words
    for status in $IN_EXIT_OK; do
        run_options+=(--exit-ok "$status")
    done
    for path in "${results[@]}"; do
        run_options+=(--results "$path")
    done
    if [ -n "$IN_PREPARE" ]; then
        run_options+=(--prepare "$IN_PREPARE")
    fi
    if [ "$RECORD" = true ]; then
        if [ -n "$IN_CONFIG" ]; then
            run_options+=(--config "$IN_CONFIG")
        fi
        perfgate run --rounds "${IN_ROUNDS:-5}" "${run_options[@]}" \
            "${command[@]}" && by_history
        return
    fi
    run_options+=(--base "$IN_BASE" --time-budget "$IN_TIME_BUDGET")
    if [ -n "$IN_ROUNDS" ]; then
        run_options+=(--rounds "$IN_ROUNDS")
    fi
    if [ "$IN_PROFILE" = true ]; then
        run_options+=(--profile)
    fi
    # Measure the change itself instead of its merge: its base is the commit
    # where it branched off.
    if [ -n "$PULL_HEAD" ] && git cat-file -e "$PULL_HEAD" 2>/dev/null; then
        run_options+=(--head "$PULL_HEAD")
    fi
    perfgate run "${run_options[@]}" "${judging[@]}" "${command[@]}"
}

by_results() {
    if [ -n "$IN_SUITE" ]; then
        ingest_options+=(--suite "$IN_SUITE")
    fi
    perfgate ingest "${ingest_options[@]}" "${results[@]}" && by_history
}

by_history() {
    if [ -n "$IN_BASELINE" ]; then
        judging+=(--baseline "$IN_BASELINE")
    elif [ "$IN_BASE" != auto ]; then
        judging+=(--base "$IN_BASE")
    fi
    perfgate compare "${judging[@]}"
}

status=0
"by_$MODE" || status=$?
put status "$status"
if [ "$RECORD" = true ] && [ -n "$IN_HISTORY_KEEP" ] && [ -s "$PERFGATE_DB" ]; then
    removed=$(perfgate db prune --keep "$IN_HISTORY_KEEP" 2>&1) || {
        echo "$removed"
        removed=
        echo "::warning title=perfgate::the history was not pruned"
    }
    echo "perfgate: the history is $(du -h "$PERFGATE_DB" | cut -f 1), at most" \
        "$IN_HISTORY_KEEP versions on each machine${removed:+ ($removed)}"
fi
put stored "$([ -s "$PERFGATE_DB" ] && echo true || echo false)"
put report "$([ -s "$json" ] && echo true || echo false)"
