"""`exactpwl certify` in other formats: a theorem for Coq, problems for solvers."""

from pathlib import Path

import pytest

from exactpwl import gallery
from exactpwl.certificate import certify_partition
from exactpwl.certificate.coq import coq_lines
from exactpwl.certificate.smtlib import smtlib_lines


def test_every_format_is_written_and_told(run, tmp_path: Path) -> None:
    result = run("certify", "xor", "-o", "xor.cert", "--coq", "xor.v", "--smtlib", "xor.smt2")
    assert result.exit_code == 0
    made = certify_partition(gallery.get("xor"))
    for name, lines, program in (
        ("xor.cert", made.lines(), "exactpwl-check"),
        ("xor.v", coq_lines(made), "coqc"),
        ("xor.smt2", smtlib_lines(made), "z3"),
    ):
        assert (tmp_path / name).read_text(encoding="utf-8").splitlines() == list(lines)
        assert f"written: {name}, " in result.output
        assert f"check it by: {program} {name}\n" in result.output
    assert not list(tmp_path.glob("*.part"))


def test_a_theorem_needs_no_certificate(run, tmp_path: Path) -> None:
    assert run("certify", "xor", "--coq", "xor.v", "--box", "0", "1").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["xor.v"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "at least one of --out, --coq and --smtlib is required"),
        (["--coq", "a", "--smtlib", "a"], "each needs its own file"),
        (["--coq", "a", "--range", "y"], "the claim that these are all regions"),
        (["-o", "a", "--smtlib", "b", "--equal", "xor"], "the claim that these are all regions"),
    ],
)
def test_what_cannot_be_written_is_told(
    run, tmp_path: Path, options: list[str], message: str
) -> None:
    result = run("certify", "xor", *options)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert not list(tmp_path.iterdir())
