# shellcheck shell=bash
# Sourced: speaking to the person at the terminal, and getting Debian packages where this user may.

say() { echo "· $*" >&2; }

give_up() {
    echo "$*" >&2
    exit 1
}

# install_debian PACKAGE…: installs them, or ends with one sentence that names them.
install_debian() {
    local as_root=() log
    if [ "$(id -u)" -ne 0 ]; then
        as_root=(sudo -n)
        sudo -n true 2>/dev/null || give_up "Missing: $*. Please install it first: sudo apt-get install $*"
    fi
    command -v apt-get >/dev/null || give_up "Missing: $*. Please install it first (there is no apt-get here)."
    exec 8<deploy/local/debian.sh && { ! command -v flock >/dev/null || flock 8; } # one apt-get at a time
    say "Installing $* with apt-get"
    log=$(mktemp)
    # The package lists may be absent or old: then fetch them, and try once more.
    if ! apt_get install "$@" >"$log" 2>&1 && ! { apt_get update && apt_get install "$@"; } >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        rm -f "$log"
        give_up "Missing: $*. apt-get could not install it (its last words are above)."
    fi
    rm -f "$log"
    exec 8<&-
}

# As the caller's install_debian found out: with sudo, or as root already.
apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends "$@" </dev/null
}
