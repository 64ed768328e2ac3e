#!/usr/bin/env bash
# Prints where Chromium is; the journeys are driven in it. Installs Debian's where there is none and this user may: the
# shell without a window, which takes four fifths of the time, or else the browser.
set -euo pipefail
cd "$(dirname "$0")/../.."
. deploy/local/debian.sh

found() {
    local name
    for name in ${PORTAL_CHROMIUM:+"$PORTAL_CHROMIUM"} chromium-headless-shell chromium chromium-browser google-chrome \
        google-chrome-stable; do
        if command -v "$name"; then return 0; fi
    done
    return 1
}

if [ -n "${PORTAL_CHROMIUM:-}" ] && ! command -v "$PORTAL_CHROMIUM" >/dev/null; then
    give_up "PORTAL_CHROMIUM names $PORTAL_CHROMIUM, which is not there."
fi
found || {
    (install_debian chromium-headless-shell fonts-dejavu-core) || install_debian chromium fonts-dejavu-core
    found
}
