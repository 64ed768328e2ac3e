#!/usr/bin/env bash
# Writes every text marked for translation in code and templates into the file named.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec .venv/bin/pybabel --quiet extract --mapping-file portal/translations/babel.cfg --keyword N_ \
    --add-location=file --no-wrap --output-file "$1" .
