"""Coq proves what the file says, and nothing that was tampered with."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from exactpwl import gallery
from exactpwl.certificate import Certificate, certify_range
from exactpwl.certificate.coq import coq_lines, save_coq
from exactpwl.errors import OptionError
from partitions import COUNTS, EXAMPLES, lines, polyhedron, xor

needs_coq = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")
AXIOMS_OF_THE_REALS = {
    "ClassicalDedekindReals.sig_forall_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
}


def coqc(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "claim.v").write_text(text, encoding="utf-8")
    command = ["coqc", "claim.v"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_file_says_what_is_claimed() -> None:
    text = "\n".join(coq_lines(xor()))
    assert "Neuron [2; (-4)] (-1) activation_1" in text
    assert "length regions = 3%nat" in text
    assert "  [[0; 0]; [0]];\n  [[1; 0]; [0]];\n  [[1; 1]; [0]]\n" in text
    assert "Definition empty_patterns : list pattern := ([\n  [[0; 1]; [0]]\n])%nat." in text


def test_patterns_that_are_missing_are_listed_only_where_they_are_few() -> None:
    assert "empty_patterns" not in "\n".join(coq_lines(lines()))


def test_rational_numbers_are_written_as_fractions() -> None:
    text = "\n".join(coq_lines(polyhedron()))
    assert "UpTo 0 (-1 # 3) 0 (Last 1 0)" in text
    assert "Form [(-14); (-21)] 10" in text


def test_other_claims_are_refused() -> None:
    claim = certify_range(gallery.get("xor"), [1], [(0, 1), (0, 1)])
    with pytest.raises(OptionError, match="all regions, not of range"):
        next(coq_lines(claim))


@pytest.mark.slow
@needs_coq
@pytest.mark.parametrize("example", EXAMPLES)
def test_coq_accepts(example: Callable[[], Certificate], tmp_path: Path) -> None:
    made = example()
    assert made.claim.regions == COUNTS.get(example.__name__, made.claim.regions)
    save_coq(made, tmp_path / "claim.v")
    run = coqc((tmp_path / "claim.v").read_text(encoding="utf-8"), tmp_path)
    assert run.returncode == 0, run.stderr[-2000:]
    assumed = run.stdout.split("Axioms:")
    assert assumed[0].strip() == "Closed under the global context"
    assert {line.split()[0] for line in assumed[1].splitlines() if line[:1].isalpha()} == (
        AXIOMS_OF_THE_REALS
    )


@pytest.mark.slow
@needs_coq
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 0 0 2 1 0 2 0 1 1 1 ", "1 0 0 2 1 0 2 0 1 1 2 "),
        ("1 0 0 2 1 0 2 0 1 1 1 ", "1 0 0 2 1 0 2 0 1 1 -1 "),
        ("1 0 0 2 1 0 2 0 1 1 1 ", "1 0 0 2 1 0 0 "),
        ("Neuron [1; 1] 0 ", "Neuron [1; 2] 0 "),
        ("Neuron [1; 1] 1 ", "Neuron [1; 1] (-1) "),
        ("activation_0 := UpTo 0 0 0", "activation_0 := UpTo 1 0 0"),
        (" 0 1 0 -2 1 ", " 0 1 0 2 1 "),
        ('"1 0 0 2 1 0 2 0 1 1 1 0 1 0 -2 1 1 0 0 2 0 -1 0 1 0 1"', '"2 0 0 0 2 1 0 0 0 1 0 -2"'),
        (" 1 1 0 0 2 0 -1 0 1 0 1", " 2 1 0 0 0 2 0 -1"),
        ("  [[1; 1]; [0]]\n", "  [[0; 1]; [0]]\n"),
        ("  [[1; 0]; [0]];\n", ""),
        ("length regions = 3%nat", "length regions = 4%nat"),
    ],
    ids=[
        "a multiplier",
        "a negative multiplier",
        "no multiplier",
        "a weight",
        "a bias",
        "a breakpoint",
        "a witness outside its region",
        "one leaf and nothing else",
        "a leaf is missing",
        "another pattern",
        "a pattern is missing",
        "another number",
    ],
)
def test_coq_refuses_what_was_tampered_with(old: str, new: str, tmp_path: Path) -> None:
    text = "\n".join(coq_lines(xor()))
    assert text.count(old) == 1
    run = coqc(text.replace(old, new), tmp_path)
    assert run.returncode != 0
    assert "Error" in run.stderr
