#!/bin/bash
# Adds to `options` what both scripts that write comments have in common.
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
