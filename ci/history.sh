#!/bin/bash
# Pulls or pushes the history on its branch: history.sh pull|push. A failure
# does not fail the job; whether it was pushed is an output of the step.
set -euo pipefail
export PERFGATE_SAFE_DIRECTORY=${GITHUB_WORKSPACE:-}

mkdir -p "$(dirname "$PERFGATE_DB")"
said=$(mktemp)
status=0
perfgate db "$1" --history-branch "$BRANCH" 2>"$said" || status=$?
sed "s,^error: ,perfgate: ," "$said"
if [ "$1" = push ]; then
    echo "pushed=$([ "$status" = 0 ] && echo true || echo false)" \
        >>"$GITHUB_OUTPUT"
fi
if [ "$status" = 0 ]; then
    echo "perfgate: the history is on the branch $BRANCH"
elif [ "$1" = push ] && [ "$KEEP" = true ]; then
    echo "perfgate: the history stays in the cache; with" \
        "'permissions: contents: write' it is stored on the branch $BRANCH"
else
    echo "::warning title=perfgate::the history on the branch $BRANCH could" \
        "not be $([ "$1" = push ] && echo written || echo read):" \
        "$(sed -n 's/^error: //p' "$said" | head -n 1)"
fi
rm -f "$said"
