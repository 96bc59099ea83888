#!/bin/bash
# Decides what the action does: which way of measuring, whether it gates, where
# the history comes from and goes to. Reads the inputs (IN_...) and GitHub's
# variables; writes the step's outputs.
set -euo pipefail

fail() {
    echo "::error title=perfgate::$*"
    exit 2
}
warn() { echo "::warning title=perfgate::$*"; }
put() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

[ "$(uname -s)" = Linux ] || fail "perfgate runs on Linux, not on $(uname -s):" \
    "upload the results of this job, and judge them in one on Linux (the" \
    "inputs results and hardware)"
# They become part of keys and outputs.
[[ $IN_ID =~ ^[A-Za-z0-9._-]{1,64}$ ]] ||
    fail "id: expected 1 to 64 letters, digits, dots, dashes and underscores"
case $GITHUB_EVENT_NAME in
pull_request_target) fail "pull_request_target would run the code of forks" \
    "with a token that has write permission: use pull_request, and for" \
    "forks the pair of workflows in examples/workflows" ;;
esac

if [ -n "$IN_COMMAND" ]; then
    mode='command'
elif [ -n "$IN_RESULTS" ]; then
    mode='results'
elif grep -qs '"benchmarks"' "${IN_CONFIG:-perfgate.json}" perfgate.jsonc; then
    mode='command' # those
else
    fail "nothing to measure: set command (measured for base and head in turn)," \
        "results (files to read), or \"benchmarks\" in perfgate.json"
fi
if [ -n "$IN_ROUNDS" ]; then
    [[ $IN_ROUNDS =~ ^[0-9]{1,4}$ ]] || fail "rounds: expected a number"
    [ "$IN_ROUNDS" -ge 5 ] ||
        warn "$IN_ROUNDS rounds detect only large changes: use 5 or more"
fi
if [ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = true ]; then
    warn "this clone is shallow, so no base can be found: give actions/checkout" \
        "fetch-depth: 0"
fi

# Not every event tells (`schedule` does not): then the clone's origin is asked.
default=${DEFAULT_BRANCH:-}
if [ -z "$default" ]; then
    default=$(git ls-remote --symref origin HEAD 2>/dev/null |
        sed -n 's,^ref: refs/heads/\(.*[^[:space:]]\)[[:space:]]*HEAD$,\1,p') ||
        default=
fi
# What is on the default branch has been decided on: it is kept, not gated.
# That is so only where the branch was checked out: for comments, and runs that
# other workflows set off, GITHUB_REF is the default branch whatever was.
record=false
case $GITHUB_EVENT_NAME in
push | schedule | workflow_dispatch)
    if [ -z "$default" ]; then
        warn "the default branch is unknown: nothing is stored in the history"
    elif [ "$GITHUB_REF" = "refs/heads/$default" ] &&
        [ "$(git rev-parse HEAD 2>/dev/null)" = "${GITHUB_SHA:-}" ]; then
        record=true
    fi
    ;;
esac
case $IN_GATE in
true | false) gate=$IN_GATE ;;
auto) gate=$([ "$record" = true ] && echo false || echo true) ;;
*) fail "gate: expected true, false or auto" ;;
esac

# The jobs of a matrix that are given no id each have a part of their own in what
# is kept, uploaded and commented: none overwrites what another one found.
part=
if [ "${JOB_TOTAL:-1}" -gt 1 ] && [ "$IN_ID" = default ]; then
    part=$(sed -n 's/^ *"[^"]*": "\{0,1\}\([^"{}[]*[^"{}[,]\)"\{0,1\},\{0,1\}$/\1/p' \
        <<<"$MATRIX" | paste -sd, - | sed 's/,/, /g' | cut -c 1-100)
fi
own=$IN_ID
if [ -n "$part" ]; then
    own=$IN_ID-$(tr -c 'A-Za-z0-9._\n' - <<<"$part")
fi
put part "$part"

# The cache never changes what it has, so each run has a key of its own, and
# takes the newest of the default branch. Others have another prefix: none of
# them reads what an earlier one kept, but the first attempt of the same run.
# A baseline file needs no history.
prefix=perfgate-$own-history-
other=perfgate-$own-run-
if [ "$record" = true ]; then
    other=$prefix
fi
# A branch of the repository keeps it where the job may write, and where there
# is one everybody reads it; else the cache does. Each gate has its own.
keep=false branch=perfgate-history
if [ "$own" != default ]; then
    branch=perfgate-history-$own
fi
case $IN_HISTORY in
false) branch= ;;
cache) keep=true branch= ;;
branch) ;;
true | auto)
    if git ls-remote --exit-code origin "refs/heads/$branch" >/dev/null 2>&1; then
        echo "perfgate: the history is on the branch $branch"
    else
        keep=true
    fi
    ;;
*) fail "history: expected auto, branch, cache or false" ;;
esac
put keep "$keep"
put branch "$branch"
put key "$other$GITHUB_RUN_ID-$GITHUB_RUN_ATTEMPT"
printf 'restore-keys<<perfgate-end\n%s\n%s\nperfgate-end\n' \
    "$other$GITHUB_RUN_ID-" "$prefix" >>"$GITHUB_OUTPUT"

# Several gates in one job keep out of each other's way.
folder=perfgate-report
if [ "$own" != default ]; then
    folder=perfgate-report-$own
fi
artifact=$IN_ARTIFACT
if [ "$artifact" = auto ]; then
    artifact=$folder
    # The action that uploads fails anywhere else.
    case $GITHUB_SERVER_URL in
    https://github.com | https://*.ghe.com) ;;
    *)
        artifact=
        echo "perfgate: the reports are not uploaded as an artifact:" \
            "$GITHUB_SERVER_URL accepts only those of other actions; upload the folder $folder yourself"
        ;;
    esac
fi
put reports "$([ "$IN_REPORTS" = auto ] && echo "$folder" || echo "$IN_REPORTS")"
put artifact "$artifact"

# A comment needs a pull request; a status only a commit.
post=false
# shellcheck disable=SC2153 # IN_COMMENT is another than IN_COMMAND
if [[ $IN_COMMENT == true && $GITHUB_EVENT_NAME == pull_request ]] ||
    [ -n "$IN_STATUS" ]; then
    post=true
fi

if [ -n "$IN_HISTORY_KEEP" ]; then
    [[ $IN_HISTORY_KEEP =~ ^[1-9][0-9]{0,5}$ ]] ||
        fail "history-keep: expected a number of versions"
fi
put default "$default"
put mode "$mode"
put record "$record"
put gate "$gate"
put post "$post"
case "$mode $record" in
"command true") what="measures this commit for the history of $default" ;;
command*) what="measures base and head in turn" ;;
*true) what="reads results and stores them in the history of $default" ;;
*) what="reads results and compares them with the history" ;;
esac
echo "perfgate: $what; a regression" \
    "$([ "$gate" = true ] && echo fails || echo 'does not fail') the job"
