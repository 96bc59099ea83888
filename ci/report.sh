#!/bin/bash
# The report in all forms that people and CI read, the job's summary and
# annotations.
set -euo pipefail
# The workspace may belong to another user: in a container job it does.
export PERFGATE_SAFE_DIRECTORY=${GITHUB_WORKSPACE:-}
perfgate report --from "$IN_REPORTS/report.json" --quiet --ci \
    --report "html=$IN_REPORTS/report.html" \
    --report "markdown=$IN_REPORTS/report.md" \
    --report "junit=$IN_REPORTS/junit.xml" \
    --report "openmetrics=$IN_REPORTS/metrics.txt"
