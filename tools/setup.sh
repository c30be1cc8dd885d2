#!/usr/bin/env bash
# Make .venv and install exactpwl in it, editable; the Makefile calls this.
#
#     tools/setup.sh [EXTRA,...]      PYTHON=python3.12 chooses the interpreter
#
# pycddlib is compiled against the headers of cddlib, GMP and Python, so these are looked for first, by
# compiling a few lines of C (a package's name proves nothing), and installed where they are missing.
# Everything that is there already is left as it is: a second run installs nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/packages.sh
. tools/packages.sh

extras=${1:-}
manager=$(package_manager)

supported() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }

# The first interpreter of a supported version; the fixed order makes the choice repeatable.
find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.14 python3.11}; do
        if supported "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

python_packages() {
    case $manager in
        apt-get | dnf) echo python3 python3.13 python3.12 python3.11 ;;
        brew) echo python@3.13 ;;
    esac
}

# An older system has a newer Python beside its own, under one of several names: take the first that
# there is. Where the user named an interpreter, no other is brought.
install_python() {
    local package
    [ -z "${PYTHON:-}" ] || return 1
    for package in $(python_packages); do
        if install_packages "$manager" "$package" && find_python >/dev/null; then
            return
        fi
    done
    return 1
}

no_python() {
    local came
    came=$(command -v "${PYTHON:-python3}") && came="$came, $("$came" --version 2>&1 | head -n 1)"
    fail "Python 3.11, 3.12, 3.13 or 3.14 is required; what came is: ${came:-no ${PYTHON:-python3} at all}." \
        "Install one of them and run make again; make PYTHON=/path/to/python3.12 names it" \
        "where it is not found under that name."
}

# What is missing for making an environment with this Python and compiling pycddlib, one word a line.
missing() {
    local include program
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo venv
    include=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
    [ -f "$include/Python.h" ] || echo python-headers
    command -v cc >/dev/null || echo compiler
    program=$(mktemp)
    # shellcheck disable=SC2086  # flags are words
    {
        printf '#include <%s>\n' stdio.h gmp.h cddlib/setoper.h cddlib/cdd.h
        echo 'int main(void) { return 0; }'
    } | cc ${CFLAGS:-} -DGMPRATIONAL -x c - -o "$program" ${LDFLAGS:-} -lcddgmp -lcdd -lgmp 2>/dev/null ||
        echo cddlib-and-gmp
    rm -f "$program"
}

# The packages that bring the missing things, for this manager and this Python (X.Y).
packages_for() {
    local version thing
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    for thing in "$@"; do
        case $manager:$thing in
            apt-get:venv) echo "python$version-venv" ;;
            apt-get:python-headers) echo "python$version-dev" ;;
            apt-get:compiler) echo gcc libc6-dev ;;
            apt-get:cddlib-and-gmp) echo libcdd-dev libgmp-dev ;;
            dnf:python-headers) echo "python$version-devel" ;;
            dnf:compiler) echo gcc ;;
            dnf:cddlib-and-gmp) echo cddlib-devel gmp-devel ;;
            brew:cddlib-and-gmp) echo cddlib gmp ;;
        esac
    done
}

install_missing() {
    local packages
    # shellcheck disable=SC2046  # words
    packages=$(packages_for $(missing))
    # shellcheck disable=SC2086
    if [ -n "$packages" ]; then install_packages "$manager" $packages; fi
}

no_headers() {
    fail "the headers of cddlib and GMP, a C compiler, and Python's headers and venv are required" \
        "(for $python); missing: $(echo "$1" | tr '\n' ' ')" \
        "Install them and run make again:" \
        "  Debian, Ubuntu   apt-get install gcc libcdd-dev libgmp-dev python3-dev python3-venv" \
        "  Fedora           dnf install gcc cddlib-devel gmp-devel python3-devel" \
        "  macOS            xcode-select --install; brew install cddlib gmp"
}

if [ "$manager" = brew ]; then
    # brew keeps its headers outside the compiler's own folders
    prefix=$(brew --prefix)
    export CFLAGS="${CFLAGS:-} -I$prefix/include" LDFLAGS="${LDFLAGS:-} -L$prefix/lib"
fi

if ! supported .venv/bin/python || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    python=$(find_python) || { install_python && python=$(find_python); } || no_python
    install_missing || say "not everything could be installed" >&2
    lacking=$(missing)
    [ -z "$lacking" ] || no_headers "$lacking"
    say "making .venv with $python"
    rm -rf .venv
    "$python" -m venv .venv
fi

say "installing exactpwl${extras:+ with its extra requirements ($extras)} into .venv (the first time takes a few minutes)"
.venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --editable ".${extras:+[$extras]}"
