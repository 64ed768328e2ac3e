#!/usr/bin/env bash
# Brings portal/translations/*/LC_MESSAGES/messages.po up to date with the texts in code and templates: new ones
# come in empty, gone ones go. No guessing (fuzzy): a text that changed is to be translated anew.
set -euo pipefail
cd "$(dirname "$0")/../.."

pot=$(mktemp)
trap 'rm -f "$pot"' EXIT
deploy/local/extract.sh "$pot"
for catalogue in portal/translations/*/LC_MESSAGES/messages.po; do
    language=$(basename "$(dirname "$(dirname "$catalogue")")")
    .venv/bin/pybabel --quiet update --input-file "$pot" --output-file "$catalogue" --locale "$language" \
        --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
    .venv/bin/pybabel --quiet compile --input-file "$catalogue" --output-file "${catalogue%.po}.mo"
done
.venv/bin/python -m deploy.local.check_translations
