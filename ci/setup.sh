#!/bin/bash
# Decides what the action does: how it measures, whether it gates, and where it
# reads and stores the history. Reads the inputs (IN_...) and GitHub's
# variables, and writes the step's outputs.
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
# Ids become part of keys and outputs.
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
    mode='command' # of perfgate.json
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

# Not every event has it (`schedule` does not): then ask the clone's origin.
default=${DEFAULT_BRANCH:-}
if [ -z "$default" ]; then
    default=$(git ls-remote --symref origin HEAD 2>/dev/null |
        sed -n 's,^ref: refs/heads/\(.*[^[:space:]]\)[[:space:]]*HEAD$,\1,p') ||
        default=
fi
# Commits on the default branch have been accepted: they are stored, not gated.
# This holds only if the branch was checked out: for comments and for runs that
# other workflows trigger, GITHUB_REF is always the default branch.
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

# Jobs of a matrix without an id each have their own part of the history, the
# artifacts and the comment, so that none overwrites the results of another.
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

# Cache entries never change, so each run has a key of its own and restores the
# newest entry of the default branch. Other branches use another prefix, so that
# they do not restore entries of each other, except those of an earlier attempt
# of the same run. A baseline file needs no history.
prefix=perfgate-$own-history-
other=perfgate-$own-run-
if [ "$record" = true ]; then
    other=$prefix
fi
# The history is stored on a branch of the repository if the job may write, and
# everybody reads that branch if it exists; otherwise it is stored in the cache.
# Each gate has its own.
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

# Several gates in one job use different folders.
folder=perfgate-report
if [ "$own" != default ]; then
    folder=perfgate-report-$own
fi
artifact=$IN_ARTIFACT
if [ "$artifact" = auto ]; then
    artifact=$folder
    # The upload action fails on other servers.
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
# shellcheck disable=SC2153 # IN_COMMENT is not a typo of IN_COMMAND
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
