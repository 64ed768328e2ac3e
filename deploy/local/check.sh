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

check "format" .venv/bin/ruff format --check .
check "lint" .venv/bin/ruff check --output-format concise .
check "types" .venv/bin/mypy
check "import contracts" .venv/bin/lint-imports --no-logo --no-cache
check "migrations match models" .venv/bin/python -W "ignore:XDG_RUNTIME_DIR" -m deploy.local.check_migrations
check "no test is forgotten" no_test_is_forgotten
check "translations complete" .venv/bin/python -m deploy.local.check_translations

if [ "${#failed[@]}" -gt 0 ]; then
    printf 'Failed: %s\n' "${failed[@]}"
    exit 1
fi
echo "All checks passed"
