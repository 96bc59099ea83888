#!/bin/bash
# Writes the report in all formats for people and CI, the job's summary and the
# annotations.
set -euo pipefail
# In a container job the workspace belongs to another user.
export PERFGATE_SAFE_DIRECTORY=${GITHUB_WORKSPACE:-}
summary=$GITHUB_STEP_SUMMARY
export GITHUB_STEP_SUMMARY=$RUNNER_TEMP/perfgate-summary.md
: >"$GITHUB_STEP_SUMMARY"
# Print only the annotations: the rest is already in the log.
perfgate report --from "$IN_REPORTS/report.json" --quiet --ci \
    --report "html=$IN_REPORTS/report.html" \
    --report "markdown=$IN_REPORTS/report.md" \
    --report "profiles=$IN_REPORTS/profiles" \
    --report "junit=$IN_REPORTS/junit.xml" \
    --report "openmetrics=$IN_REPORTS/metrics.txt" | sed -n '/^::/p'

# A regression on the default branch fails no job, so make it visible.
slower=$(sed -n 's/^regressions=//p' "$GITHUB_OUTPUT" | tail -n 1)
if [ "$RECORD" = true ] && [ "${slower:-0}" -gt 0 ]; then
    text="$slower regressed on ${GITHUB_REF#refs/heads/} with ${GITHUB_SHA:0:10}"
    printf '> [!CAUTION]\n> **%s**, and is what later changes are compared with.\n\n' \
        "$text" >>"$summary"
    echo "::warning title=performance::$text: see the job's summary"
fi
cat "$GITHUB_STEP_SUMMARY" >>"$summary"
