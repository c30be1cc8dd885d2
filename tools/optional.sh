#!/usr/bin/env bash
# Install the optional programs that some slow tests and a lesson use: a LaTeX with booktabs and longtable, Coq,
# Chromium.
#
#     tools/optional.sh [latex|coq|chromium]...       all of them, if none is named
#
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

# provide PROGRAM USE: install PROGRAM, whose packages PROGRAM_packages names, if it is wanted, unless has_PROGRAM.
provide() {
    local program=$1 use=$2 packages
    if [[ " $wanted " != *" $program "* ]] || "has_$program"; then return; fi
    packages=$("${program}_packages" "$manager")
    # shellcheck disable=SC2086
    if [ -z "$packages" ] || ! install_packages "$manager" $packages || ! "has_$program"; then
        say "no $program was installed; what would $use is skipped"
    fi
}

wanted=${*:-latex coq chromium}
manager=$(package_manager)
provide latex "compile a table"
provide coq "prove a certificate in Coq"
provide chromium "explore an atlas in a browser"
