#!/usr/bin/env bash
# `make check`: runs every check, also after one has failed, and ends with what failed.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
export FLASK_SKIP_DOTENV=1

failed=()

check() {
    local name=$1
    shift
    echo "── $name"
    "$@" </dev/null || failed+=("$name")
}

# pyproject.toml names the folders of tests, in their order: one that it does not name would never run.
no_test_is_forgotten() {
    ! find tests -name 'test_*.py' | grep -vE '^tests/(journeys|durability|canaries|web|areas|architecture)/'
}

# The types take longest: they are looked at beside the others, and told last.
types=$(mktemp)
.venv/bin/mypy </dev/null >"$types" 2>&1 &
mypy=$!
trap 'kill "$mypy" 2>/dev/null; rm -f "$types"' EXIT

types_are_right() {
    local code=0
    wait "$mypy" || code=$?
    cat "$types"
    return "$code"
}

check "format" .venv/bin/ruff format --check .
check "lint" .venv/bin/ruff check --output-format concise .
check "import contracts" .venv/bin/lint-imports --no-logo --no-cache
check "migrations match models" .venv/bin/python -W "ignore:XDG_RUNTIME_DIR" -m deploy.local.check_migrations
check "no test is forgotten" no_test_is_forgotten
check "translations complete" .venv/bin/python -m deploy.local.check_translations
check "types" types_are_right

if [ "${#failed[@]}" -gt 0 ]; then
    printf 'Failed: %s\n' "${failed[@]}"
    exit 1
fi
echo "All checks passed"
