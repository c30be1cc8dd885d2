# Installing packages of the operating system: sourced by setup.sh and optional.sh.
# shellcheck shell=bash

say() { printf 'exactpwl: %s\n' "$*"; }

# Each argument is a line of the message.
fail() {
    printf 'exactpwl: %s\n' "$@" >&2
    exit 1
}

# The system's package manager: apt-get, dnf, brew, or the empty text where there is none of them.
package_manager() {
    local manager
    for manager in apt-get dnf brew; do
        if command -v "$manager" >/dev/null; then
            echo "$manager"
            return
        fi
    done
}

# Run as root: directly, or through sudo, which may ask for a password only where somebody can type it.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        say "installing needs root, and there is no sudo here" >&2
        return 1
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

# install_packages MANAGER PACKAGE...: the exit status is the manager's.
install_packages() {
    local manager=$1
    shift
    say "installing with $manager: $*"
    case $manager in
        apt-get)
            as_root apt-get update -qq || say "the package lists could not be updated; trying with the old ones" >&2
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
            ;;
        dnf) as_root dnf install -y -q "$@" ;;
        brew) brew install --quiet "$@" ;;
    esac
}
