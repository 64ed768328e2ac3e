#!/usr/bin/env bash
# Prints where Java is; the HTML validator of the sweep runs in it. Installs Debian's where there is none and this
# user may.
set -euo pipefail
cd "$(dirname "$0")/../.."
. deploy/local/debian.sh

found() { command -v "${PORTAL_JAVA:-java}"; }

if [ -n "${PORTAL_JAVA:-}" ] && ! found >/dev/null; then
    give_up "PORTAL_JAVA names $PORTAL_JAVA, which is not there."
fi
found || { install_debian default-jre-headless && found; }
