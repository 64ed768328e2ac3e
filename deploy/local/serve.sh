#!/usr/bin/env bash
# Serves web and worker on this machine until Ctrl-C or TERM, which stop both; if one of them dies, so does the other.
set -euo pipefail
cd "$(dirname "$0")/../.."
. deploy/local/debian.sh

port=${PORT:-8000}
export FLASK_SKIP_DOTENV=1 # wsgi.py reads .env itself
export PORTAL_HEALTH_URL=${PORTAL_HEALTH_URL:-http://127.0.0.1:$port/healthz} # what the worker asks for its uptime
children=()
stopping=

# A background child of a shell ignores INT, so whatever stops us, the children are sent TERM.
stop() {
    stopping=yes
    trap '' INT TERM HUP
    [ "${#children[@]}" -eq 0 ] || kill -TERM "${children[@]}" 2>/dev/null || true
}
trap stop INT TERM HUP

# In the background, for `wait` hears signals and a foreground child would hold them up. Ends with its parent.
start() {
    [ -z "$stopping" ] || return 0
    if command -v setpriv >/dev/null; then setpriv --pdeathsig TERM "$@" & else "$@" & fi
    children+=($!)
    [ -z "$stopping" ] || stop # heard while it was starting
}

# Waits for the child that was started last, also when a signal interrupts the waiting, and returns its exit code.
finish() {
    local code=0 child=${children[-1]}
    wait "$child" || code=$?
    while kill -0 "$child" 2>/dev/null; do code=0; wait "$child" || code=$?; done
    children=()
    [ -z "$stopping" ] || exit 0
    return "$code"
}

step() { start .venv/bin/flask --app wsgi "$@"; finish; }

port_is_free() {
    .venv/bin/python -c 'import socket, sys; socket.create_server(("127.0.0.1", int(sys.argv[1])))' "$port" 2>/dev/null
}

# Gives the children 15 seconds to end by themselves, then ends them, and leaves no one behind at the port.
bury() {
    local tries child
    for ((tries = 0; tries < 150; tries++)); do
        kill -0 "${children[@]}" 2>/dev/null || break
        sleep 0.1
    done
    for child in "${children[@]}"; do kill -KILL "$child" 2>/dev/null || true; done
    wait 2>/dev/null
    for ((tries = 0; tries < 150; tries++)); do
        port_is_free && break
        sleep 0.1
    done
}

port_is_free || give_up "Port $port is taken, or cannot be served on. Another one: make run PORT=8001"
.venv/bin/python config.py
step prepare

# With demo data mails go to a page on this machine instead of a relay.
if [ "${DEMO:-1}" != 0 ] && [ "${PORTAL_ENV:-local}" = local ] && [ -z "${PORTAL_MAIL_URL:-}" ] && ! grep -qsE "^PORTAL_(MAIL_URL=|ENV=production)" .env; then
    export PORTAL_MAIL_URL="demo://127.0.0.1:$((port + 25))"
    say "Every mail is shown on http://127.0.0.1:$((port + 25))"
fi
say "Serving on http://127.0.0.1:$port (Ctrl-C stops)"
start .venv/bin/gunicorn --preload --worker-class gthread --workers 2 --threads 8 --bind "127.0.0.1:$port" \
    --graceful-timeout 10 --no-control-socket --log-level warning wsgi:app
start .venv/bin/flask --app wsgi worker

code=0
{ wait -n "${children[@]}" || code=$?; } 2>/dev/null
if [ -z "$stopping" ]; then
    say "The server or the worker ended by itself (exit code $code): stopping the other one"
    stop
    code=$((code == 0 ? 1 : code))
else
    code=0
fi
bury
exit "$code"
