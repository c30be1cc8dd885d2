"""The folder proofs/: every proof runs, the runner finds and prints them, and says which fails."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import proofs
from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs.__main__ import main

FOLDER = Path(proofs.__file__).parent


@pytest.mark.parametrize("name", proofs.names())
def test_every_proof_holds(name: str) -> None:
    module = proofs.load(name)
    document = module.proof()
    assert isinstance(document, Document)
    assert document.checks
    assert document.to_text().rstrip()
    assert document.to_markdown().startswith("# ")
    assert r"\begin{document}" in document.to_latex()


@pytest.mark.parametrize("name", proofs.names())
def test_a_proof_states_its_theorem_and_sources(name: str) -> None:
    text = ast.get_docstring(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))) or ""
    assert re.match(rf"Theorem {int(name[1:3])}[:.] ", text)
    assert "\n\nSources\n-------\n" in text


def test_the_readme_lists_every_proof() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in proofs.names() if f"[{name}.py]({name}.py)" not in page] == []
    linked = set(re.findall(r"\]\((p\d\d_\w+)\.py\)", page))
    assert linked == set(proofs.names())


def test_proofs_are_chosen_by_number_or_name() -> None:
    assert proofs.chosen("xor") == proofs.chosen("1") == proofs.chosen("p01") == ("p01_xor",)
    assert proofs.chosen("99") == proofs.chosen("riemann") == ()


@pytest.mark.parametrize(
    ("form", "start"),
    [([], "XOR: three"), (["--markdown"], "# XOR: three"), (["--latex"], r"\documentclass")],
)
def test_the_runner_prints_a_proof(
    form: list[str], start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["xor", *form]) == 0
    assert capsys.readouterr().out.startswith(start)


def test_the_runner_says_which_proof_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrong() -> Document:
        raise ProofError("not proved: 1 = 2", statement="1 = 2")

    monkeypatch.setattr(proofs.load("p01_xor"), "proof", wrong)
    assert main(["1", "2"]) == 1
    shown = capsys.readouterr()
    assert "Counting regions" in shown.out
    assert shown.err == "p01_xor: not proved: 1 = 2\nfailed: p01_xor\n"


def test_the_runner_knows_no_other_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["riemann"])
    assert "no proof is called riemann: there are p01_xor" in capsys.readouterr().err


def test_the_runner_draws_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    assert main(["compositions", "xor", "--figures", str(folder)]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["error_against_pieces.svg", "second_derivative.svg"]
    assert f"figure {folder / names[0]}" in capsys.readouterr().err
