#!/usr/bin/env bash
# Writes requirements/*.txt anew from pyproject.toml: exact versions with hashes, and no word of where they came from.
# What pyproject.toml does not name keeps its version; `lock.sh --upgrade` lets it move.
set -euo pipefail
cd "$(dirname "$0")/../.."
. deploy/local/debian.sh

lock() {
    local file=requirements/$1.txt
    shift
    say "Locking $file"
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --output-file "$file" "$@"
    { echo "# Made by \`make lock\` from pyproject.toml: not to be edited."; cat "$file"; } >"$file.new"
    mv "$file.new" "$file"
    if grep -nE '://|^-|file:' "$file"; then give_up "$file names a host or a path (above): not to be kept."; fi
}

lock installer --group installer "$@"
lock serve pyproject.toml --extra dp "$@"
lock dev pyproject.toml --extra dp --extra dev --constraint requirements/serve.txt "$@"
