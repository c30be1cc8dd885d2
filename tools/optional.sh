#!/usr/bin/env bash
# Install the optional programs that some slow tests use: a LaTeX with booktabs and longtable.
# A test whose program is missing is skipped and says so; hence a failure to install is told and is no error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/packages.sh
. tools/packages.sh

has_latex() { command -v pdflatex >/dev/null && kpsewhich booktabs.sty longtable.sty >/dev/null; }

# On brew a LaTeX is an installer that asks questions: it is left to the user.
latex_packages() {
    case $1 in
        apt-get) echo texlive-latex-base texlive-latex-recommended ;;
        dnf) echo texlive-collection-latexrecommended ;;
    esac
}

if has_latex; then exit; fi
manager=$(package_manager)
packages=$(latex_packages "$manager")
# shellcheck disable=SC2086
if [ -z "$packages" ] || ! install_packages "$manager" $packages || ! has_latex; then
    say "no LaTeX was installed; the tests that compile a table are skipped"
fi
