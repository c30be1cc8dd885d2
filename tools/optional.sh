#!/usr/bin/env bash
# Install the optional programs that some slow tests use: a LaTeX with booktabs and longtable, Coq, Chromium.
# A test whose program is missing is skipped and says so; hence a failure to install is told and is no error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/packages.sh
. tools/packages.sh

has_latex() { command -v pdflatex >/dev/null && kpsewhich booktabs.sty longtable.sty >/dev/null; }
has_coq() { command -v coqc >/dev/null; }
has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null

# On brew a LaTeX is an installer that asks questions: it is left to the user.
latex_packages() {
    case $1 in
        apt-get) echo texlive-latex-base texlive-latex-recommended ;;
        dnf) echo texlive-collection-latexrecommended ;;
    esac
}

coq_packages() {
    case $1 in
        apt-get | dnf | brew) echo coq ;;
    esac
}

chromium_packages() {
    case $1 in
        apt-get | dnf) echo chromium ;;
    esac
}

# provide PROGRAM TESTS: install PROGRAM, whose packages PROGRAM_packages names, unless has_PROGRAM.
provide() {
    local program=$1 tests=$2 packages
    if "has_$program"; then return; fi
    packages=$("${program}_packages" "$manager")
    # shellcheck disable=SC2086
    if [ -z "$packages" ] || ! install_packages "$manager" $packages || ! "has_$program"; then
        say "no $program was installed; the tests that $tests are skipped"
    fi
}

manager=$(package_manager)
provide latex "compile a table"
provide coq "prove a certificate in Coq"
provide chromium "explore an atlas in a browser"
