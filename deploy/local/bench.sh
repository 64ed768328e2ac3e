#!/usr/bin/env bash
# Runs every benchmark in its quick form, one after another; fails if one of them could not measure.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
shopt -s nullglob

code=0
for benchmark in benchmarks/[a-z]*.py; do
    echo "── $benchmark"
    .venv/bin/python "$benchmark" --quick || code=1
done
exit "$code"
