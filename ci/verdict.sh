#!/bin/bash
# The last step: after everything is written, the job ends as the gate did.
set -euo pipefail
if [ "${MEASURED:-0}" != 0 ]; then
    echo "::error title=perfgate::the measurement failed: nothing was judged"
    exit "$MEASURED"
fi
case $STATUS in
0) echo "perfgate: ${VERDICT:-passed}" ;;
1) echo "::error title=perfgate::the gate failed: see the job's summary" ;;
2) echo "::error title=perfgate::wrong usage or configuration" ;;
3) echo "::error title=perfgate::no results to judge" ;;
5) echo "::error title=perfgate::nothing to compare with, and" \
    "allow-no-baseline is not true" ;;
*) echo "::error title=perfgate::disk, database, git or network failed" ;;
esac
exit "$STATUS"
