"""Documents: three formats of one proof, and no proof of what is not true."""

import shutil
import subprocess
from pathlib import Path

import pytest

from exactpwl.errors import ExactPWLError, FormatError, ProofError
from exactpwl.proving import Document


def tent(peak: int = 1) -> Document:
    """Return a proof that the tent map has a peak of that height."""
    document = Document("The tent map $t$, 100% by `10|11`")
    document.section("What is claimed")
    document.theorem(rf"$t(\tfrac{{1}}{{2}}) = {peak}$ & no_more.")
    document.say("On <b>each</b> half it is affine, *and* $t(x) < 2$; see `10|11`.")
    document.formula(r"t(x) = \max\{0, 1-\lvert 2x-1 \rvert\} \\")
    document.check(rf"the peak is ${peak}$", 1 - abs(2 * 1 / 2 - 1) == peak, "it is $1$")
    document.check("again", True)
    document.table(["pattern", "map"], [("`1|0`", "$2x$"), ("`1|1`", r"$2-2x$")], "Both |halves|")
    document.qed()
    return document


def test_text() -> None:
    assert tent().to_text() == (
        "The tent map t, 100% by 10|11\n"
        "=============================\n\n"
        "What is claimed\n"
        "---------------\n\n"
        "Theorem. t(1/2) = 1 & no_more.\n\n"
        "On <b>each</b> half it is affine, *and* t(x) < 2; see 10|11.\n\n"
        "    t(x) = max{0, 1-|2x-1|}\n\n"
        "  checked: the peak is 1 (it is 1)\n"
        "  checked: again\n\n"
        "Both |halves|\n"
        "  pattern  map\n"
        "  -------  ----\n"
        "  1|0      2x\n"
        "  1|1      2-2x\n\n"
        "Q.E.D.\n"
    )


def test_markdown() -> None:
    assert tent().to_markdown() == (
        "# The tent map $t$, 100% by `10|11`\n\n"
        "## What is claimed\n\n"
        "> **Theorem.** $t(\\tfrac{1}{2}) = 1$ & no\\_more.\n\n"
        "On &lt;b>each&lt;/b> half it is affine, \\*and\\* $t(x) \\lt 2$; see `10|11`.\n\n"
        "$$\nt(x) = \\max\\lbrace 0, 1-\\lvert 2x-1 \\rvert\\rbrace \\cr \n$$\n\n"
        "- ✓ checked: the peak is $1$ *(it is $1$)*\n\n"
        "- ✓ checked: again\n\n"
        "**Both \\|halves\\|**\n\n"
        "| pattern | map |\n| --- | --- |\n| `1\\|0` | $2x$ |\n| `1\\|1` | $2-2x$ |\n\n"
        "∎\n"
    )


def test_latex() -> None:
    page = tent().to_latex()
    for part in (
        "\\LARGE The tent map $t$, 100\\% by \\texttt{10\\textbar{}11}\\end{center}",
        "\\begin{theorem}\n$t(\\tfrac{1}{2}) = 1$ \\& no\\_more.\n\\end{theorem}",
        "\\checked{the peak is $1$ (it is $1$)}",
        "\\texttt{1\\textbar{}0} & $2x$ \\\\",
        "\\qed\n\n\\end{document}\n",
    ):
        assert part in page


def test_an_altered_theorem_has_no_proof() -> None:
    with pytest.raises(ProofError, match=r"^not proved: the peak is \$2\$ \(it") as info:
        tent(peak=2)
    assert (info.value.statement, info.value.evidence) == ("the peak is $2$", "it is $1$")
    assert isinstance(info.value, ExactPWLError)
    assert isinstance(info.value, AssertionError)


@pytest.mark.parametrize("holds", [False, 1, "yes", [0], None])
def test_nothing_but_true_proves(holds: object) -> None:
    document = Document("t")
    with pytest.raises(ProofError, match="not proved: so it is"):
        document.check("so it is", holds)  # type: ignore[arg-type]
    assert document.checks == ()


def test_a_sentence_that_cannot_be_read_is_refused_when_it_is_written() -> None:
    document = Document("t")
    with pytest.raises(FormatError, match="needs a partner"):
        document.say("for $5")
    with pytest.raises(FormatError, match="2 cells in each row are required, got 1"):
        document.table(["a", "b"], [["c"]])
    assert document.steps == []


def test_save_goes_by_the_ending(tmp_path: Path) -> None:
    proof = tent()
    formats = {".md": proof.to_markdown(), ".tex": proof.to_latex(), ".txt": proof.to_text()}
    for ending, text in formats.items():
        file = tmp_path / f"proof{ending}"
        proof.save(file)
        assert file.read_text(encoding="utf-8") == text
    with pytest.raises(FormatError, match=r"a proof's name ends in \.md, \.tex, \.txt, got \.doc"):
        proof.save(tmp_path / "proof.doc")
    with pytest.raises(FormatError, match="cannot be written"):
        proof.save(tmp_path / "nowhere" / "proof.md")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_latex_compiles(tmp_path: Path) -> None:
    proof = tent()
    proof.table(["wide"] * 3, [("word " * 40, "$x$", f"$x{'+x' * 60}$")] * 30, "More than a page")
    proof.save(tmp_path / "proof.tex")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "proof.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    assert "Overfull" not in run.stdout
