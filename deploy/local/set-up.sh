#!/usr/bin/env bash
# Makes .venv agree with the lock files: `set-up.sh serve` (what runs) or `set-up.sh dev` (tests and checks too).
# Quick when they agree already. Names no package index: the machine's own pip configuration decides.
set -euo pipefail
cd "$(dirname "$0")/../.."
. deploy/local/debian.sh

python=${PYTHON:-python3}
level=${1:-serve}
exec 9<deploy/local/set-up.sh && { ! command -v flock >/dev/null || flock 9; } # one set-up at a time

# Scripts in .venv name their folder, and .venv hangs on one Python: another of either, and it is made afresh.
home() { echo "$PWD, $("${PYTHON:-.venv/bin/python}" -V 2>&1)"; }

# What it holds: which of the lock files, and what they say.
contents() { echo "$1 $(cat requirements/installer.txt "requirements/$1.txt" | sha256sum)"; }

agrees() { [ -f ".venv/$1" ] && [ "$(cat ".venv/$1")" = "$2" ]; }

make_venv() {
    [ "$python" = python3 ] || command -v "$python" >/dev/null || give_up "$python is not there."
    command -v "$python" >/dev/null || install_debian python3
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        give_up "Python 3.11 or newer is needed; $python is $("$python" -V). Name another one: make PYTHON=python3.13 …"
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install_debian python3-venv
    say "Making .venv with $("$python" -V)"
    rm -rf .venv
    "$python" -m venv .venv
    home >.venv/made-for
}

# uv knows nothing of pip's configuration: hand it over, for this run only.
as_pip_is_told() {
    local index certificates
    index=${PIP_INDEX_URL:-$(pip_setting index-url)}
    certificates=${PIP_CERT:-$(pip_setting cert)}
    if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}" ]; then export UV_DEFAULT_INDEX=$index; fi
    if [ -n "$certificates" ] && [ -z "${SSL_CERT_FILE:-}" ]; then export SSL_CERT_FILE=$certificates; fi
    "$@"
}

pip_setting() {
    .venv/bin/pip config get "install.$1" 2>/dev/null || .venv/bin/pip config get "global.$1" 2>/dev/null || true
}

with_pip() { .venv/bin/pip install -qq --disable-pip-version-check --no-input --require-hashes "$@"; }

install_locked() {
    local log
    say "Installing requirements/$level.txt into .venv"
    log=$(mktemp)
    if ! { with_pip -r requirements/installer.txt && as_pip_is_told .venv/bin/uv pip sync --quiet \
        --python .venv/bin/python --require-hashes "requirements/$level.txt"; } >"$log" 2>&1; then
        say "uv could not ($(grep -v '^WARNING' "$log" | head -n 1)); pip does it, which takes longer"
        with_pip -r "requirements/$level.txt"
    fi
    rm -f "$log"
}

if ! agrees made-for "$(home)"; then make_venv; fi
# Once the tests' tools are there, they stay: serving needs a part of them only.
case $(cat .venv/holds 2>/dev/null) in dev*) level=dev ;; esac
if ! agrees holds "$(contents "$level")"; then
    rm -f .venv/holds
    install_locked
    contents "$level" >.venv/holds
fi

# Compressed ahead, so that a first visit is light; all of them again when one has changed.
for file in static/*.css static/*.svg; do
    if [ "$file" -nt "$file.br" ]; then
        .venv/bin/python -m whitenoise.compress --quiet static
        break
    fi
done

for catalogue in portal/translations/*/LC_MESSAGES/messages.po; do
    if [ -f "$catalogue" ] && [ ! "${catalogue%.po}.mo" -nt "$catalogue" ]; then
        say "Compiling $catalogue"
        .venv/bin/pybabel --quiet compile --input-file "$catalogue" --output-file "${catalogue%.po}.mo"
    fi
done
